/** The upper 32 bits of the 64-bit product of two u32; `shaders/random/mulhi.wgsl` computes the same. */
export function mulhi(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // Every sum stays below 2^53, where doubles are exact.
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 0x10000);
  const carry = (middle % 0x10000) + aLow * bHigh;
  return aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000);
}

/** The lower 32 bits of the product of two u32. */
export function mullo(a: number, b: number): number {
  return Math.imul(a, b) >>> 0;
}

/** Rotates a u32 left by 1 to 31 bits. */
export function rotateLeft(x: number, bits: number): number {
  return ((x << bits) | (x >>> (32 - bits))) >>> 0;
}
