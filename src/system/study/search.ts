import type { Engine } from '../../gpu';
import {
  type Generation,
  type LoggedUpdate,
  nsga2,
  Optimizer,
  type RunState,
  randomSearch,
  type Update,
} from '../../optimize';
import { sizedProfiles } from '../policy';
import type { Policy } from '../scenario';
import type { Arena } from './arena';
import { assess } from './assess';
import { blockOf } from './episodes';
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
 * The genetic search and, generation by generation beside it, random search with as many evaluations on the same
 * episodes. The profiles and what runs today are in the first genetic population.
 */
export class TwinSearch {
  readonly #problem: ScenarioProblem;
  readonly #genetic: Optimizer;
  readonly #random: Optimizer;
  readonly #reference: readonly number[];
  #convergence: readonly ConvergencePoint[];

  private constructor(
    problem: ScenarioProblem,
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
    this.#reference = reference;
    this.#genetic = new Optimizer(problem, nsga2(), {
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
    const reference =
      options.resume?.genetic.reference ??
      (await referencePoint(arena, profiles, options.replications, signal));
    const seeds = firstGenes(problem, [...profiles, scenario.policy], options.population);
    return new TwinSearch(problem, reference, seeds, options);
  }

  get state(): SearchState {
    return { genetic: this.#genetic.state, random: this.#random.state, convergence: this.#convergence };
  }

  /** Changes the genetic search from the next generation on; random search keeps pace with its population. */
  update(update: Update): void {
    this.#genetic.update(update);
    this.#genetic.applyUpdates();
    this.#random.update(forRandom(update));
  }

  /** One generation of both. */
  async advance(signal?: AbortSignal): Promise<TwinGeneration> {
    const genetic = await this.#step(this.#genetic, signal);
    const random = await this.#step(this.#random, signal);
    const convergence = {
      generation: genetic.index,
      evaluations: genetic.evaluations,
      hypervolume: boxShare(genetic.hypervolume ?? 0, this.#reference),
      randomHypervolume: boxShare(random.hypervolume ?? 0, this.#reference),
    };
    this.#convergence = [...this.#convergence, convergence];
    return { genetic, random, convergence };
  }

  async #step(optimizer: Optimizer, signal?: AbortSignal): Promise<Generation> {
    const { genes, episodes } = await optimizer.ask(signal);
    const scores = await this.#problem.evaluate(genes, episodes, signal);
    signal?.throwIfAborted();
    return optimizer.tell(scores);
  }
}

/** What of a live change concerns random search. */
function forRandom({ population, bounds }: Update): Update {
  return { population, bounds };
}

/** A tenth beyond the worst profile in each objective. */
async function referencePoint(
  arena: Arena,
  profiles: readonly Policy[],
  replications: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const assessed = await assess(arena, profiles, blockOf('search', replications), signal);
  return referenceBeyond(assessed.map(({ means }) => means));
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

/** Genes of policies, one after the other, as many as a population takes. */
function firstGenes(problem: ScenarioProblem, policies: readonly Policy[], population: number): Uint32Array {
  const width = problem.space.variables.length;
  const chosen = policies.slice(0, population);
  const genes = new Uint32Array(chosen.length * width);
  chosen.forEach((policy, i) => genes.set(problem.genesOf(policy), i * width));
  return genes;
}
