import { scaleByPowerOfTwo } from './float';

/** ln 2 in two parts: the high one has 32 significant bits, so that its product with an exponent is exact. */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019412;

/** 1/2!, 1/3!, ... 1/14!: at |r| <= ln(2)/2 the first term left out is below 2^-60. */
const TAYLOR = Array.from({ length: 13 }, (_, i) => {
  let factorial = 1;
  for (let n = 2; n <= i + 2; n++) factorial *= n;
  return 1 / factorial;
});

/** e^(high + low) for |high| <= ln(2)/2 and `low` a correction far below it. */
function expReduced(high: number, low: number): number {
  const r = high + low;
  let sum = TAYLOR[TAYLOR.length - 1];
  for (let i = TAYLOR.length - 2; i >= 0; i--) sum = sum * r + TAYLOR[i];
  return 1 + (high + (low + r * r * sum));
}

/**
 * e^(high + low), the argument given as an unevaluated sum so that `pow` keeps the digits its logarithm
 * earned. Within 1 ulp where the result is normal.
 */
export function expSum(high: number, low: number): number {
  if (Number.isNaN(high)) return Number.NaN;
  if (high > OVERFLOW) return Number.POSITIVE_INFINITY;
  if (high < UNDERFLOW) return 0;
  const k = Math.floor(high * Math.LOG2E + 0.5);
  return scaleByPowerOfTwo(expReduced(high - k * LN2_HIGH, low - k * LN2_LOW), k);
}

/**
 * e^x within 1 ulp, the same bits on every engine (`Math.exp` may differ between engines in the last bit).
 */
export function exp(x: number): number {
  return expSum(x, 0);
}

/** 2^x within 1 ulp, exact for integers, the same bits on every engine. */
export function exp2(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x >= 1024) return Number.POSITIVE_INFINITY;
  if (x < -1075) return 0;
  const k = Math.floor(x + 0.5);
  const r = x - k;
  return scaleByPowerOfTwo(expReduced(r * LN2_HIGH, r * LN2_LOW), k);
}
