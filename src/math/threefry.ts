import { rotateLeft } from './integer';

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/** Two u32 words: a key, a counter, or a draw. */
export type Words = readonly [number, number];

/**
 * Threefry2x32 with 20 rounds, a counter-based random function: the draw depends on key and counter alone.
 * Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011.
 * `shaders/random/threefry.wgsl` computes the same.
 */
export function threefry2x32(key: Words, counter: Words): Words {
  const schedule = [key[0], key[1], (PARITY ^ key[0] ^ key[1]) >>> 0];
  let x = (counter[0] + schedule[0]) >>> 0;
  let y = (counter[1] + schedule[1]) >>> 0;
  for (let round = 0; round < 20; round++) {
    x = (x + y) >>> 0;
    y = (rotateLeft(y, ROTATIONS[round % 8]) ^ x) >>> 0;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      x = (x + schedule[injection % 3]) >>> 0;
      y = (y + schedule[(injection + 1) % 3] + injection) >>> 0;
    }
  }
  return [x, y];
}

/** The key of a user's seed, an integer from 0 to 2^53 - 1. */
export function seedKey(seed: number): Words {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`seed ${seed} is not an integer from 0 to 2^53 - 1`);
  return [seed % 0x100000000, Math.floor(seed / 0x100000000)];
}

/**
 * A key for a purpose of its own: hashes words (u32) one after the other into a key, so that streams derived
 * with different words, or a different number of them, share nothing.
 */
export function deriveKey(key: Words, ...words: readonly number[]): Words {
  return words.reduce<Words>((derived, word, position) => threefry2x32(derived, [word >>> 0, position]), key);
}
