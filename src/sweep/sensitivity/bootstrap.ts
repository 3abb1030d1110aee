import { deriveKey, seedKey, threefry2x32 } from '../../math';
import type { Interval } from './interval';

/** Estimates that are functions of sums over groups of rows. */
export interface GroupedSums {
  /** [group][sum]. */
  readonly sums: Float64Array;
  /** Sums in a group. */
  readonly stride: number;
  readonly groups: number;
  readonly resamples: number;
  readonly seed: number;
  /** How many figures `estimate` writes. */
  readonly outputs: number;
  estimate(totals: Float64Array, into: Float64Array): void;
}

/** Words that keep these draws apart from all others of the seed. */
const BOOTSTRAP_STREAM = 0xb0075742;

/**
 * The estimates, each with its 95 % percentile bootstrap interval: groups are drawn with replacement, and the estimates
 * made anew from their sums (Efron, Tibshirani, "An Introduction to the Bootstrap", 1993, section 13.3). The draws
 * depend on the seed alone.
 */
export function bootstrapIntervals(grouped: GroupedSums): Interval[] {
  const { sums, stride, groups, resamples, outputs, estimate } = grouped;
  const key = deriveKey(seedKey(grouped.seed), BOOTSTRAP_STREAM);
  const totals = new Float64Array(stride);
  const addGroup = (group: number, times: number) => {
    for (let k = 0; k < stride; k++) totals[k] += times * sums[group * stride + k];
  };

  for (let group = 0; group < groups; group++) addGroup(group, 1);
  const whole = new Float64Array(outputs);
  estimate(totals, whole);

  const drawn = Array.from({ length: outputs }, () => new Float64Array(resamples));
  const figures = new Float64Array(outputs);
  const times = new Uint32Array(groups);
  for (let resample = 0; resample < resamples; resample++) {
    times.fill(0);
    for (let i = 0; i < groups; i += 2) {
      const [x, y] = threefry2x32(key, [resample, i]);
      times[Math.floor((x / 2 ** 32) * groups)]++;
      if (i + 1 < groups) times[Math.floor((y / 2 ** 32) * groups)]++;
    }
    totals.fill(0);
    for (let group = 0; group < groups; group++) if (times[group] > 0) addGroup(group, times[group]);
    estimate(totals, figures);
    for (let k = 0; k < outputs; k++) drawn[k][resample] = figures[k];
  }
  return drawn.map((values, k) => {
    const { low, high } = percentiles(values);
    return { estimate: whole[k], low, high };
  });
}

/** The middle 95 % of what was drawn; a resample in which nothing varies has no estimate and does not count. */
function percentiles(values: Float64Array): { low: number; high: number } {
  const sorted = values.filter(Number.isFinite).sort();
  const at = (share: number) => sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)];
  return { low: at(0.025), high: at(0.975) };
}
