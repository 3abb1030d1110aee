/**
 * Bins of the latency histograms: log-linear, sixteen for each doubling, so that a bin is 3 to 6 % wide. Below 16 units of
 * 64 microseconds the bins are one unit wide.
 */

/** Latencies are binned in units of 2^6 microseconds. */
export const LATENCY_UNIT_SHIFT = 6;
const UNIT_US = 2 ** LATENCY_UNIT_SHIFT;
const PER_DOUBLING = 16;
/** Doublings above the linear part: the last bin ends at 2^(6 + 4 + 17) us, two minutes. */
const DOUBLINGS = 17;

function binOf(us: number): number {
  const units = Math.floor(us / UNIT_US);
  if (units < PER_DOUBLING) return units;
  const doublings = 27 - Math.clz32(units);
  return Math.min(doublings * PER_DOUBLING + (units >>> doublings), latencyBins - 1);
}

/** Bins 16 d .. 16 d + 15 start at 16 .. 31 times 2^(d - 1) units. */
function binLowerUs(bin: number): number {
  if (bin < PER_DOUBLING) return bin * UNIT_US;
  const doublings = Math.floor(bin / PER_DOUBLING) - 1;
  return (PER_DOUBLING + (bin % PER_DOUBLING)) * 2 ** doublings * UNIT_US;
}

const latencyBins = PER_DOUBLING * (DOUBLINGS + 1);

/** Bins of the latency histograms in `EpisodeRecords`; bounds in microseconds, the upper one exclusive. */
export const LATENCY_BINS = {
  latencyBins,
  /** The bin of a latency. */
  binOf,
  /** Where a bin begins. */
  binLowerUs,
  /** The last bin holds everything above it. */
  binUpperUs: (bin: number) => binLowerUs(bin + 1),
} as const;
