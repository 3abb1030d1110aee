import { bootstrap } from './bootstrap';
import { type Estimate, UNMEASURED } from './estimate';

/** What a latency histogram's bins stand for, in microseconds; `binUpperUs` is not part of the bin. */
export interface LatencyScale {
  binLowerUs(bin: number): number;
  binUpperUs(bin: number): number;
}

/** Latency of requests in one replication. */
export interface LatencySample {
  /** Right answers, a count for each bin. */
  readonly histogram: Float64Array;
  /** Requests, those that got no right answer included: their latency is beyond every other. */
  readonly offered: number;
}

/** The p-quantile in microseconds, linear within its bin; null of an empty histogram. */
export function histogramQuantile(
  counts: Float64Array | Uint32Array,
  p: number,
  scale: LatencyScale,
): number | null {
  let total = 0;
  const upTo = Float64Array.from(counts, (count) => {
    total += count;
    return total;
  });
  return total === 0 ? null : rankedUs(upTo.length, (bin) => upTo[bin], p * total, scale);
}

/**
 * The p-quantile over all replications together, in milliseconds; a request without a right answer took longer than any
 * other. Where the quantile is among those, the mean is null: there is no such latency. So it is with the limits of the
 * interval, a bootstrap over replications, which may be null at the upper end alone.
 */
export function pooledQuantileMs(
  samples: readonly LatencySample[],
  p: number,
  scale: LatencyScale,
): Estimate {
  const bins = samples[0]?.histogram.length ?? 0;
  const upTo = samples.map(({ histogram }) => {
    let sum = 0;
    return histogram.map((count) => {
      sum += count;
      return sum;
    });
  });
  const quantileUs = (replications: Uint32Array): number => {
    let offered = 0;
    for (const r of replications) offered += samples[r].offered;
    const sumUpTo = (bin: number) => {
      let sum = 0;
      for (const r of replications) sum += upTo[r][bin];
      return sum;
    };
    return rankedUs(bins, sumUpTo, p * offered, scale) ?? Number.POSITIVE_INFINITY;
  };
  if (samples.every(({ offered }) => offered === 0)) return UNMEASURED;
  if (samples.length === 1) return { ...UNMEASURED, mean: finiteMs(quantileUs(Uint32Array.of(0))) };
  const { mean, low, high } = bootstrap(samples.length, quantileUs);
  return { mean: finiteMs(mean), standardError: null, low: finiteMs(low), high: finiteMs(high) };
}

function finiteMs(us: number): number | null {
  return us === Number.POSITIVE_INFINITY ? null : us / 1000;
}

/** Microseconds at a rank above zero, linear within its bin; null where fewer are in all bins together. */
function rankedUs(
  bins: number,
  countUpTo: (bin: number) => number,
  rank: number,
  scale: LatencyScale,
): number | null {
  let low = 0;
  let high = bins;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (countUpTo(middle) >= rank) high = middle;
    else low = middle + 1;
  }
  if (low === bins) return null;
  const below = low > 0 ? countUpTo(low - 1) : 0;
  const lower = scale.binLowerUs(low);
  return lower + ((rank - below) / (countUpTo(low) - below)) * (scale.binUpperUs(low) - lower);
}
