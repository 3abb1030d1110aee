import {
  type Engine,
  type EvolveGeneration,
  evolveScenario,
  type LoggedUpdate,
  type ProfileStanding,
  type Scenario,
  type Update,
} from 'tardigrade';
import type { EvolveListener, EvolveQuery } from './api';
import { digestOf } from './digest';
import { frameOf } from './frames';
import { Rates } from './rates';

/** The page decides when a run ends. */
const ENDLESS = 1_000_000;
const ROTATE_EVERY = 4;

/** An evolution that goes on when told to, a frame for each generation. */
export class LiveEvolution {
  readonly #run: ReturnType<typeof evolveScenario>;
  #generations: AsyncIterator<EvolveGeneration>;
  readonly #listener: EvolveListener;
  readonly #controller = new AbortController();
  readonly #rates = new Rates();
  readonly #replayed: readonly LoggedUpdate[];
  readonly #queued: Update[] = [];
  /** In force, and not yet told to the page. */
  #untold: readonly LoggedUpdate[] = [];
  #bounds: readonly (number | null)[] = [];
  /** Generations done, and how many there shall be. */
  #done = 0;
  #goal = 0;
  /** Whether a generation is being made: a change that comes now is for the one after it. */
  #making = false;
  #work: Promise<void> | undefined;
  #profiles: { readonly block: number; readonly standings: readonly ProfileStanding[] } | undefined;

  constructor(
    engine: Engine,
    scenario: Scenario,
    { seed, population, updates }: EvolveQuery,
    listener: EvolveListener,
  ) {
    const { signal } = this.#controller;
    this.#run = evolveScenario(engine, scenario, {
      seed,
      population,
      updates,
      generations: ENDLESS,
      rotateEvery: ROTATE_EVERY,
      signal,
    });
    this.#generations = this.#run[Symbol.asyncIterator]();
    this.#replayed = updates;
    this.#listener = listener;
  }

  /**
   * Goes on until so many generations are done in all, counted from the first one: what is asked twice is done once.
   * Resolves when it rests.
   */
  proceed(generations: number): Promise<void> {
    this.#goal = generations;
    this.#work ??= this.#toTheGoal().finally(() => {
      this.#work = undefined;
    });
    return this.#work;
  }

  /** Takes a live change. @returns the generation that it comes into force with, which has not begun */
  update(update: Update): number {
    this.#queued.push(update);
    return this.#making ? this.#done + 1 : this.#done;
  }

  /** Begins no other generation. Resolves when the one under way needs its engine no more. */
  async end(): Promise<void> {
    this.#controller.abort(new Error('another evolution was begun'));
    await this.#work;
  }

  async #toTheGoal(): Promise<void> {
    this.#rates.restart();
    try {
      while (this.#done < this.#goal && !this.#controller.signal.aborted) {
        await this.#generation();
        // Messages of the page, a pause say, come between two generations.
        await new Promise((resolve) => setTimeout(resolve));
      }
    } catch (error) {
      this.#making = false;
      // What failed has ended the iteration; the run goes on from the last generation that it made, when told to.
      this.#generations = this.#run[Symbol.asyncIterator]();
      if (!this.#controller.signal.aborted)
        this.#listener.failed(error instanceof Error ? error.message : String(error));
    }
  }

  async #generation(): Promise<void> {
    this.#putIntoForce();
    this.#making = true;
    const { value, done } = await this.#generations.next();
    if (done) throw new Error('the evolution has come to its end');
    this.#done = value.index + 1;
    this.#making = false;
    const profiles = await this.#profilesOn(value);
    const applied = this.#untold;
    this.#untold = [];
    const { evaluations, random, simulatedCalls } = value;
    const rates = this.#rates.add(performance.now(), evaluations + random.evaluations, simulatedCalls);
    if (!this.#controller.signal.aborted)
      await this.#listener.frame(
        frameOf(value, profiles, this.#bounds, applied, {
          ...rates,
          digest: await digestOfGeneration(value),
        }),
      );
  }

  #putIntoForce(): void {
    const generation = this.#done;
    const replayed = this.#replayed.filter((entry) => entry.generation === generation);
    for (const { update } of replayed) this.#bounds = update.bounds ?? this.#bounds;
    for (let update = this.#queued.shift(); update; update = this.#queued.shift()) {
      this.#run.update(update);
      this.#untold = [...this.#untold, { generation, update }];
      this.#bounds = update.bounds ?? this.#bounds;
    }
  }

  async #profilesOn({ episodes }: EvolveGeneration): Promise<readonly ProfileStanding[]> {
    if (this.#profiles?.block !== episodes.index)
      this.#profiles = { block: episodes.index, standings: await this.#run.profilesOn(episodes) };
    return this.#profiles.standings;
  }
}

async function digestOfGeneration({ candidates, random }: EvolveGeneration): Promise<string | undefined> {
  const parts = [candidates, random.candidates].flatMap(({ genes, objectives }) => [genes, objectives]);
  return globalThis.crypto?.subtle ? digestOf(parts) : undefined;
}
