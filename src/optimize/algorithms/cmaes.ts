import { deriveKey, log, type Words } from '../../math';
import type { Algorithm, Standing, Told } from '../algorithm';
import { joinGenes } from '../population';
import { bestFirst } from '../selection/fitness';
import { Draws } from '../variation/draws';
import { STREAM } from '../variation/streams';
import { coordinateOf, coordinatesOf, geneAt } from './cmaes/coordinates';
import { adapt, begin, coordinate, type Descent, keepMobile, type Sample, sample } from './cmaes/descent';
import { candidatesAfter, endOf, extended, type History, NO_HISTORY } from './cmaes/ending';
import { strategyFor } from './cmaes/strategy';
import { remembered } from './remembered';

/** How CMA-ES models the space, and how it restarts. */
export interface CmaesOptions {
  /** `separable` learns a variance for each variable alone: for hundreds of variables. */
  readonly variant?: 'full' | 'separable';
  /** `ipop` starts again with twice the candidates wherever a descent ends; `none` ends the run there. */
  readonly restarts?: 'none' | 'ipop';
  /** The first step size, as a share of each variable's range. */
  readonly size?: number;
  /** Whether stepped variables are kept mobile. */
  readonly margin?: boolean;
}

/** What CMA-ES keeps from generation to generation. */
export interface CmaesMemory {
  readonly descent: Descent;
  readonly history: History;
  /** Descents ended so far, and why the search ended, if it did. */
  readonly restarts: number;
  readonly ended: string | null;
}

/** Starts lie this far inside the range. */
const START_MARGIN = 0.1;

/**
 * CMA-ES for one objective: Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772, with negative weights;
 * restarts with an increasing population (Auger and Hansen, "A Restart CMA Evolution Strategy with Increasing
 * Population Size", CEC 2005); a margin for integers, ordered values and switches (Hamano et al., GECCO 2022).
 * Variables are scaled to their ranges; continuous ones are searched as if mirrored at their ends.
 *
 * The population is the number of candidates in a generation, by default 4 + 3 ln n, and survivors are the last
 * generation's. The first of the user's initial candidates is where the first descent starts; all are evaluated.
 */
export function cmaes({
  variant = 'full',
  restarts = 'none',
  size = 0.2,
  margin = true,
}: CmaesOptions = {}): Algorithm<CmaesMemory> {
  const diagonal = variant === 'separable';
  const drawn = remembered(sampleOf);
  const start = (standing: Standing, restart: number): Descent =>
    begin(startOf(standing, restart), size, diagonal);
  return {
    name: diagonal ? 'separable cmaes' : 'cmaes',
    maxObjectives: 1,
    keepsParents: false,
    population: ({ variables }) => 4 + Math.floor(3 * log(variables.length)),
    begin(standing) {
      coordinatesOf(standing.space);
      if (standing.settings.population < 4)
        throw new RangeError(`cmaes takes a population of at least 4, not ${standing.settings.population}`);
      return { descent: start(standing, 0), history: NO_HISTORY, restarts: 0, ended: null };
    },
    propose(standing, memory) {
      const { generation, initial } = standing;
      const genes = genesOf(standing, memory, drawn(standing, memory));
      const all = generation === 0 ? joinGenes(genes, initial) : genes;
      const width = standing.space.variables.length;
      return {
        count: all.length / width,
        unlike: null,
        recipe: { on: 'host', make: (first, count) => all.subarray(first * width, (first + count) * width) },
      };
    },
    absorb(standing, memory, told) {
      const survivors = bestFirst(told.fitness);
      const candidates = candidatesOf(standing, memory);
      const ranking = survivors.filter((row) => row < candidates);
      const values = valuesOf(told, ranking);
      const strategy = strategyFor(standing.space.variables.length, candidates, diagonal);
      const adapted = adapt(memory.descent, drawn(standing, memory), ranking, strategy);
      const { levels } = coordinatesOf(standing.space);
      const chance = 1 / (candidates * levels.length);
      const descent = margin ? keepMobile(adapted, levels, chance) : adapted;
      const history = extended(memory.history, values, descent.generations);
      const end = endOf(descent, history, values);
      const kept = survivors.subarray(0, candidates);
      if (end === undefined) return { memory: { ...memory, descent, history }, survivors: kept };
      if (restarts === 'none')
        return { memory: { ...memory, descent, history, ended: end }, survivors: kept };
      const next = memory.restarts + 1;
      return {
        memory: { descent: start(standing, next), history: NO_HISTORY, restarts: next, ended: null },
        survivors: kept,
      };
    },
    exhausted: ({ ended }) => ended ?? undefined,
  };
}

function candidatesOf({ settings }: Standing, { restarts }: CmaesMemory): number {
  return candidatesAfter(restarts, settings.population);
}

/** The mean that a descent starts from: the first of the user's own candidates, or a random one. */
function startOf({ seed, initial, space }: Standing, restart: number): Float64Array {
  const n = space.variables.length;
  if (restart === 0 && initial.length > 0) return Float64Array.from(initial.subarray(0, n), coordinateOf);
  const draws = new Draws(deriveKey(seed, STREAM.start), restart);
  return Float64Array.from({ length: n }, () => START_MARGIN + (1 - 2 * START_MARGIN) * draws.uniform());
}

/** The generation's steps, a pure function of seed, generation and memory. */
function sampleOf(standing: Standing, memory: CmaesMemory): Sample {
  const { seed, generation, space } = standing;
  const key: Words = deriveKey(seed, STREAM.gaussian, generation);
  const n = space.variables.length;
  const candidates = candidatesOf(standing, memory);
  const normals = new Float64Array(candidates * n);
  for (let c = 0; c < candidates; c++) {
    const draws = new Draws(key, c);
    for (let i = 0; i < n; i++) normals[c * n + i] = draws.normal();
  }
  return sample(memory.descent, normals, candidates);
}

function genesOf({ space }: Standing, memory: CmaesMemory, drawn: Sample): Uint32Array {
  const { levels } = coordinatesOf(space);
  const genes = new Uint32Array(drawn.steps.length);
  for (let at = 0; at < genes.length; at++)
    genes[at] = geneAt(coordinate(memory.descent, drawn, at), levels[at % levels.length] > 0);
  return genes;
}

/** Values in the order of the ranking; infeasible ones are infinite. */
function valuesOf({ fitness }: Told, ranking: Uint32Array): Float64Array {
  return Float64Array.from(ranking, (row) =>
    fitness.violation[row] === 0 ? fitness.values[row] : Number.POSITIVE_INFINITY,
  );
}
