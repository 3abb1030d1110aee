import { pairedDifference } from 'tardigrade';

/** More is not told apart. */
const MOST = 1000;
const HALVINGS = 40;

/**
 * How many times less the mean of `less` is than that of `more`, at least: the lower end of Fieller's 95 % interval of their
 * ratio (J. R. Stat. Soc. B 16, 1954), at most 1000. Undefined where that is not above 1, or nothing is left of `less`.
 * @param less one sample a replication, in the same order as `more`
 */
export function timesLess(less: readonly number[], more: readonly number[]): number | undefined {
  // As a function of `times` the limit is concave: once it is negative it stays so.
  const holds = (times: number) =>
    pairedDifference(
      more,
      less.map((sample) => times * sample),
    ).low > 0;
  if (!holds(1) || less.reduce((sum, sample) => sum + sample, 0) <= 0) return undefined;
  let [low, high] = [1, MOST];
  if (holds(high)) return high;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
