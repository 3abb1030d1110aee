import type { Engine } from '../gpu';
import { deriveKey, seedKey } from '../math';
import { type EpisodeBlock, joinScores, type Problem, type Scores } from '../problem';
import type { Algorithm, Standing } from './algorithm';
import { Archive, referenceBeyond } from './archive';
import { type ConstraintHandling, levelsFrom, selectionRules } from './constraints';
import { exclusively } from './exclusive';
import { report } from './generation';
import { type Hatched, Hatchery } from './hatchery';
import { emptyPopulation, evaluated, joinGenes, type Population, shapeOf, take } from './population';
import { type Feasibility, feasible, fitnessOf, fitnessOfAll } from './selection/fitness';
import {
  applyUpdate,
  checkUpdate,
  defaultSettings,
  type Limits,
  type LoggedUpdate,
  type Update,
} from './settings';
import type { Batch, Generation, RunState } from './state';
import { checkLimits, progressOf } from './termination';
import { type DeviceVariation, deviceVariation } from './variation/device-variation';
import { uniformGenes } from './variation/sampling';
import { STREAM } from './variation/streams';

export interface OptimizerOptions extends Limits {
  /** Runs the variation kernels. */
  readonly engine: Engine;
  /** Candidates that survive a generation, and candidates made in one; the algorithm has a number of its own. */
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
  /** How infeasible candidates compare; by default feasible ones come first. */
  readonly constraints?: ConstraintHandling;
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

type Core = Omit<RunState, 'archive'>;

/** A batch that waits for its scores, and how many of its candidates are parents and the algorithm's own. */
interface Asked {
  readonly batch: Batch;
  readonly parents: number;
  readonly proposed: number;
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
  readonly #variation: DeviceVariation;
  readonly #hatchery: Hatchery;
  readonly #pending: Update[] = [];
  /** All of the state but the archive, which is merged when it is asked for. */
  #core: Core;
  #archive: Archive;
  #state: RunState | undefined;
  #asked: Asked | undefined;

  /** Throws RangeError for a problem that the algorithm cannot search, or options that make no sense. */
  constructor(problem: Problem, algorithm: Algorithm, options: OptimizerOptions) {
    const { engine, seed = 1, resume, initial } = options;
    const shape = shapeOf(problem);
    if (shape.objectives > algorithm.maxObjectives) {
      throw new RangeError(`${algorithm.name} minimises one objective, not ${shape.objectives}`);
    }
    if (initial && initial.length % shape.variables !== 0) {
      throw new RangeError('initial genes are no whole number of candidates');
    }
    if (resume) checkResume(resume, algorithm, seed);
    this.#problem = problem;
    this.#algorithm = algorithm;
    this.#options = options;
    this.#variation = deviceVariation(engine, problem.space);
    const stray = deriveKey(seedKey(seed), STREAM.stray);
    this.#hatchery = new Hatchery(engine, problem, (first, count) =>
      uniformGenes(deriveKey(stray, this.#core.generation), first, count, shape.variables),
    );
    const { archive = emptyPopulation(shape), ...core } = resume ?? this.#begin(seed);
    this.#core = core;
    this.#archive = Archive.of(archive);
    checkLimits(core.settings.limits, shape.objectives);
  }

  /**
   * The state after the last generation told. Never changed afterwards, so it may be kept or written at
   * leisure.
   */
  get state(): RunState {
    this.#state ??= stateOf(this.#core, this.#archive);
    return this.#state;
  }

  /** Why the algorithm expects nothing more, once that is so. */
  get exhausted(): string | undefined {
    return this.#algorithm.exhausted?.(this.#core.memory);
  }

  /**
   * Changes the search from the next batch that is not yet asked for. Throws for a value that makes no sense.
   */
  update(update: Update): void {
    checkUpdate(update, this.#problem.objectives.length);
    this.#pending.push(update);
  }

  /** Puts updates into force, logged ones first. Called at the boundary of generations. */
  applyUpdates(): void {
    if (this.#asked) return;
    const { generation, log } = this.#core;
    const replayed = (this.#options.updates ?? []).filter((entry) => entry.generation === generation);
    const known = log.filter((entry) => entry.generation === generation).length;
    const due = [
      ...replayed.slice(known),
      ...this.#pending.splice(0).map((update) => ({ generation, update })),
    ];
    if (due.length === 0) return;
    this.#core = {
      ...this.#core,
      settings: due.reduce((settings, { update }) => applyUpdate(settings, update), this.#core.settings),
      log: [...log, ...due],
    };
    this.#state = undefined;
  }

  /**
   * The next candidates. Asking again before telling gives the same.
   * @param immigrants genes of candidates from elsewhere, [candidate][variable]: they are evaluated with the
   *   algorithm's own, count as evaluations and compete for survival
   */
  async ask(signal?: AbortSignal, immigrants?: Uint32Array): Promise<Batch> {
    this.applyUpdates();
    this.#asked ??= this.#batchOf(await this.#hatch(false, signal), immigrants);
    return this.#asked.batch;
  }

  /** Takes the scores of the batch last asked for, and ends its generation. */
  tell(scores: Scores): Generation {
    if (!this.#asked)
      throw new Error('tell without ask: there is no batch that these scores could belong to');
    const { batch } = this.#asked;
    const fresh = evaluated(shapeOf(this.#problem), batch.genes, scores);
    const generation = this.#absorb(this.#asked, fresh);
    this.#asked = undefined;
    return generation;
  }

  /**
   * One generation: asks, evaluates and tells. Where the problem scores candidates on this engine's device, they are made
   * and scored in one submit.
   */
  async advance(signal?: AbortSignal): Promise<Generation> {
    this.applyUpdates();
    const { device } = this.#problem;
    // Parents to be scored again would be a second batch.
    const rescores = this.#algorithm.keepsParents && this.#isNewBlock() && this.#core.generation > 0;
    const fused = !this.#asked && device?.engine === this.#options.engine && !rescores;
    const hatched = fused ? await this.#hatch(true, signal) : undefined;
    if (hatched) this.#asked = this.#batchOf(hatched);
    const batch = await this.ask(signal);
    const known = hatched?.scores;
    const rest = batch.genes.subarray((known?.samples.length ?? 0) * this.#problem.space.variables.length);
    if (rest.length === 0 && known) {
      signal?.throwIfAborted();
      return this.tell(known);
    }
    const evaluate = () => this.#problem.evaluate(rest, batch.episodes, signal);
    const scores = await (device ? exclusively(device.engine, evaluate) : evaluate());
    signal?.throwIfAborted();
    return this.tell(known ? joinScores([known, scores]) : scores);
  }

  #begin(seed: number): Core & { archive?: Population } {
    const {
      population,
      reference = null,
      generations,
      evaluations,
      timeLimitMs,
      target,
      hypervolume,
      stagnation,
    } = this.#options;
    const { space } = this.#problem;
    const limits = { generations, evaluations, timeLimitMs, target, hypervolume, stagnation };
    const core: Core = {
      version: 2,
      algorithm: this.#algorithm.name,
      seed,
      generation: 0,
      evaluations: 0,
      population: emptyPopulation(shapeOf(this.#problem)),
      reference,
      settings: defaultSettings(space, population ?? this.#algorithm.population(space), limits),
      log: [],
      memory: null,
      constraints: null,
      progress: { level: null, violation: null, since: 0 },
    };
    return { ...core, memory: this.#algorithm.begin(this.#standing(core)) };
  }

  #hatch(evaluates: boolean, signal?: AbortSignal): Promise<Hatched> {
    const { device } = this.#problem;
    const brood = this.#algorithm.propose(this.#standing(this.#core), this.#core.memory, this.#variation);
    return this.#hatchery.hatch(
      brood,
      evaluates && device ? { device, episodes: this.#block(this.#core.generation) } : undefined,
      signal,
    );
  }

  #batchOf({ genes: own }: Hatched, immigrants?: Uint32Array): Asked {
    const { generation, population } = this.#core;
    const rescored = this.#isNewBlock() && this.#algorithm.keepsParents ? population : undefined;
    const candidates = rescored ? joinGenes(rescored.genes, own) : own;
    return {
      batch: {
        generation,
        genes: immigrants ? joinGenes(candidates, immigrants) : candidates,
        episodes: this.#block(generation),
      },
      parents: this.#algorithm.keepsParents ? population.count : 0,
      proposed: own.length / this.#problem.space.variables.length,
    };
  }

  #absorb({ batch, parents, proposed }: Asked, fresh: Population): Generation {
    const { pessimism = DEFAULT_PESSIMISM, constraints = {} } = this.#options;
    const before = this.#core;
    const { bounds } = before.settings;
    // On a new block everything comparable is in the batch itself.
    const anew = this.#isNewBlock();
    const others = anew || parents === 0 ? emptyPopulation(fresh.shape) : before.population;
    const levels =
      before.constraints ??
      (constraints.rule === 'epsilon' || constraints.normalise ? levelsFrom(fresh, constraints) : null);
    const rules = selectionRules(batch.generation, levels, constraints, bounds);
    const fitness = fitnessOfAll([others, fresh], pessimism, rules);
    const { memory, survivors } = this.#algorithm.absorb(this.#standing(before), before.memory, {
      fitness,
      parents,
      proposed,
    });
    const standing = anew ? Archive.of(emptyPopulation(fresh.shape)) : this.#archive;
    const archive = standing.with(fresh, bounds);
    const core: Core = {
      ...before,
      generation: batch.generation + 1,
      evaluations: before.evaluations + fresh.count,
      population: take(others, survivors, fresh),
      reference: before.reference ?? referenceOf(fresh, { bounds }),
      memory,
      constraints: levels,
    };
    this.#archive = archive;
    this.#core = { ...core, progress: progressOf(before.progress, stateOf(core, archive), anew) };
    this.#state = undefined;
    return report(this.state, batch.episodes, fresh, pessimism, { bounds });
  }

  #standing({ settings, generation, evaluations, population, seed }: Core): Standing {
    const { initial = new Uint32Array() } = this.#options;
    return {
      space: this.#problem.space,
      seed: seedKey(seed),
      settings,
      generation,
      evaluations,
      initial,
      parents: population,
    };
  }

  #block(generation: number): EpisodeBlock {
    const { episodes: count = 1, rotateEvery = 0 } = this.#options;
    const index = rotateEvery > 0 ? Math.floor(generation / rotateEvery) : 0;
    return { index, first: index * count, count, purpose: 'search' };
  }

  /** Whether the coming generation is the first on its block of episodes. */
  #isNewBlock(): boolean {
    const { generation } = this.#core;
    return generation === 0 || this.#block(generation).index !== this.#block(generation - 1).index;
  }
}

function stateOf(core: Core, archive: Archive): RunState {
  return {
    ...core,
    get archive() {
      return archive.population;
    },
  };
}

function referenceOf(fresh: Population, rules: Feasibility): readonly number[] | null {
  return referenceBeyond(take(fresh, feasible(fitnessOf(fresh, 0, rules))));
}

function checkResume(resume: RunState, algorithm: Algorithm, seed: number): void {
  if (resume.version !== 2)
    throw new Error('the saved run is of another version of this library: begin it anew');
  if (resume.algorithm !== algorithm.name || resume.seed !== seed) {
    throw new Error(
      `the saved run is of ${resume.algorithm}, seed ${resume.seed}; this one is of ${algorithm.name}, seed ${seed}`,
    );
  }
}
