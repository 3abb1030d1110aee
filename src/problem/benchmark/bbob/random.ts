import { cosPi, log } from '../../../math';

/** A step of Lehmer's generator, modulus 2^31 - 1 and multiplier 16807: exact in f64. */
function lehmer(seed: number): number {
  return (16807 * seed) % 2147483647;
}

const TABLE_LENGTH = 32;
const WARM_UP = 8;
/** Splits the generator's range into as many cells as the table has. */
const CELL = 67108865;

/** COCO's uniform numbers in (0, 1): Lehmer's generator, shuffled through a table (Bays and Durham). */
export function uniform(count: number, seed: number): number[] {
  let state = Math.max(seed, 1);
  const table = new Array<number>(TABLE_LENGTH);
  for (let i = TABLE_LENGTH + WARM_UP - 1; i >= 0; i--) {
    state = lehmer(state);
    if (i < TABLE_LENGTH) table[i] = state;
  }
  let drawn = table[0];
  return Array.from({ length: count }, () => {
    const cell = Math.floor(drawn / CELL);
    state = lehmer(state);
    drawn = table[cell];
    table[cell] = state;
    return drawn / 2147483647;
  });
}

/** COCO's normal numbers, by Box and Muller. */
export function normal(count: number, seed: number): number[] {
  const numbers = uniform(2 * count, seed);
  return Array.from({ length: count }, (_, i) => {
    const value = Math.sqrt(-2 * log(numbers[i])) * cosPi(2 * numbers[count + i]);
    return value === 0 ? 1e-99 : value;
  });
}

/** The indices of `count` uniform numbers, lowest first. */
export function permutation(count: number, seed: number): number[] {
  const numbers = uniform(count, seed);
  return numbers.map((_, i) => i).sort((a, b) => numbers[a] - numbers[b]);
}
