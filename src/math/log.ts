import { LN2_HIGH, LN2_LOW } from './exp';
import { splitExponent } from './float';

/**
 * 2/3, 2/5, ... of 2 atanh(s) = 2s + s (2/3 s^2 + 2/5 s^4 + ...): at s^2 <= 0.0295 the rest is below 2^-60.
 */
const ATANH = Array.from({ length: 12 }, (_, i) => 2 / (2 * i + 3));

function atanhTail(square: number): number {
  let sum = ATANH[ATANH.length - 1];
  for (let i = ATANH.length - 2; i >= 0; i--) sum = sum * square + ATANH[i];
  return square * sum;
}

/**
 * ln(1 + f) for 1 + f in [sqrt(1/2), sqrt(2)): with s = f / (2 + f) it is 2 atanh(s), rearranged
 * (2s = f - f^2/2 + s f^2/2) so that the leading term f is exact.
 */
function logMantissa(f: number): number {
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  return f - (half - s * (half + atanhTail(s * s)));
}

/** What is outside the domain of a logarithm, or undefined. */
function special(x: number): number | undefined {
  if (x > 0 && x < Number.POSITIVE_INFINITY) return undefined;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  return x === Number.POSITIVE_INFINITY ? x : Number.NaN;
}

/**
 * The natural logarithm within 1 ulp, the same bits on every engine (`Math.log` may differ in the last bit).
 */
export function log(x: number): number {
  const outside = special(x);
  if (outside !== undefined) return outside;
  const { mantissa, exponent } = splitExponent(x);
  return exponent * LN2_HIGH + (logMantissa(mantissa - 1) + exponent * LN2_LOW);
}

/** The binary logarithm within 2 ulp, exact for powers of two, the same bits on every engine. */
export function log2(x: number): number {
  const outside = special(x);
  if (outside !== undefined) return outside;
  const { mantissa, exponent } = splitExponent(x);
  return exponent + logMantissa(mantissa - 1) * Math.LOG2E;
}

/** Veltkamp's constant: splits a double into two halves of 26 bits whose products are exact. */
const SPLITTER = 2 ** 27 + 1;

/** Dekker's exact product: a * b = product + error, without fused multiply-add. |a|, |b| below 2^970. */
export function exactProduct(a: number, b: number): { product: number; error: number } {
  const product = a * b;
  const aHigh = SPLITTER * a - (SPLITTER * a - a);
  const bHigh = SPLITTER * b - (SPLITTER * b - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return { product, error: aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow };
}

/** Knuth's exact sum: a + b = sum + error. */
function exactSum(a: number, b: number): { sum: number; error: number } {
  const sum = a + b;
  const bRounded = sum - a;
  return { sum, error: a - (sum - bRounded) + (b - bRounded) };
}

/** ln(x) as an unevaluated sum with about 60 significant bits; x positive and finite. For `pow`. */
export function logSum(x: number): { high: number; low: number } {
  const { mantissa, exponent } = splitExponent(x);
  const f = mantissa - 1;
  const divisor = exactSum(2, f);
  const s = f / divisor.sum;
  // What the division left over: f - s * (2 + f), exactly, divided once more.
  const check = exactProduct(s, divisor.sum);
  const sLow = (f - check.product - check.error - s * divisor.error) / divisor.sum;
  const tail = 2 * sLow + s * atanhTail(s * s);
  const first = exactSum(exponent * LN2_HIGH, 2 * s);
  const rest = first.error + (exponent * LN2_LOW + tail);
  const high = first.sum + rest;
  return { high, low: first.sum - high + rest };
}
