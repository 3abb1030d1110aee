import { pow } from '../../math';

/** As in shaders/variation/variation.wgsl: cells in an octave, as a power of two, and entries of a table. */
const CELL_BITS = 4;
const TABLE_LENGTH = ((31 - CELL_BITS) << CELL_BITS) + 1;

/** Distribution indices of the operators: the larger, the closer children stay to their parents. */
export interface SpreadIndices {
  readonly crossover: number;
  readonly mutation: number;
}

/** A fraction of one as u32, the largest being 1 - 2^-32. */
export function toFraction(x: number): number {
  return Math.min(Math.max(Math.round(x * 0x100000000), 0), 0xffffffff);
}

/**
 * Quantile tables of the spread of children, over t uniform in (0, 1] in cells that are log-linear in t, so
 * that the tails keep their weight. With a = 1 / (index + 1):
 * - contraction, the part of the parents' distance that a child moves towards the other one: (1 - t^a) / 2;
 * - expansion, the same away from it: (t^-a - 1) / 2, cut at 1 (at index 15 once in 40 million expansions);
 * - mutation, as a fraction of the variable's range: 1 - t^a.
 *
 * The first two are simulated binary crossover's (beta - 1) / 2 (Deb and Agrawal 1995), the last is polynomial
 * mutation's |delta| (Deb and Goyal 1996) without its narrowing at the bounds, where genes stop or turn back.
 */
export function spreadTables(indices: SpreadIndices): Uint32Array {
  const a = 1 / (indices.crossover + 1);
  const b = 1 / (indices.mutation + 1);
  const spreads = [
    (t: number) => (1 - pow(t, a)) / 2,
    (t: number) => (pow(t, -a) - 1) / 2,
    (t: number) => 1 - pow(t, b),
  ];
  const tables = new Uint32Array(spreads.length * TABLE_LENGTH);
  for (const [table, spread] of spreads.entries()) {
    for (let cell = 0; cell < TABLE_LENGTH; cell++) {
      const mantissa = (1 << CELL_BITS) + (cell & ((1 << CELL_BITS) - 1));
      const t = ((mantissa << (cell >> CELL_BITS)) >>> 0) / 0x80000000;
      tables[table * TABLE_LENGTH + cell] = toFraction(spread(t));
    }
  }
  return tables;
}
