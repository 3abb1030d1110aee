/**
 * Student's t distribution for whole degrees of freedom, in f64 + - * / and square roots alone, so that every engine
 * finds the same limits.
 *
 * With x = t / sqrt(df + t^2), P(|T| <= t) is I(x) / I(1), I(x) the integral of (1 - s^2)^((df - 2) / 2) from 0 to x,
 * which integration by parts takes down to x (even df) or asin x (odd df).
 */

/** The arc sine for 0 <= x <= 1: halved twice, then its power series. Within 1e-15. */
function arcSine(x: number): number {
  let half = x;
  for (let i = 0; i < 2; i++) half /= Math.SQRT2 * Math.sqrt(1 + Math.sqrt(1 - half * half));
  let term = half;
  let sum = half;
  for (let k = 1; k < 30; k++) {
    term *= (half * half * (2 * k - 1)) / (2 * k);
    sum += term / (2 * k + 1);
  }
  return 4 * sum;
}

/** P(|T| <= t) at x = t / sqrt(df + t^2). */
function centralProbability(x: number, degreesOfFreedom: number): number {
  const odd = degreesOfFreedom % 2 === 1;
  let part = odd ? arcSine(x) : x;
  let whole = odd ? Math.PI / 2 : 1;
  const cosineSquared = 1 - x * x;
  // (1 - x^2)^n for the n at hand, n = 1/2, 3/2, ... or 1, 2, ...
  let power = odd ? Math.sqrt(cosineSquared) : cosineSquared;
  for (let n = odd ? 0.5 : 1; n <= (degreesOfFreedom - 2) / 2; n++) {
    part = (x * power + 2 * n * part) / (2 * n + 1);
    whole = (2 * n * whole) / (2 * n + 1);
    power *= cosineSquared;
  }
  return part / whole;
}

/**
 * The quantile of Student's t at probability p, 0.5 <= p < 1; relative error below 1e-9.
 * @param degreesOfFreedom a whole number, at least 1
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p >= 0.5 && p < 1)) throw new RangeError(`studentQuantile: ${p} is not within [0.5, 1)`);
  if (!Number.isInteger(degreesOfFreedom) || degreesOfFreedom < 1)
    throw new RangeError(`studentQuantile: ${degreesOfFreedom} degrees of freedom`);
  const central = 2 * p - 1;
  let low = 0;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (centralProbability(middle, degreesOfFreedom) < central) low = middle;
    else high = middle;
  }
  return low * Math.sqrt(degreesOfFreedom / (1 - low * low));
}
