import { drawInto, mulhi, normalQuantile, type Words } from '../../math';

/** Of the draw that is under way. */
const drawn = new Uint32Array(2);

/** Random variates of one candidate: the n-th draw depends on key, index and n alone. */
export class Draws {
  readonly #key: Words;
  readonly #index: number;
  #count = 0;
  #kept = 0;

  constructor(key: Words, index: number) {
    this.#key = key;
    this.#index = index;
  }

  /** A u32. */
  word(): number {
    if ((this.#count & 1) === 1) {
      this.#count++;
      return this.#kept;
    }
    drawInto(drawn, this.#key, this.#index, this.#count >> 1);
    this.#kept = drawn[1];
    this.#count++;
    return drawn[0];
  }

  /** A whole number from 0 to count - 1. */
  below(count: number): number {
    return mulhi(this.word(), count);
  }

  /** Uniform in (0, 1), never an end. */
  uniform(): number {
    return (this.word() + 0.5) / 2 ** 32;
  }

  /** Standard normal. */
  normal(): number {
    return normalQuantile(this.uniform());
  }

  /** Standard Cauchy: the ratio of the coordinates of a point in a disc. */
  cauchy(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      if (x * x + y * y <= 1) return x / y;
    }
  }
}
