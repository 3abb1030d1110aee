/** A step of a timeline: returns a promise when the next one has to wait for it, else is done when it returns. */
export type Step = () => Promise<void> | void;

/** Takes steps strictly one after the other, at once as long as none has to be waited for. */
export class Timeline {
  #steps: Step[] = [];
  readonly #waiting = new Set<(lost: boolean) => void>();
  readonly #startTurn: () => void;
  #running = false;
  #abandoned = false;

  /** @param startTurn called before each uninterrupted run of steps */
  constructor(startTurn: () => void) {
    this.#startTurn = startTurn;
  }

  /** Whether a step appended now would be taken at once. */
  get idle(): boolean {
    return !this.#running;
  }

  append(...steps: Step[]): void {
    if (this.#abandoned) return;
    this.#steps.push(...steps);
    if (!this.#running) this.#drain();
  }

  /** Calls back, never at once, when all steps so far have been taken or have been abandoned (`lost`). */
  whenReached(callback: (lost: boolean) => void): void {
    this.#waiting.add(callback);
    this.append(() => queueMicrotask(() => this.#tell(callback, false)));
  }

  /** Drops the steps that have not been taken, for good. */
  abandon(): void {
    this.#abandoned = true;
    this.#steps = [];
    for (const callback of [...this.#waiting]) queueMicrotask(() => this.#tell(callback, true));
  }

  #tell(callback: (lost: boolean) => void, lost: boolean): void {
    if (this.#waiting.delete(callback)) callback(lost);
  }

  #drain(): void {
    this.#running = true;
    this.#startTurn();
    let taken = 0;
    while (taken < this.#steps.length) {
      const pending = this.#steps[taken++]();
      if (pending) {
        this.#steps.splice(0, taken);
        void pending.then(() => this.#drain());
        return;
      }
    }
    this.#steps = [];
    this.#running = false;
  }
}
