import type { Engine } from '../gpu';
import type { EpisodeBlock, Problem, Scores } from '../problem';
import type { Algorithm } from './algorithm';
import { Breeder } from './breeder';
import { feasible, fitnessOf } from './fitness';
import { hypervolume } from './hypervolume';
import { emptyPopulation, evaluated, join, joinGenes, type Population, shapeOf, take } from './population';
import {
  applyUpdate,
  defaultSettings,
  type Limits,
  type LoggedUpdate,
  type Settings,
  type Update,
} from './settings';
import { nondominated } from './sort';

export interface OptimizerOptions extends Limits {
  /** Runs the variation kernel. */
  readonly engine: Engine;
  /** Candidates that survive a generation, and children made in one. */
  readonly population?: number;
  readonly seed?: number;
  /** Genes of candidates for the first population, [candidate][variable]; random ones fill it up. */
  readonly initial?: Uint32Array;
  /** Replications in a block; within it all candidates meet the same ones. */
  readonly episodes?: number;
  /**
   * After so many generations the block changes and survivors are evaluated again; 0 keeps the first block.
   */
  readonly rotateEvery?: number;
  /** Standard errors that selection adds to each objective; without noise it changes nothing. Default 0.1. */
  readonly pessimism?: number;
  /** Reference point of the hypervolume; else it is set beyond the first feasible candidates and kept. */
  readonly reference?: readonly number[];
  /** Updates of an earlier run, to make it again. */
  readonly updates?: readonly LoggedUpdate[];
  /**
   * The state that an earlier run was left in. Its population, limits and mutation hold, not those given
   * here: `update` changes them. The problem and all other options must be the same.
   */
  readonly resume?: RunState;
}

/** Enough to prefer the better known of two near-equals, too little to shut out what is merely less known. */
const DEFAULT_PESSIMISM = 0.1;

/** Everything that decides how a search goes on: plain data and typed arrays. */
export interface RunState {
  readonly version: 1;
  readonly algorithm: string;
  readonly seed: number;
  /** Generations done. */
  readonly generation: number;
  readonly evaluations: number;
  /** The survivors, best first. */
  readonly population: Population;
  /** All feasible candidates of the current block of episodes that no other dominates. */
  readonly archive: Population;
  readonly reference: readonly number[] | null;
  readonly settings: Settings;
  readonly log: readonly LoggedUpdate[];
}

/** Candidates to score, and on which episodes. */
export interface Batch {
  readonly generation: number;
  readonly genes: Uint32Array;
  readonly episodes: EpisodeBlock;
}

/** What one generation came to. */
export interface Generation {
  readonly index: number;
  /** Candidates evaluated so far, evaluations of the same candidate on other episodes included. */
  readonly evaluations: number;
  readonly episodes: EpisodeBlock;
  /** All that were evaluated in this generation, survivors or not. */
  readonly candidates: Population;
  /** The survivors, best first. */
  readonly population: Population;
  /** Indices of the survivors that are feasible and that no other survivor dominates. */
  readonly front: readonly number[];
  readonly archive: Population;
  /** Of the archive; 0 while nothing is feasible, absent beyond three objectives. */
  readonly hypervolume?: number;
  /** The lowest feasible value of each objective; NaN while nothing is feasible. */
  readonly best: readonly number[];
  readonly feasible: number;
}

/**
 * A search by whole batches: `ask` for candidates, evaluate them however you like, `tell` their scores.
 * `minimize` is this in a loop. The search is a pure function of problem, algorithm, seed, settings and
 * logged updates.
 */
export class Optimizer {
  readonly #problem: Problem;
  readonly #algorithm: Algorithm;
  readonly #options: OptimizerOptions;
  readonly #breeder: Breeder;
  readonly #pending: Update[] = [];
  #state: RunState;
  #asked: Batch | undefined;

  constructor(problem: Problem, algorithm: Algorithm, options: OptimizerOptions) {
    const { engine, population = 64, seed = 1, resume, generations, evaluations, timeLimitMs } = options;
    if (problem.objectives.length > algorithm.maxObjectives) {
      throw new RangeError(`${algorithm.name} minimises one objective, not ${problem.objectives.length}`);
    }
    if (resume && (resume.algorithm !== algorithm.name || resume.seed !== seed)) {
      throw new Error(
        `the saved run is of ${resume.algorithm}, seed ${resume.seed}; this one is of ${algorithm.name}, seed ${seed}`,
      );
    }
    this.#problem = problem;
    this.#algorithm = algorithm;
    this.#options = options;
    this.#breeder = new Breeder(engine, problem.space, seed);
    const none = emptyPopulation(shapeOf(problem));
    this.#state = resume ?? {
      version: 1,
      algorithm: algorithm.name,
      seed,
      generation: 0,
      evaluations: 0,
      population: none,
      archive: none,
      reference: options.reference ?? null,
      settings: defaultSettings(problem.space, population, { generations, evaluations, timeLimitMs }),
      log: [],
    };
  }

  /**
   * The state after the last generation told. Never changed afterwards, so it may be kept or written at
   * leisure.
   */
  get state(): RunState {
    return this.#state;
  }

  /**
   * Changes the search from the next batch that is not yet asked for. Throws for a value that makes no sense.
   */
  update(update: Update): void {
    applyUpdate(this.#state.settings, update);
    this.#pending.push(update);
  }

  /** Puts updates into force, logged ones first. Called at the boundary of generations. */
  applyUpdates(): void {
    if (this.#asked) return;
    const { generation, log } = this.#state;
    const replayed = (this.#options.updates ?? []).filter((entry) => entry.generation === generation);
    const known = log.filter((entry) => entry.generation === generation).length;
    const due = [
      ...replayed.slice(known),
      ...this.#pending.splice(0).map((update) => ({ generation, update })),
    ];
    if (due.length === 0) return;
    this.#state = {
      ...this.#state,
      settings: due.reduce((settings, { update }) => applyUpdate(settings, update), this.#state.settings),
      log: [...log, ...due],
    };
  }

  /**
   * The next candidates. Asking again before telling gives the same.
   * @param immigrants genes of candidates from elsewhere, [candidate][variable]: they are evaluated with the
   *   algorithm's own, count as evaluations and compete for survival
   */
  async ask(signal?: AbortSignal, immigrants?: Uint32Array): Promise<Batch> {
    this.applyUpdates();
    this.#asked ??= await this.#propose(signal, immigrants);
    return this.#asked;
  }

  /** Takes the scores of the batch last asked for, and ends its generation. */
  tell(scores: Scores): Generation {
    const batch = this.#asked;
    if (!batch) throw new Error('tell without ask: there is no batch that these scores could belong to');
    const { pessimism = DEFAULT_PESSIMISM } = this.#options;
    const before = this.#state;
    const fresh = evaluated(shapeOf(this.#problem), batch.genes, scores);
    // On a new block everything comparable is in the batch itself.
    const anew = this.#isNewBlock(batch.generation);
    const rivals = anew ? fresh : join(before.population, fresh);
    const known = anew ? fresh : join(before.archive, fresh);
    const survivors = this.#algorithm.survive(
      fitnessOf(rivals, pessimism, before.settings.bounds),
      before.settings.population,
    );
    const archive = take(known, nondominated(fitnessOf(known, 0, before.settings.bounds)));
    this.#state = {
      ...before,
      generation: batch.generation + 1,
      evaluations: before.evaluations + fresh.count,
      population: take(rivals, survivors),
      archive,
      reference: before.reference ?? referenceBeyond(fresh),
    };
    this.#asked = undefined;
    return this.#report(batch.episodes, fresh);
  }

  async #propose(signal?: AbortSignal, immigrants?: Uint32Array): Promise<Batch> {
    const { generation, population, settings } = this.#state;
    const children =
      generation === 0
        ? this.#first(settings.population)
        : await this.#algorithm.propose({
            breeder: this.#breeder,
            generation,
            parents: population,
            count: settings.population,
            variation: settings.variation,
            signal,
          });
    const own = this.#isNewBlock(generation) ? joinGenes(population.genes, children) : children;
    const genes = immigrants ? joinGenes(own, immigrants) : own;
    return { generation, genes, episodes: this.#block(generation) };
  }

  #first(count: number): Uint32Array {
    const { initial } = this.#options;
    if (initial && initial.length % this.#problem.space.variables.length !== 0) {
      throw new RangeError('initial genes are no whole number of candidates');
    }
    return this.#breeder.sample(0, count, initial);
  }

  #block(generation: number): EpisodeBlock {
    const { episodes: count = 1, rotateEvery = 0 } = this.#options;
    const index = rotateEvery > 0 ? Math.floor(generation / rotateEvery) : 0;
    return { index, first: index * count, count, purpose: 'search' };
  }

  #isNewBlock(generation: number): boolean {
    return generation === 0 || this.#block(generation).index !== this.#block(generation - 1).index;
  }

  #report(episodes: EpisodeBlock, candidates: Population): Generation {
    const { generation, evaluations, population, archive, reference, settings } = this.#state;
    const { objectives } = population.shape;
    const fitness = fitnessOf(population, this.#options.pessimism ?? DEFAULT_PESSIMISM, settings.bounds);
    const volume =
      objectives > 3 ? undefined : reference === null ? 0 : hypervolume(archive.objectives, reference);
    return {
      index: generation - 1,
      evaluations,
      episodes,
      candidates,
      population,
      front: nondominated(fitness),
      archive,
      hypervolume: volume,
      best: Array.from({ length: objectives }, (_, axis) => lowest(archive, axis)),
      feasible: feasible(fitness).length,
    };
  }
}

function lowest({ objectives, count, shape }: Population, axis: number): number {
  let best = count > 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  for (let i = 0; i < count; i++) best = Math.min(best, objectives[i * shape.objectives + axis]);
  return best;
}

/** A tenth of their extent beyond the worst feasible values, or null where nothing is feasible. */
function referenceBeyond(population: Population): readonly number[] | null {
  const rows = feasible(fitnessOf(population, 0));
  if (rows.length === 0) return null;
  const { objectives } = population.shape;
  return Array.from({ length: objectives }, (_, axis) => {
    const values = rows.map((i) => population.objectives[i * objectives + axis]);
    const worst = values.reduce((a, b) => Math.max(a, b));
    const extent = worst - values.reduce((a, b) => Math.min(a, b));
    return worst + (extent > 0 ? extent : Math.max(Math.abs(worst), 1)) / 10;
  });
}
