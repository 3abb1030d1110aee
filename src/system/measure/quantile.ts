import { type Estimate, UNMEASURED, withInterval } from './estimate';

/** What a latency histogram's bins stand for, in microseconds; `binUpperUs` is not part of the bin. */
export interface LatencyScale {
  binLowerUs(bin: number): number;
  binUpperUs(bin: number): number;
}

/** The p-quantile in microseconds, linear within its bin; null of an empty histogram. */
export function histogramQuantile(
  counts: Float64Array | Uint32Array,
  p: number,
  scale: LatencyScale,
): number | null {
  let total = 0;
  for (const count of counts) total += count;
  if (total === 0) return null;
  const rank = p * total;
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] > 0 && below + counts[bin] >= rank) {
      const lower = scale.binLowerUs(bin);
      return lower + ((rank - below) / counts[bin]) * (scale.binUpperUs(bin) - lower);
    }
    below += counts[bin];
  }
  return null;
}

/**
 * The p-quantile over all replications together, in milliseconds, with the standard error that leaving one replication
 * out at a time gives (the jackknife).
 * @param histograms one a replication
 */
export function pooledQuantileMs(
  histograms: readonly Float64Array[],
  p: number,
  scale: LatencyScale,
): Estimate {
  const n = histograms.length;
  const pooled = new Float64Array(histograms[0].length);
  for (const histogram of histograms) histogram.forEach((count, bin) => (pooled[bin] += count));
  const quantileUs = histogramQuantile(pooled, p, scale);
  if (quantileUs === null) return UNMEASURED;
  if (n < 2) return { ...UNMEASURED, mean: quantileUs / 1000 };
  const leftOut = histograms.map((histogram) => {
    const rest = pooled.map((count, bin) => count - histogram[bin]);
    return (histogramQuantile(rest, p, scale) ?? quantileUs) / 1000;
  });
  let sum = 0;
  for (const value of leftOut) sum += value;
  const mean = sum / n;
  let squares = 0;
  for (const value of leftOut) squares += (value - mean) * (value - mean);
  return withInterval(quantileUs / 1000, Math.sqrt((squares * (n - 1)) / n), n);
}
