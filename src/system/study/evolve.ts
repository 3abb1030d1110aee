import type { Engine } from '../../gpu';
import { checkUpdate, type Generation, type Limits, type LoggedUpdate, type Update } from '../../optimize';
import type { EpisodeBlock } from '../../problem';
import { type SizedProfile, sizedProfiles } from '../policy';
import type { Scenario } from '../scenario';
import { openSimulator, type Simulator } from '../simulate';
import { type Arena, openArena } from './arena';
import { assess } from './assess';
import { conclude } from './conclude';
import { arenaProblem, type ScenarioProblem } from './problem';
import type { ConvergencePoint, EvolveResult } from './result';
import { type SearchState, TwinSearch } from './search';
import { warmUp } from './warm-up';

/** How long and how carefully to search, and what to tell while doing so. */
export interface EvolveOptions {
  readonly seed?: number;
  readonly population?: number;
  /** Default 14, unless there is a time limit. */
  readonly generations?: number;
  /** Wall time of the search. The generation that would overrun it, judged by the last one, is not begun. */
  readonly timeLimitMs?: number;
  /** Replications on which candidates are compared during the search. */
  readonly replications?: number;
  /** Generations between two blocks of search episodes. */
  readonly rotateEvery?: number;
  /** Replications on which all that the search left are compared; finalists meet twice as many more. */
  readonly choiceReplications?: number;
  /** Test replications, seen by neither search nor choice. */
  readonly heldout?: number;
  /** Called after every generation with a state that `resume` goes on from; the run waits for it. */
  readonly onCheckpoint?: (state: EvolveCheckpoint) => void | Promise<void>;
  readonly resume?: EvolveCheckpoint;
  /** Live changes of an earlier run, from its result, to make it again. */
  readonly updates?: readonly LoggedUpdate[];
  /** Told what is being done after the search. */
  readonly onStage?: (stage: Stage) => void;
  readonly signal?: AbortSignal;
  /** The clock in milliseconds. It decides when to stop and nothing else. */
  readonly now?: () => number;
}

export type Stage = 'choosing' | 'testing' | 'reducing' | 'drawing';

/** Of the form of a checkpoint: one of another form cannot be gone on from. */
const CHECKPOINT_VERSION = 2;

/** The state of an evolution between two generations: plain data and typed arrays. */
export interface EvolveCheckpoint extends SearchState {
  readonly version: typeof CHECKPOINT_VERSION;
  /** What the state belongs to: a resumed run must be given the same. */
  readonly scenario: string;
  readonly seed: number;
  readonly population: number;
  readonly replications: number;
  readonly rotateEvery: number;
}

/** One generation of the genetic search, and how much has been simulated. */
export interface EvolveGeneration extends Generation {
  /** Of how many; absent under a time limit alone. */
  readonly generations?: number;
  /** Completed calls since the run began or was resumed, random search included. */
  readonly simulatedCalls: number;
  /** Random search's generation beside it, on the same episodes. */
  readonly random: Generation;
  readonly convergence: ConvergencePoint;
}

/** An evolution on its way: await it for its result, or iterate over its generations first. */
export interface Evolution extends PromiseLike<EvolveResult>, AsyncIterable<EvolveGeneration> {
  /** Changes the search from the next generation on; logged in the result. Throws RangeError for a value that makes no sense. */
  update(update: Update): void;
  /** Where the profiles stand on the episodes of a generation; simulated when asked for, not while a generation is. */
  profilesOn(block: EpisodeBlock): Promise<ProfileStanding[]>;
}

/** A profile on one block of episodes. */
export interface ProfileStanding extends SizedProfile {
  /** Means, in the order of the scenario's objectives. */
  readonly objectives: readonly number[];
  /** Sum of normalised violations; 0 is feasible. */
  readonly violation: number;
}

/** What an evolution does where nothing else is asked for. */
export const EVOLVE_DEFAULTS = {
  seed: 1,
  population: 48,
  generations: 14,
  replications: 1,
  rotateEvery: 4,
  choiceReplications: 3,
  heldout: 20,
} as const;

/**
 * Evolves the policy of a scenario, chooses from the front and tests the choice against profiles and random search.
 * The result depends on scenario, seed, settings and the number of generations alone. Throws RangeError for a scenario
 * without knobs; rejects with the signal's reason when aborted, the last checkpoint being the last whole generation.
 */
export function evolveScenario(engine: Engine, scenario: Scenario, options: EvolveOptions = {}): Evolution {
  return new ScenarioEvolution(engine, scenario, options);
}

/** Replications behind the final figures, and the seed: what a result says of itself. */
export interface Settings {
  readonly seed: number;
  readonly population: number;
  readonly replications: number;
  readonly rotateEvery: number;
  readonly choiceReplications: number;
  readonly heldout: number;
}

interface Opened {
  readonly simulator: Simulator;
  readonly arena: Arena;
  readonly problem: ScenarioProblem;
  readonly search: TwinSearch;
}

class ScenarioEvolution implements Evolution {
  readonly #engine: Engine;
  readonly #scenario: Scenario;
  readonly #options: EvolveOptions;
  readonly #settings: Settings;
  readonly #pending: Update[] = [];
  #opened: Promise<Opened> | undefined;
  #result: Promise<EvolveResult> | undefined;
  #advancing: Promise<unknown> = Promise.resolve();
  #startedMs: number | undefined;
  #lastGenerationMs = 0;

  constructor(engine: Engine, scenario: Scenario, options: EvolveOptions) {
    this.#engine = engine;
    this.#scenario = scenario;
    this.#options = options;
    const { seed, population, replications, rotateEvery, choiceReplications, heldout } = options;
    this.#settings = {
      seed: seed ?? EVOLVE_DEFAULTS.seed,
      population: population ?? EVOLVE_DEFAULTS.population,
      replications: replications ?? EVOLVE_DEFAULTS.replications,
      rotateEvery: rotateEvery ?? EVOLVE_DEFAULTS.rotateEvery,
      choiceReplications: choiceReplications ?? EVOLVE_DEFAULTS.choiceReplications,
      heldout: heldout ?? EVOLVE_DEFAULTS.heldout,
    };
    if (this.#settings.heldout < 2 || this.#settings.choiceReplications < 2)
      throw new RangeError('an interval takes at least two replications');
    if (options.resume) this.#checkResumed(options.resume);
  }

  update(update: Update): void {
    checkUpdate(update, this.#scenario.objectives.length);
    this.#pending.push(update);
  }

  profilesOn(block: EpisodeBlock): Promise<ProfileStanding[]> {
    return this.#inTurn(async () => {
      const { arena } = await this.#open();
      const sized = sizedProfiles(this.#scenario);
      const policies = sized.map(({ policy }) => policy);
      const assessed = await assess(arena, policies, block, this.#options.signal);
      return sized.map((profile, p) => ({
        ...profile,
        objectives: assessed[p].means,
        violation: assessed[p].violation,
      }));
    });
  }

  // biome-ignore lint/suspicious/noThenProperty: an evolution is awaited for its result
  then<A = EvolveResult, B = never>(
    fulfilled?: ((result: EvolveResult) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#result ??= this.#finish();
    return this.#result.then(fulfilled, rejected);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<EvolveGeneration> {
    for (let next = await this.#advance(); next; next = await this.#advance()) yield next;
  }

  async #finish(): Promise<EvolveResult> {
    while (await this.#advance());
    const { arena, problem, search } = await this.#open();
    return conclude({
      engine: this.#engine,
      arena,
      problem,
      search: search.state,
      settings: this.#settings,
      signal: this.#options.signal,
      onStage: this.#options.onStage,
    });
  }

  /** One generation, or undefined at the end. */
  #advance(): Promise<EvolveGeneration | undefined> {
    return this.#inTurn(() => this.#generation());
  }

  /** Callers that overlap take turns: they share the simulator's buffers. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#advancing.then(work);
    this.#advancing = turn.catch(() => {});
    return turn;
  }

  async #generation(): Promise<EvolveGeneration | undefined> {
    const { signal, onCheckpoint, now = () => performance.now() } = this.#options;
    const begun = now();
    this.#startedMs ??= begun;
    const { simulator, search } = await this.#open();
    for (const update of this.#pending.splice(0)) search.update(update);
    const limits = this.#limits(search.state);
    if (this.#isOver(search.state, limits, begun - this.#startedMs)) return undefined;
    signal?.throwIfAborted();
    const { genetic, random, convergence } = await search.advance(signal);
    await onCheckpoint?.(this.#checkpoint(search.state));
    this.#lastGenerationMs = now() - begun;
    const { simulatedCalls } = simulator;
    return { ...genetic, generations: limits.generations, simulatedCalls, random, convergence };
  }

  /** The limits in force: as given, until a live change says otherwise. */
  #limits({ genetic }: SearchState): Limits {
    const { generations, timeLimitMs } = this.#options;
    const unlimited = generations === undefined && timeLimitMs === undefined;
    const changed = genetic.settings.limits;
    return {
      generations: changed.generations ?? (unlimited ? EVOLVE_DEFAULTS.generations : generations),
      evaluations: changed.evaluations,
      timeLimitMs: changed.timeLimitMs ?? timeLimitMs,
    };
  }

  #isOver({ genetic }: SearchState, limits: Limits, elapsedMs: number): boolean {
    const { generations = Infinity, evaluations = Infinity, timeLimitMs = Infinity } = limits;
    if (genetic.generation >= generations || genetic.evaluations >= evaluations) return true;
    // The first generation runs whatever the limit: without a population there is nothing to choose from.
    return genetic.generation > 0 && elapsedMs + this.#lastGenerationMs > timeLimitMs;
  }

  #open(): Promise<Opened> {
    this.#opened ??= this.#openAll();
    return this.#opened;
  }

  async #openAll(): Promise<Opened> {
    const { resume, signal } = this.#options;
    const simulator = await openSimulator(this.#engine, this.#scenario, { seed: this.#settings.seed });
    const arena = openArena(simulator, this.#scenario);
    const problem = arenaProblem(arena);
    await warmUp(simulator, this.#scenario, problem, signal);
    const options = { ...this.#settings, engine: this.#engine, updates: this.#replayed(), resume };
    const search = await TwinSearch.open(arena, problem, options, signal);
    return { simulator, arena, problem, search };
  }

  /** Limits ended the earlier run where they did; this one ends where it is told to. */
  #replayed(): LoggedUpdate[] {
    return (this.#options.updates ?? []).map(({ generation, update: { limits: _, ...update } }) => ({
      generation,
      update,
    }));
  }

  #checkpoint(state: SearchState): EvolveCheckpoint {
    const { seed, population, replications, rotateEvery } = this.#settings;
    return {
      ...state,
      version: CHECKPOINT_VERSION,
      scenario: this.#scenario.name,
      seed,
      population,
      replications,
      rotateEvery,
    };
  }

  #checkResumed(resume: EvolveCheckpoint): void {
    const { seed, population, replications, rotateEvery } = this.#settings;
    const expected = {
      version: CHECKPOINT_VERSION,
      scenario: this.#scenario.name,
      seed,
      population,
      replications,
      rotateEvery,
    };
    for (const [name, value] of Object.entries(expected)) {
      const saved = resume[name as keyof typeof expected];
      if (saved !== value)
        throw new RangeError(`the checkpoint was made with ${name} ${saved}, not ${value}`);
    }
  }
}
