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
  readonly #generations: AsyncIterator<EvolveGeneration>;
  readonly #listener: EvolveListener;
  readonly #controller = new AbortController();
  readonly #rates = new Rates();
  readonly #replayed: readonly LoggedUpdate[];
  readonly #queued: Update[] = [];
  #bounds: readonly (number | null)[] = [];
  #next = 0;
  #allowed = 0;
  #running = false;
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

  /** How many generations may be done from now on. */
  proceed(generations: number): void {
    this.#allowed = generations;
    if (generations > 0 && !this.#running) void this.#work();
  }

  update(update: Update): void {
    this.#queued.push(update);
  }

  end(): void {
    this.#allowed = 0;
    this.#controller.abort(new Error('another evolution was begun'));
  }

  async #work(): Promise<void> {
    this.#running = true;
    this.#rates.restart();
    try {
      while (this.#allowed > 0) {
        await this.#generation();
        this.#allowed--;
        // Messages of the page, a pause say, come between two generations.
        await new Promise((resolve) => setTimeout(resolve));
      }
    } catch (error) {
      if (!this.#controller.signal.aborted)
        this.#listener.failed(error instanceof Error ? error.message : String(error));
    } finally {
      this.#running = false;
    }
  }

  async #generation(): Promise<void> {
    const fresh = this.#queued.splice(0);
    for (const update of fresh) this.#run.update(update);
    const applied = fresh.map((update) => ({ generation: this.#next, update }));
    for (const { update } of [
      ...this.#replayed.filter(({ generation }) => generation === this.#next),
      ...applied,
    ])
      this.#bounds = update.bounds ?? this.#bounds;
    const { value, done } = await this.#generations.next();
    if (done) return;
    const profiles = await this.#profilesOn(value);
    this.#next = value.index + 1;
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
