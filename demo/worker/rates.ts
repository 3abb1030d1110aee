/** Generations over which speed is averaged. */
const WINDOW = 6;

interface Mark {
  readonly timeMs: number;
  readonly evaluations: number;
  readonly calls: number;
}

/** How fast a run goes, over its last generations. */
export class Rates {
  #marks: Mark[] = [];

  /** Time during which nothing ran must not count. */
  restart(): void {
    this.#marks = [];
  }

  /** @param calls completed simulated calls since the beginning, as `evaluations` */
  add(timeMs: number, evaluations: number, calls: number): { evaluationsPerS: number; callsPerS: number } {
    this.#marks = [...this.#marks, { timeMs, evaluations, calls }].slice(-WINDOW - 1);
    const [first] = this.#marks;
    const seconds = (timeMs - first.timeMs) / 1000;
    if (seconds <= 0) return { evaluationsPerS: 0, callsPerS: 0 };
    return {
      evaluationsPerS: (evaluations - first.evaluations) / seconds,
      callsPerS: (calls - first.calls) / seconds,
    };
  }
}
