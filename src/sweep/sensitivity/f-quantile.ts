import { normalQuantile } from '../../math';

/**
 * A quantile of Fisher's F distribution with d1 and d2 degrees of freedom, within a few per cent for d1 and d2 of 3 and more:
 * the cube root of a chi-square is nearly normal (Wilson, Hilferty, PNAS 17, 1931; for F Paulson, Annals of Mathematical
 * Statistics 13, 1942). Infinite where d2 is too small for one.
 */
export function fQuantile(probability: number, d1: number, d2: number): number {
  const z = normalQuantile(probability);
  const [a, b] = [2 / (9 * d1), 2 / (9 * d2)];
  // The root r of (1 - b) r - (1 - a) = z sqrt(b r^2 + a), with F = r^3.
  const leading = (1 - b) * (1 - b) - z * z * b;
  if (leading <= 0) return Number.POSITIVE_INFINITY;
  const middle = (1 - a) * (1 - b);
  const root =
    (middle + z * Math.sqrt(a * (1 - b) * (1 - b) + b * (1 - a) * (1 - a) - z * z * a * b)) / leading;
  return root * root * root;
}
