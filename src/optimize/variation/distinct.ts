import { mulhi, threefry2x32, type Words } from '../../math';
import { levelsOf, type Space } from '../../space';

/** Of the hash: any key will do. */
const WEIGHTS: Words = [0, 0];

/** What a space's rows are hashed by, [variable]. */
interface Tables {
  readonly levels: Float64Array;
  /** The bits to shift a gene by where the levels are a power of two, else -1. */
  readonly shifts: Int32Array;
  /** What a level counts in the hash. */
  readonly weights: Int32Array;
}

/** A set is made every generation, its tables once. */
const known = new WeakMap<Space, Tables>();

/** Candidates told apart by the values they decode to: a hash set of rows with open addressing, which refers to their genes. */
export class Distinct {
  readonly #width: number;
  readonly #tables: Tables;
  /** Arrays that rows were added from, and the number of the first row of each. */
  readonly #sources: { readonly genes: Uint32Array; readonly first: number }[] = [];
  /** [slot][number of a row plus one, 0 where the slot is free; its hash]. */
  readonly #slots: Uint32Array;
  readonly #mask: number;

  /** @param capacity the most candidates that are ever added */
  constructor(space: Space, capacity: number) {
    this.#width = space.variables.length;
    this.#tables = tablesFor(space);
    let slots = 16;
    while (slots < 2 * capacity) slots *= 2;
    this.#slots = new Uint32Array(2 * slots);
    this.#mask = slots - 1;
  }

  /**
   * Adds the candidates of these genes, which must not change afterwards.
   *
   * @param most how many at most; what follows is not looked at
   * @returns rows of those that decode like none before them, and how many rows were looked at
   */
  add(genes: Uint32Array, most = Number.POSITIVE_INFINITY): { rows: Uint32Array; seen: number } {
    const count = genes.length / this.#width;
    const last = this.#sources.at(-1);
    const first = last ? last.first + last.genes.length / this.#width : 0;
    this.#sources.push({ genes, first });
    const rows = new Uint32Array(Math.min(count, most));
    let added = 0;
    let seen = 0;
    for (; seen < count && added < rows.length; seen++) {
      if (this.#enter(genes, seen, first)) rows[added++] = seen;
    }
    return { rows: rows.subarray(0, added), seen };
  }

  #enter(genes: Uint32Array, row: number, first: number): boolean {
    const slots = this.#slots;
    const mask = this.#mask;
    const hash = this.#hash(genes, row * this.#width);
    let slot = hash & mask;
    for (; slots[2 * slot] !== 0; slot = (slot + 1) & mask) {
      if (slots[2 * slot + 1] === hash && this.#isLike(genes, row, slots[2 * slot] - 1)) return false;
    }
    slots[2 * slot] = first + row + 1;
    slots[2 * slot + 1] = hash;
    return true;
  }

  /** A sum of products, so that no step waits for the one before; mixed, since a product tells upwards only. */
  #hash(genes: Uint32Array, first: number): number {
    const { levels, shifts, weights } = this.#tables;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      sum = (sum + Math.imul(levelOf(genes[first + i], shifts[i], levels[i]), weights[i])) | 0;
    }
    const mixed = Math.imul(sum ^ (sum >>> 16), 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** Whether a row decodes like the one of that number. */
  #isLike(genes: Uint32Array, row: number, number: number): boolean {
    const width = this.#width;
    const { levels, shifts } = this.#tables;
    const source = this.#sources.findLast(({ first }) => first <= number)!;
    const other = number - source.first;
    for (let i = 0; i < width; i++) {
      const level = (gene: number) => levelOf(gene, shifts[i], levels[i]);
      if (level(genes[row * width + i]) !== level(source.genes[other * width + i])) return false;
    }
    return true;
  }
}

/** As `levelOfGene`, without a product where a shift will do. */
function levelOf(gene: number, shift: number, levels: number): number {
  return shift < 0 ? mulhi(gene, levels) : gene >>> shift;
}

/** The bits to shift a gene by for its level of so many, -1 where no shift does it. */
function shiftFor(levels: number): number {
  if (levels === 2 ** 32) return 0;
  const bits = 31 - Math.clz32(levels);
  return bits > 0 && levels === 2 ** bits ? 32 - bits : -1;
}

function tablesFor(space: Space): Tables {
  const before = known.get(space);
  if (before) return before;
  const levels = Float64Array.from(space.variables, (variable) => levelsOf(variable).count);
  const shifts = Int32Array.from(levels, shiftFor);
  const weights = Int32Array.from(levels, (_, i) => threefry2x32(WEIGHTS, [i, 0])[0] | 1);
  known.set(space, { levels, shifts, weights });
  return { levels, shifts, weights };
}
