import { plain } from '../report';
import type { EvolveGeneration, Scenario } from '../system';

const SHORT: Record<Scenario['objectives'][number], (value: number) => string> = {
  downtime: (value) => `${plain(value)} min/year`,
  'slow-share': (value) => `${plain(value * 100)} % slow`,
  cost: (value) => `$${plain(value)}/month`,
  attempts: (value) => `${plain(value)} attempts`,
  'attacker-loss': (value) => `${plain(value)} lost per attack request`,
  unrecovered: (value) => `${plain(value * 100)} % of faults not recovered from`,
};

/** Where a run starts from, and what bounds it. */
export interface Start {
  readonly ms: number;
  /** Done before it was resumed. */
  readonly generations: number;
  readonly evaluations: number;
  readonly timeLimitMs: number | undefined;
}

/** Tells generations as lines: speed since the one before, best of the first objective, time left. */
export class GenerationTeller {
  readonly #scenario: Scenario;
  readonly #start: Start;
  /** Done so far, those before a resumption included. */
  generations: number;
  #before: { ms: number; evaluations: number; calls: number };

  constructor(scenario: Scenario, start: Start) {
    this.#scenario = scenario;
    this.#start = start;
    this.generations = start.generations;
    this.#before = { ...start, calls: 0 };
  }

  /** The line of a generation that ended at `nowMs`. */
  line(generation: EvolveGeneration, nowMs: number): string {
    const { index, generations, simulatedCalls: calls } = generation;
    this.generations = index + 1;
    const evaluations = generation.evaluations - this.#before.evaluations;
    const seconds = Math.max(nowMs - this.#before.ms, 1) / 1000;
    const parts = [
      `generation ${index + 1}${generations === undefined ? '' : `/${generations}`}`,
      // Random search keeps pace beside evolution, evaluation for evaluation.
      `${plain((2 * evaluations) / seconds)} evaluations/s`,
      `${((calls - this.#before.calls) / seconds / 1e6).toFixed(2)} M calls/s`,
      `best ${this.#best(generation)}`,
      ...this.#left(generation, nowMs),
    ];
    this.#before = { ms: nowMs, evaluations: generation.evaluations, calls };
    return parts.join(' · ');
  }

  #best({ best }: EvolveGeneration): string {
    if (Number.isNaN(best[0])) return 'none feasible yet';
    // Few replications may put the mean of what cannot be negative below zero.
    return SHORT[this.#scenario.objectives[0]](Math.max(best[0], 0));
  }

  /** Time until the search ends, as far as it is bounded. */
  #left({ index, generations }: EvolveGeneration, nowMs: number): string[] {
    const { ms, generations: before, timeLimitMs } = this.#start;
    const elapsedMs = nowMs - ms;
    const bounds = [
      ...(generations === undefined ? [] : [((generations - index - 1) * elapsedMs) / (index + 1 - before)]),
      ...(timeLimitMs === undefined ? [] : [timeLimitMs - elapsedMs]),
    ];
    return bounds.length === 0 ? [] : [`${clock(Math.max(0, Math.min(...bounds)))} left`];
  }
}

/** Minutes and seconds. */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
