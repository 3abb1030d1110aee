import source from '../../../shaders/design/sobol.wgsl?raw';
import type { Engine } from '../../gpu';
import { deriveKey, seedKey } from '../../math';
import type { Space } from '../../space';
import type { Design } from '../design';
import { deviceDesign } from './device';
import { directionNumbers } from './direction-numbers';
import type { SeededRows } from './random';
import { OWEN_SCRAMBLE } from './streams';

export interface SobolRows extends SeededRows {
  /** Owen's scrambling, which the seed chooses; true by default. Without it the first row is the corner where all genes are 0. */
  readonly scramble?: boolean;
}

/** Sobol' points as rows: most even where their number is a power of two. Throws RangeError beyond 512 variables. */
export function sobolDesign(engine: Engine, space: Space, rows: SobolRows): Design {
  return sobolPoints(engine, space.variables.length, rows);
}

/** Sobol' points in any number of dimensions up to 512, as fractions of the unit interval in u32. */
export function sobolPoints(
  engine: Engine,
  dimensions: number,
  { rows, seed = 1, scramble = true }: SobolRows,
): Design {
  const root = seedKey(seed);
  const table = new Uint32Array(dimensions * (DIGITS * BASE + 1));
  table.set(digitSums(dimensions));
  for (let dimension = 0; dimension < dimensions; dimension++)
    table[dimensions * DIGITS * BASE + dimension] = deriveKey(root, OWEN_SCRAMBLE, dimension)[0];
  return deviceDesign(engine, {
    name: 'sobol',
    width: dimensions,
    count: rows,
    settings: scramble ? { seed } : { scramble },
    source: `const SCRAMBLED = ${scramble};\n${source}`,
    key: root,
    table,
  });
}

const DIGITS = 8;
const BASE = 16;

/** For each dimension, digit in base 16 and value of it: the sum (exclusive or) of the direction numbers of its bits. */
function digitSums(dimensions: number): Uint32Array {
  const sums = new Uint32Array(dimensions * DIGITS * BASE);
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const numbers = directionNumbers(dimension);
    for (let digit = 0; digit < DIGITS; digit++)
      for (let value = 1; value < BASE; value++) {
        const at = (dimension * DIGITS + digit) * BASE;
        const highest = 31 - Math.clz32(value);
        sums[at + value] = sums[at + value - (1 << highest)] ^ numbers[4 * digit + highest];
      }
  }
  return sums;
}
