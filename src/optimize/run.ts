import type { Problem } from '../problem';
import type { Algorithm } from './algorithm';
import { Optimizer, type OptimizerOptions } from './optimizer';
import type { Population } from './population';
import type { LoggedUpdate, Update } from './settings';
import type { Generation, RunState } from './state';
import { limitReached, type Stop } from './termination';

/** Where a run computes, from which seed, how it treats noise and constraints, and when it ends. */
export interface MinimizeOptions extends OptimizerOptions {
  /** Aborts the run, which then rejects; `Run.state` holds the last whole generation. */
  readonly signal?: AbortSignal;
  /** Called after every generation with a state that `resume` goes on from. The run waits for it. */
  readonly onCheckpoint?: (state: RunState) => void | Promise<void>;
  /** The clock in milliseconds. It decides when to stop and nothing else. */
  readonly now?: () => number;
}

/** How a run ended. */
export interface RunResult {
  /** Generations done: with it as the limit in place of a time, the run can be made again. */
  readonly generations: number;
  readonly evaluations: number;
  readonly stopped: Stop;
  /** The survivors, best first. */
  readonly population: Population;
  /** Feasible candidates that none dominates, on the last block of episodes; may be empty. */
  readonly front: Population;
  readonly reference: readonly number[] | null;
  /** Every live change, with its generation. */
  readonly updates: readonly LoggedUpdate[];
}

/**
 * A search on its way. Await it for its result, or iterate over its generations; it advances only as far as
 * asked. Breaking off an iteration and awaiting afterwards goes on to the end.
 */
export interface Run extends PromiseLike<RunResult>, AsyncIterable<Generation> {
  readonly state: RunState;
  /** Changes the search from the next generation on. Logged, so that the run can be made again. */
  update(update: Update): void;
}

/** Minimises a problem. Without any limit it does 100 generations. */
export function minimize(problem: Problem, algorithm: Algorithm, options: MinimizeOptions): Run {
  return new SearchRun(problem, algorithm, options);
}

const LIMITS = ['generations', 'evaluations', 'timeLimitMs', 'target', 'hypervolume', 'stagnation'] as const;

class SearchRun implements Run {
  readonly #options: MinimizeOptions;
  readonly #optimizer: Optimizer;
  #result: Promise<RunResult> | undefined;
  #advancing: Promise<unknown> = Promise.resolve();
  #stopped: RunResult['stopped'] | undefined;
  #startedMs: number | undefined;
  #lastGenerationMs = 0;

  constructor(problem: Problem, algorithm: Algorithm, options: MinimizeOptions) {
    const limited = LIMITS.some((limit) => options[limit] !== undefined);
    this.#options = options;
    this.#optimizer = new Optimizer(problem, algorithm, limited ? options : { ...options, generations: 100 });
  }

  get state(): RunState {
    return this.#optimizer.state;
  }

  update(update: Update): void {
    this.#optimizer.update(update);
  }

  // biome-ignore lint/suspicious/noThenProperty: a run is awaited for its result
  then<A = RunResult, B = never>(
    fulfilled?: ((result: RunResult) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#result ??= this.#finish();
    return this.#result.then(fulfilled, rejected);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Generation> {
    for (let next = await this.#advance(); next; next = await this.#advance()) yield next;
  }

  async #finish(): Promise<RunResult> {
    while (await this.#advance());
    const { generation, evaluations, population, archive, reference, log } = this.state;
    return {
      generations: generation,
      evaluations,
      stopped: this.#stopped!,
      population,
      front: archive,
      reference,
      updates: log,
    };
  }

  /** One generation, or undefined at the end. Callers that overlap take turns. */
  #advance(): Promise<Generation | undefined> {
    const turn = this.#advancing.then(() => this.#generation());
    this.#advancing = turn.catch(() => {});
    return turn;
  }

  async #generation(): Promise<Generation | undefined> {
    const { signal, onCheckpoint, now = () => performance.now() } = this.#options;
    const begun = now();
    this.#startedMs ??= begun;
    this.#optimizer.applyUpdates();
    this.#stopped ??= this.#limitReached(begun - this.#startedMs);
    if (this.#stopped) return undefined;
    signal?.throwIfAborted();
    const generation = await this.#optimizer.advance(signal);
    await onCheckpoint?.(this.state);
    this.#lastGenerationMs = now() - begun;
    return generation;
  }

  #limitReached(elapsedMs: number): Stop | undefined {
    const stop =
      limitReached(this.state) ?? (this.#optimizer.exhausted === undefined ? undefined : 'exhausted');
    const { generation, settings } = this.state;
    // The first generation runs whatever the limit: a run without a population is no result.
    const expectedMs = elapsedMs + this.#lastGenerationMs;
    const late = generation > 0 && expectedMs > (settings.limits.timeLimitMs ?? Number.POSITIVE_INFINITY);
    return stop ?? (late ? 'time' : undefined);
  }
}
