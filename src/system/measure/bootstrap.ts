import { deriveKey, mulhi, seedKey, threefry2x32 } from '../../math';

/** So many that the 2.5 % points on both sides are values of their own: ranks 25 and 975. */
export const RESAMPLES = 999;
const TAIL = 25;

/** 'BOOT': keeps these draws apart from every other. */
const STREAM = 0x424f4f54;

const drawn = new Map<number, readonly Uint32Array[]>();

/**
 * Indices of n replications drawn with replacement, `RESAMPLES` times. The same for every figure, on every engine, so
 * that what is compared is resampled alike.
 */
export function resamples(n: number): readonly Uint32Array[] {
  const known = drawn.get(n);
  if (known) return known;
  const key = deriveKey(seedKey(0), STREAM, n);
  const made = Array.from({ length: RESAMPLES }, (_, b) =>
    Uint32Array.from({ length: n }, (_, i) => mulhi(threefry2x32(key, [b, i])[0], n)),
  );
  drawn.set(n, made);
  return made;
}

/** A statistic of all replications, and its 95 % interval. */
export interface Bootstrapped {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 % percentile interval of a statistic over n replications (Efron and Tibshirani, "An Introduction to the
 * Bootstrap", 1993, chapter 13). Infinite values of the statistic are ordered as such.
 * @param statistic of the replications with these indices, some of them there several times
 */
export function bootstrap(n: number, statistic: (replications: Uint32Array) => number): Bootstrapped {
  const values = Float64Array.from(resamples(n), (drawn) => statistic(drawn)).sort();
  const all = Uint32Array.from({ length: n }, (_, i) => i);
  return { mean: statistic(all), low: values[TAIL - 1], high: values[RESAMPLES - TAIL] };
}

/** The mean of the samples with these indices. */
export function resampledMean(samples: readonly number[], replications: Uint32Array): number {
  let sum = 0;
  for (const r of replications) sum += samples[r];
  return sum / replications.length;
}
