import type { SweepProgress } from '../sweep';
import { clock } from './generation-line';

const WINDOW_MS = 10_000;

/** Tells how far a sweep is as a line: rows, rows a second of late, time left. */
export class SweepTeller {
  readonly #startMs: number;
  /** Moments of the last ten seconds, and one before. */
  #seen: { ms: number; done: number }[] = [];

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  line({ rows, resumed, done }: SweepProgress, nowMs: number): string {
    if (this.#seen.length === 0) this.#seen.push({ ms: this.#startMs, done: resumed });
    this.#seen.push({ ms: nowMs, done });
    while (this.#seen.length > 2 && this.#seen[1].ms <= nowMs - WINDOW_MS) this.#seen.shift();
    const [from] = this.#seen;
    const perS = (done - from.done) / (Math.max(nowMs - from.ms, 1) / 1000);
    const left = perS > 0 ? [`${clock(((rows - done) / perS) * 1000)} left`] : [];
    return [`${count(done)} of ${count(rows)} rows`, `${speed(perS)} rows/s`, ...left].join(' · ');
  }
}

/** A number as people read it, without its fraction. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Rows a second, as exact as it matters. */
export function speed(perS: number): string {
  return perS >= 10 ? count(perS) : perS.toPrecision(2);
}
