import { deriveKey, rotateLeft, seedKey } from '../../math';

/**
 * Uniform draws from [0, 1) in 32 bits, a stream for each seed: xoshiro128**, Blackman and Vigna, "Scrambled Linear
 * Pseudorandom Number Generators", ACM TOMS 47 (2021). For the millions of draws of a fit, where a counter-based
 * function would be several times slower.
 */
export function uniformStream(seed: number): () => number {
  const key = seedKey(seed);
  let [a, b] = deriveKey(key, 0);
  let [c, d] = deriveKey(key, 1);
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result / 0x100000000;
  };
}
