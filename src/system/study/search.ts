import type { Engine } from '../../gpu';
import { deriveKey, seedKey, threefry2x32 } from '../../math';
import {
  type Generation,
  type LoggedUpdate,
  nsga2,
  Optimizer,
  type Population,
  type RunState,
  randomSearch,
  type Update,
} from '../../optimize';
import { sizedProfiles } from '../policy';
import type { Policy } from '../scenario';
import type { Arena } from './arena';
import { assess } from './assess';
import { blockOf } from './episodes';
import { evaluateOnce } from './evaluate-once';
import { Niches, type Target } from './niches';
import type { ScenarioProblem } from './problem';
import type { ConvergencePoint } from './result';

export interface SearchOptions {
  readonly engine: Engine;
  readonly seed: number;
  readonly population: number;
  /** Replications in one block of episodes. */
  readonly replications: number;
  /** Generations between two blocks. */
  readonly rotateEvery: number;
  /** Live changes of an earlier run, to make it again. */
  readonly updates?: readonly LoggedUpdate[];
  readonly resume?: SearchState;
}

/** Everything that decides how the search goes on. */
export interface SearchState {
  readonly genetic: RunState;
  /** What the niches of the profiles hold. */
  readonly niches: Population;
  readonly random: RunState;
  readonly convergence: readonly ConvergencePoint[];
}

/** One generation of both searches, on the same episodes. */
export interface TwinGeneration {
  readonly genetic: Generation;
  readonly random: Generation;
  readonly convergence: ConvergencePoint;
}

/** Standard errors that selection adds to a noisy objective. */
const PESSIMISM = 0.5;

/**
 * The paper's way: whether two noisy candidates are near each other is noisy, and looking anew whenever one has left won
 * nothing here (hypervolumes of 0.437 and 0.433 over five seeds of the example).
 */
const CUT = 'at-once';

/** Candidates that the niches propose for each that the algorithm does. */
const NICHE_SHARE = 1 / 4;

/** Keep the draws of the first candidates, and of random search's share in a generation, apart from all others. */
const FIRST_STREAM = 0x66697273;
const RANDOM_STREAM = 0x72616e64;

/** Candidates of the first generation for each that survives it. */
const FIRST_FACTOR = 4;

/**
 * The genetic search, NSGA-II with a niche for each profile beside it, and, generation by generation, random search with
 * as many evaluations on the same episodes. The profiles and what runs today are in the first population of both.
 */
export class TwinSearch {
  readonly #problem: ScenarioProblem;
  readonly #genetic: Optimizer;
  readonly #random: Optimizer;
  readonly #niches: Niches;
  readonly #seed: number;
  readonly #rotateEvery: number;
  readonly #reference: readonly number[];
  #convergence: readonly ConvergencePoint[];

  private constructor(
    problem: ScenarioProblem,
    targets: readonly Target[],
    reference: readonly number[],
    initial: Uint32Array,
    { engine, seed, population, replications, rotateEvery, updates = [], resume }: SearchOptions,
  ) {
    const options = {
      engine,
      seed,
      population,
      episodes: replications,
      rotateEvery,
      pessimism: PESSIMISM,
      reference,
    };
    this.#problem = problem;
    this.#seed = seed;
    this.#rotateEvery = rotateEvery;
    this.#reference = reference;
    const size = Math.max(1, Math.round(population * NICHE_SHARE));
    this.#niches = new Niches(problem, targets, seed, size, resume?.niches);
    this.#genetic = new Optimizer(problem, nsga2({ cut: CUT }), {
      ...options,
      initial,
      updates,
      resume: resume?.genetic,
    });
    // Random search starts where the genetic one does: what it is beaten by is then the search, not the seeds.
    this.#random = new Optimizer(problem, randomSearch(), {
      ...options,
      initial,
      updates: updates.map(({ generation, update }) => ({ generation, update: forRandom(update) })),
      resume: resume?.random,
    });
    this.#convergence = resume?.convergence ?? [];
  }

  static async open(
    arena: Arena,
    problem: ScenarioProblem,
    options: SearchOptions,
    signal?: AbortSignal,
  ): Promise<TwinSearch> {
    const { scenario } = arena;
    const profiles = sizedProfiles(scenario).map(({ policy }) => policy);
    const assessed = await assess(arena, profiles, blockOf('search', options.replications), signal);
    const targets = assessed.map(({ policy, means }) => ({ genes: problem.genesOf(policy), means }));
    const reference = referenceBeyond(assessed.map(({ means }) => means));
    const seeds = firstGenes(problem, [...profiles, scenario.policy], options.population, options.seed);
    return new TwinSearch(problem, targets, reference, seeds, options);
  }

  get state(): SearchState {
    return {
      genetic: this.#genetic.state,
      niches: this.#niches.pool,
      random: this.#random.state,
      convergence: this.#convergence,
    };
  }

  /** Changes the genetic search from the next generation on; random search keeps pace with its population. */
  update(update: Update): void {
    this.#genetic.update(update);
    this.#genetic.applyUpdates();
    this.#random.update(forRandom(update));
  }

  /** One generation of both. */
  async advance(signal?: AbortSignal): Promise<TwinGeneration> {
    const { generation, population } = this.#genetic.state;
    const newBlock = generation === 0 || (this.#rotateEvery > 0 && generation % this.#rotateEvery === 0);
    const proposed = this.#niches.propose(generation, population, newBlock);
    // Random search has as many random ones where the genetic one has those of its niches.
    const drawn = randomGenes(this.#seed, [RANDOM_STREAM, generation], proposed.length);
    const batch = await this.#genetic.ask(signal, proposed);
    const randomBatch = await this.#random.ask(signal, drawn);
    const [scores, randomScores] = await evaluateOnce(
      this.#problem,
      [batch.genes, randomBatch.genes],
      batch.episodes,
      signal,
    );
    signal?.throwIfAborted();
    const genetic = this.#genetic.tell(scores);
    const random = this.#random.tell(randomScores);
    this.#niches.absorb(genetic.candidates, newBlock);
    const convergence = {
      generation: genetic.index,
      evaluations: genetic.evaluations,
      hypervolume: boxShare(genetic.hypervolume ?? 0, this.#reference),
      randomHypervolume: boxShare(random.hypervolume ?? 0, this.#reference),
    };
    this.#convergence = [...this.#convergence, convergence];
    return { genetic, random, convergence };
  }
}

/** What of a live change concerns random search. */
function forRandom({ population, bounds }: Update): Update {
  return { population, bounds };
}

/** A tenth beyond the worst of some points in each objective; at least 0.001, so that there is a box. */
export function referenceBeyond(points: readonly (readonly number[])[]): number[] {
  return points[0].map((_, k) => Math.max(1.1 * Math.max(...points.map((point) => point[k])), 1e-3));
}

/** A hypervolume as a share of the box between the origin and the reference. */
export function boxShare(volume: number, reference: readonly number[]): number {
  const box = reference.reduce((product, side) => product * side, 1);
  return Math.min(1, volume / box);
}

/**
 * Genes of the first candidates: the policies, then random ones, more than will survive. Few of those that are drawn at
 * random keep healthy traffic good, and those that don't are dismissed at little cost.
 */
function firstGenes(
  problem: ScenarioProblem,
  policies: readonly Policy[],
  population: number,
  seed: number,
): Uint32Array {
  const width = problem.space.variables.length;
  const given = policies.slice(0, population);
  const genes = randomGenes(seed, [FIRST_STREAM], FIRST_FACTOR * population * width);
  given.forEach((policy, i) => genes.set(problem.genesOf(policy), i * width));
  return genes;
}

function randomGenes(seed: number, stream: readonly number[], length: number): Uint32Array {
  const key = deriveKey(seedKey(seed), ...stream);
  return Uint32Array.from({ length }, (_, i) => threefry2x32(key, [i, 0])[0]);
}
