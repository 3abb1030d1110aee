/**
 * Answers questions one at a time, and of those that come meanwhile only the last: a slider asks faster than a simulation
 * answers. `tell` hears no answer that a later question has made stale.
 */
export class Latest<Question, Answer> {
  readonly #ask: (question: Question) => Promise<Answer>;
  readonly #tell: (answer: Answer) => void;
  readonly #fail: (error: unknown) => void;
  #waiting: { readonly question: Question } | undefined;
  #busy = false;

  constructor(
    ask: (question: Question) => Promise<Answer>,
    tell: (answer: Answer) => void,
    fail: (error: unknown) => void,
  ) {
    this.#ask = ask;
    this.#tell = tell;
    this.#fail = fail;
  }

  ask(question: Question): void {
    this.#waiting = { question };
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting) {
      const { question } = this.#waiting;
      this.#waiting = undefined;
      try {
        const answer = await this.#ask(question);
        if (!this.#waiting) this.#tell(answer);
      } catch (error) {
        this.#fail(error);
      }
    }
    this.#busy = false;
  }
}
