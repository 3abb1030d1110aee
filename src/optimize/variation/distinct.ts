import { levelOfGene, levelsOf, type Space } from '../../space';

/** Candidates told apart by the values they decode to: a hash set of rows with open addressing. */
export class Distinct {
  readonly #counts: Float64Array;
  readonly #levels: Uint32Array;
  /** Index of a row plus one, 0 where the slot is free. */
  readonly #slots: Uint32Array;
  #rows = 0;

  /** @param capacity the most candidates that are ever added */
  constructor(space: Space, capacity: number) {
    this.#counts = Float64Array.from(space.variables, (variable) => levelsOf(variable).count);
    this.#levels = new Uint32Array(capacity * space.variables.length);
    let slots = 16;
    while (slots < 2 * capacity) slots *= 2;
    this.#slots = new Uint32Array(slots);
  }

  /** Adds the candidate of that row of genes; false if one that decodes alike is there already. */
  add(genes: Uint32Array, row: number): boolean {
    const width = this.#counts.length;
    const mine = this.#rows * width;
    let hash = 0;
    for (let i = 0; i < width; i++) {
      const level = levelOfGene(genes[row * width + i], this.#counts[i]);
      this.#levels[mine + i] = level;
      hash = Math.imul(hash ^ level, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#same(mine, (this.#slots[slot] - 1) * width)) return false;
    }
    this.#slots[slot] = ++this.#rows;
    return true;
  }

  #same(a: number, b: number): boolean {
    for (let i = 0; i < this.#counts.length; i++) {
      if (this.#levels[a + i] !== this.#levels[b + i]) return false;
    }
    return true;
  }
}
