import type { Distribution } from '../../system';

/** The quantile of ascending values at probability p, interpolated linearly between order statistics (type 7). */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** The quantile that is one of the values (nearest rank, the upper of two): what was measured, not what lies between. */
export function rankedQuantile(sorted: ArrayLike<number>, p: number): number {
  return sorted[Math.min(Math.floor(p * sorted.length), sorted.length - 1)];
}

/** Two-sided 95 % point of the normal distribution. */
const Z = 1.96;

/**
 * 95 % interval of the p-quantile behind a sample, whatever its distribution: how many values lie below is binomial,
 * taken as normal. Order statistics, so that a small sample's tail gives an open end as its greatest value.
 */
export function quantileInterval(sorted: ArrayLike<number>, p: number): readonly [low: number, high: number] {
  const n = sorted.length;
  const spread = Z * Math.sqrt(n * p * (1 - p));
  const low = Math.max(0, Math.floor(n * p - spread));
  const high = Math.min(n - 1, Math.ceil(n * p + spread));
  return [sorted[low], sorted[high]];
}

/** A copy in ascending order. */
export function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** Most points that one distribution is written with; a small sample is not worth as many. */
const MOST_POINTS = 24;
const mostPoints = (samples: number) => Math.min(MOST_POINTS, Math.ceil(2 * Math.sqrt(samples)));
/** Points are added until what the lines between them are off, on average, is this share of the mean. */
const TOLERANCE = 0.01;

/** Points are put at probabilities of three decimals. */
const GRID = Array.from({ length: 1001 }, (_, i) => i / 1000);

/**
 * Few points of the empirical quantile function, such that lines between them follow it: where the area between line
 * and function is largest, a point is added.
 * @param samples in microseconds, at least one
 */
export function summarise(samples: readonly number[]): Distribution {
  const sorted = ascending(samples);
  const values = GRID.map((p) => quantile(sorted, p));
  if (values[0] === values.at(-1)) return { kind: 'constant', valueUs: Math.round(values[0]) };
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const points = [0, GRID.length - 1];
  while (points.length < mostPoints(samples.length)) {
    const gaps = points.slice(1).map((right, i) => worstBetween(values, points[i], right));
    const total = gaps.reduce((sum, gap) => sum + gap.area, 0);
    if (total <= TOLERANCE * mean) break;
    const worst = gaps.reduce((a, b) => (b.area > a.area ? b : a));
    points.push(worst.at);
    points.sort((a, b) => a - b);
  }
  return {
    kind: 'quantiles',
    at: points.map((i) => GRID[i]),
    valuesUs: points.map((i) => Math.round(values[i])),
  };
}

/** Area between the line from point to point and the function, and where they are furthest apart. */
function worstBetween(values: readonly number[], left: number, right: number): { area: number; at: number } {
  let area = 0;
  let at = left;
  let furthest = 0;
  for (let i = left + 1; i < right; i++) {
    const along = (GRID[i] - GRID[left]) / (GRID[right] - GRID[left]);
    const distance = Math.abs(values[left] + along * (values[right] - values[left]) - values[i]);
    area += distance * (GRID[i] - GRID[i - 1]);
    if (distance > furthest) {
      furthest = distance;
      at = i;
    }
  }
  return { area, at };
}
