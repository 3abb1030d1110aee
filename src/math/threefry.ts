import { rotateLeft } from './integer';

const PARITY = 0x1bd11bda;

/** Two u32 words: a key, a counter, or a draw. */
export type Words = readonly [number, number];

/**
 * Threefry2x32 with 20 rounds, a counter-based random function: the draw depends on key and counter alone.
 * Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011.
 * `shaders/random/threefry.wgsl` computes the same.
 */
export function threefry2x32(key: Words, counter: Words): Words {
  drawInto(drawn, key, counter[0], counter[1]);
  return [drawn[0], drawn[1]];
}

const drawn = new Uint32Array(2);

/** As {@link threefry2x32}, the two words written into `into`: where millions are drawn, pairs of words are much to collect. */
export function drawInto(into: Uint32Array, key: Words, counter: number, next: number): void {
  const parity = PARITY ^ key[0] ^ key[1];
  let x = (counter + key[0]) | 0;
  let y = (next + key[1]) | 0;
  // The three words of the key schedule, turned by two each time. Two groups of four rounds, the last time one.
  let first = key[1] | 0;
  let second = parity;
  let third = key[0] | 0;
  for (let group = 1; ; group += 2) {
    x = (x + y) | 0;
    y = rotateLeft(y, 13) ^ x;
    x = (x + y) | 0;
    y = rotateLeft(y, 15) ^ x;
    x = (x + y) | 0;
    y = rotateLeft(y, 26) ^ x;
    x = (x + y) | 0;
    y = rotateLeft(y, 6) ^ x;
    x = (x + first) | 0;
    y = (y + second + group) | 0;
    if (group === 5) break;
    x = (x + y) | 0;
    y = rotateLeft(y, 17) ^ x;
    x = (x + y) | 0;
    y = rotateLeft(y, 29) ^ x;
    x = (x + y) | 0;
    y = rotateLeft(y, 16) ^ x;
    x = (x + y) | 0;
    y = rotateLeft(y, 24) ^ x;
    x = (x + second) | 0;
    y = (y + third + group + 1) | 0;
    const turned = first;
    first = third;
    third = second;
    second = turned;
  }
  into[0] = x;
  into[1] = y;
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
