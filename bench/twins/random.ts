/** A fast generator, as somebody who writes plain JavaScript would take: xoroshiro64** (Blackman and Vigna 2018). */
export class Random {
  #a: number;
  #b: number;

  constructor(seed: number) {
    this.#a = seed | 0 || 1;
    this.#b = 0x9e3779b9 | 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    const a = this.#a;
    const b = this.#b ^ a;
    let word = Math.imul(a, 0x9e3779bb);
    word = Math.imul((word << 5) | (word >>> 27), 5);
    this.#a = ((a << 26) | (a >>> 6)) ^ b ^ (b << 9);
    this.#b = (b << 13) | (b >>> 19);
    return (word >>> 0) / 2 ** 32;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }
}

/** Rastrigin's function on rows of values in [-5.12, 5.12]. */
export function rastrigin(values: Float64Array, row: number, width: number): number {
  let sum = 10 * width;
  for (let i = row * width; i < (row + 1) * width; i++) {
    sum += values[i] * values[i] - 10 * Math.cos(2 * Math.PI * values[i]);
  }
  return sum;
}

export const LOW = -5.12;
export const HIGH = 5.12;

/** Uniform rows. */
export function uniform(random: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => LOW + (HIGH - LOW) * random.next());
}
