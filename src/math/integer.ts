/** The upper 32 bits of the 64-bit product of two u32; `shaders/random/mulhi.wgsl` computes the same. */
export function mulhi(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // At most 0xfffe0001 + 0xfffe, and then 0xffff + 0xfffe0001: neither sum wraps.
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) >>> 0;
  const carry = ((middle & 0xffff) + Math.imul(aLow, bHigh)) >>> 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) >>> 0;
}

/** The lower 32 bits of the product of two u32. */
export function mullo(a: number, b: number): number {
  return Math.imul(a, b) >>> 0;
}

/** Rotates a u32 left by 1 to 31 bits. */
export function rotateLeft(x: number, bits: number): number {
  return ((x << bits) | (x >>> (32 - bits))) >>> 0;
}
