import { plain } from '../report';
import type { EvolveGeneration, Scenario } from '../system';

const SHORT: Record<Scenario['objectives'][number], (value: number) => string> = {
  downtime: (value) => `${plain(value)} min/year`,
  'slow-share': (value) => `${plain(value * 100)} % slow`,
  cost: (value) => `$${plain(value)}/month`,
  attempts: (value) => `${plain(value)} attempts`,
  'attacker-loss': (value) => `${plain(value)} lost per attack request`,
};

/** Tells generations as lines: speed since the one before, best of the first objective, time left. */
export class GenerationTeller {
  readonly #scenario: Scenario;
  readonly #timeLimitMs: number | undefined;
  readonly #startMs: number;
  #firstIndex: number | undefined;
  #before: { ms: number; evaluations: number; calls: number };

  constructor(scenario: Scenario, timeLimitMs: number | undefined, nowMs: number) {
    this.#scenario = scenario;
    this.#timeLimitMs = timeLimitMs;
    this.#startMs = nowMs;
    this.#before = { ms: nowMs, evaluations: 0, calls: 0 };
  }

  /** The line of a generation that ended at `nowMs`. */
  line(generation: EvolveGeneration, nowMs: number): string {
    const { index, generations, simulatedCalls: calls } = generation;
    // A resumed run did not evaluate what came before it.
    const evaluations =
      this.#firstIndex === undefined ? 0 : generation.evaluations - this.#before.evaluations;
    this.#firstIndex ??= index;
    const seconds = Math.max(nowMs - this.#before.ms, 1) / 1000;
    const parts = [
      `generation ${index + 1}${generations === undefined ? '' : `/${generations}`}`,
      // Random search keeps pace beside evolution, evaluation for evaluation.
      ...(evaluations > 0 ? [`${plain((2 * evaluations) / seconds)} evaluations/s`] : []),
      `${(Math.max(0, calls - this.#before.calls) / seconds / 1e6).toFixed(2)} M calls/s`,
      `best ${this.#best(generation)}`,
      `${this.#left(generation, nowMs)} left`,
    ];
    this.#before = { ms: nowMs, evaluations: generation.evaluations, calls };
    return parts.join(' · ');
  }

  #best({ best }: EvolveGeneration): string {
    if (Number.isNaN(best[0])) return 'none feasible yet';
    return SHORT[this.#scenario.objectives[0]](best[0]);
  }

  #left({ index, generations }: EvolveGeneration, nowMs: number): string {
    const elapsedMs = nowMs - this.#startMs;
    const done = index + 1 - this.#firstIndex!;
    const byCount = generations === undefined ? [] : [((generations - index - 1) * elapsedMs) / done];
    const byTime = this.#timeLimitMs === undefined ? [] : [this.#timeLimitMs - elapsedMs];
    return clock(Math.max(0, Math.min(...byCount, ...byTime)));
  }
}

/** Minutes and seconds. */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
