import { studentQuantile } from '../../math';
import { meanAndVariance } from './estimate';

/** The difference of two policies on the same replications: a minus b. */
export interface PairedDifference {
  readonly mean: number;
  readonly standardError: number;
  /** Two-sided 95 % interval, widened for the number of comparisons (Bonferroni). */
  readonly low: number;
  readonly high: number;
  /** One-sided upper 95 % limit, widened likewise. */
  readonly upper: number;
}

/**
 * Paired t interval of mean(a - b).
 * @param a one sample a replication, in the same order as `b`; at least two
 * @param comparisons how many such intervals shall hold together
 */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  comparisons = 1,
): PairedDifference {
  if (a.length !== b.length || a.length < 2)
    throw new RangeError(`paired difference of ${a.length} and ${b.length} replications`);
  const { mean, variance } = meanAndVariance(a.map((value, i) => value - b[i]));
  const standardError = Math.sqrt(variance);
  const half = studentQuantile(1 - 0.025 / comparisons, a.length - 1) * standardError;
  const upper = mean + studentQuantile(1 - 0.05 / comparisons, a.length - 1) * standardError;
  return { mean, standardError, low: mean - half, high: mean + half, upper };
}

/** How far below a policy another may be, as a share of it, and still count as good. */
export const NON_INFERIORITY_MARGIN = 0.02;

/** Whether one policy is at least as good as another on all objectives, and better on one. */
export interface Dominance {
  /** Upper limit of every difference within the margin. */
  readonly nonInferior: boolean;
  /** Names of objectives whose difference is below zero with confidence. */
  readonly better: readonly string[];
  readonly differences: readonly (PairedDifference & { readonly objective: string })[];
}

/**
 * Tests that `a` is non-inferior to `b` on every objective (all minimised) and where it is better. The limits hold
 * together over all objectives (Bonferroni), or over as many comparisons as are said.
 * @param a per objective, one sample a replication
 */
export function dominance(
  objectives: readonly string[],
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  comparisons = objectives.length,
): Dominance {
  const differences = objectives.map((objective, k) => ({
    objective,
    ...pairedDifference(a[k], b[k], comparisons),
  }));
  const margins = b.map((samples) => NON_INFERIORITY_MARGIN * Math.abs(meanAndVariance(samples).mean));
  return {
    nonInferior: differences.every(({ upper }, k) => upper <= margins[k]),
    better: differences.filter(({ upper }) => upper < 0).map(({ objective }) => objective),
    differences,
  };
}
