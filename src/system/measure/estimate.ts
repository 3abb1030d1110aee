/** A mean over replications, and how sure it is. null where there was nothing to measure. */
export interface Estimate {
  readonly mean: number | null;
  /** Standard error of the mean; null where the interval does not rest on one, and of a single replication. */
  readonly standardError: number | null;
  /** The 95 % interval of the mean; null of a single replication. */
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
