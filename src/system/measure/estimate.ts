import { studentQuantile } from './student';

/** A mean over replications, and how sure it is. null where there was nothing to measure. */
export interface Estimate {
  readonly mean: number | null;
  /** Standard error of the mean. */
  readonly standardError: number | null;
  /** The 95 % interval of the mean. */
  readonly low: number | null;
  readonly high: number | null;
}

export const UNMEASURED: Estimate = { mean: null, standardError: null, low: null, high: null };

/** Something known without sampling. */
export function exactly(value: number): Estimate {
  return { mean: value, standardError: 0, low: value, high: value };
}

/** Mean and variance of the mean, summed in order. The variance of fewer than two samples is 0. */
export function meanAndVariance(samples: readonly number[]): { mean: number; variance: number } {
  const n = samples.length;
  let sum = 0;
  for (const sample of samples) sum += sample;
  const mean = sum / n;
  let squares = 0;
  for (const sample of samples) squares += (sample - mean) * (sample - mean);
  return { mean, variance: n > 1 ? squares / (n - 1) / n : 0 };
}

/** `mean` with the 95 % interval that its standard error gives, from n replications. */
export function withInterval(mean: number, standardError: number, n: number): Estimate {
  const half = n > 1 ? studentQuantile(0.975, n - 1) * standardError : 0;
  return { mean, standardError, low: mean - half, high: mean + half };
}

/** The estimate from one sample a replication. A single replication has no interval: its limits are null. */
export function estimate(samples: readonly number[]): Estimate {
  if (samples.length === 0) return UNMEASURED;
  const { mean, variance } = meanAndVariance(samples);
  if (samples.length === 1) return { mean, standardError: null, low: null, high: null };
  return withInterval(mean, Math.sqrt(variance), samples.length);
}
