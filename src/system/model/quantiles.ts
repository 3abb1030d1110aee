import { exp, log, normalQuantile } from '../../math';
import type { Distribution } from '../scenario/types';

/** The upper tail is halved this often; below 2^-24 it is cut off. */
const HALVINGS = 24;
const CELLS = 16;

/** Knots of one table, see `quantileTable`. */
export const TABLE_WORDS = HALVINGS * CELLS + 1;

/** Set in a reference to a table: the rest of the word is the constant itself. */
export const CONSTANT_TABLE = 0x80000000;

/** The tail probability 1 - u at a knot. */
function tailAt(knot: number): number {
  return (1 + (knot % CELLS) / CELLS) * 2 ** (Math.floor(knot / CELLS) - HALVINGS);
}

/** Index of the last point of an ascending list that is not above x. */
function segment(points: readonly number[], x: number): number {
  let i = 0;
  while (i + 2 < points.length && points[i + 1] <= x) i++;
  return i;
}

/**
 * The value at probability 0 with which a chord over the lowest cell has the cell's own mean. The quantile there would be 0,
 * far below everything that is drawn.
 */
function lowestKnot(quantile: (tail: number) => number): number {
  const points = 64;
  let mean = 0;
  for (let i = 0; i < points; i++) mean += quantile(1 - (i + 0.5) / (2 * CELLS * points)) / points;
  return Math.max(2 * mean - quantile(1 - 1 / (2 * CELLS)), 0);
}

/** The quantile function by tail probability, in microseconds. */
function quantileOf(distribution: Distribution): (tail: number) => number {
  switch (distribution.kind) {
    case 'constant':
      return () => distribution.valueUs;
    case 'exponential':
      return (tail) => -distribution.meanUs * log(tail);
    case 'lognormal': {
      const variance = log(1 + distribution.cv2);
      const location = log(distribution.meanUs) - variance / 2;
      const deviation = Math.sqrt(variance);
      const quantile = (tail: number) => exp(location - deviation * normalQuantile(tail));
      return (tail) => (tail < 1 ? quantile(tail) : lowestKnot(quantile));
    }
    case 'quantiles': {
      const { at, valuesUs } = distribution;
      return (tail) => {
        const u = 1 - tail;
        const i = segment(at, u);
        const width = at[i + 1] - at[i];
        const share = width > 0 ? (u - at[i]) / width : 1;
        return valuesUs[i] + share * (valuesUs[i + 1] - valuesUs[i]);
      };
    }
  }
}

/** Mean and squared coefficient of variation of what is drawn from knots with linear interpolation between them. */
export function tableMoments(knots: ArrayLike<number>): { mean: number; cv2: number } {
  let mean = knots[0] * 2 ** -HALVINGS;
  let square = knots[0] * knots[0] * 2 ** -HALVINGS;
  for (let i = 0; i + 1 < TABLE_WORDS; i++) {
    const width = tailAt(i + 1) - tailAt(i);
    const [a, b] = [knots[i], knots[i + 1]];
    mean += (width * (a + b)) / 2;
    square += (width * (a * a + a * b + b * b)) / 3;
  }
  return { mean, cv2: mean > 0 ? square / (mean * mean) - 1 : 0 };
}

/** The distribution's own mean where it is known in closed form; empirical quantiles are what their table says. */
function exactMean(distribution: Distribution, tableMean: number): number {
  if (distribution.kind === 'constant') return distribution.valueUs;
  return distribution.kind === 'quantiles' ? tableMean : distribution.meanUs;
}

/**
 * A table of quantiles for `shaders/simulator/draw.wgsl`, in microseconds, log-linear in the tail probability: for each halving
 * of the tail sixteen cells, from 2^-24 up to 1. Uniform cells would cut the tail that queues live on. Chords lie above
 * a convex quantile function, so all knots are scaled to give the exact mean.
 */
export function quantileTable(distribution: Distribution): Uint32Array {
  const quantile = quantileOf(distribution);
  const knots = Float64Array.from({ length: TABLE_WORDS }, (_, i) => quantile(tailAt(i)));
  const { mean } = tableMoments(knots);
  const scale = mean > 0 ? exactMean(distribution, mean) / mean : 1;
  return Uint32Array.from(knots, (value) => Math.min(Math.round(value * scale), 0x7fffffff));
}
