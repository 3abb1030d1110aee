/**
 * IEEE 754 binary64 taken apart and put together by bits. JavaScript has no `frexp` or `ldexp`, and
 * estimating an exponent with `Math.log2` would let engines disagree.
 */

const view = new DataView(new ArrayBuffer(8));

const EXPONENT_BIAS = 1023;
const TWO_POW_54 = 2 ** 54;

/** The power of two 2^exponent, exact, for a normal result: -1022 <= exponent <= 1023. */
function powerOfTwo(exponent: number): number {
  view.setUint32(0, (exponent + EXPONENT_BIAS) << 20);
  view.setUint32(4, 0);
  return view.getFloat64(0);
}

/**
 * Splits a positive finite number into `mantissa * 2^exponent`, mantissa in [sqrt(1/2), sqrt(2)), the
 * interval on which a logarithm series converges fastest.
 */
export function splitExponent(x: number): { mantissa: number; exponent: number } {
  const subnormal = x < 2 ** -1022;
  view.setFloat64(0, subnormal ? x * TWO_POW_54 : x);
  const high = view.getUint32(0);
  let exponent = (high >>> 20) - EXPONENT_BIAS - (subnormal ? 54 : 0);
  view.setUint32(0, (high & 0x000fffff) | (EXPONENT_BIAS << 20));
  let mantissa = view.getFloat64(0);
  if (mantissa >= Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  return { mantissa, exponent };
}

/** `x * 2^exponent`, rounded once; overflows to infinity and underflows through the subnormals to zero. */
export function scaleByPowerOfTwo(x: number, exponent: number): number {
  if (exponent > 1023) return x * powerOfTwo(1023) * powerOfTwo(Math.min(exponent - 1023, 1023));
  if (exponent >= -1022) return x * powerOfTwo(exponent);
  // The first factor keeps the product normal, so only the second one rounds.
  return x * powerOfTwo(-969) * powerOfTwo(Math.max(exponent + 969, -1022));
}
