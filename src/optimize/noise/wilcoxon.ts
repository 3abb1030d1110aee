/** Beyond so many pairs the number of sign patterns is no exact f64. */
const MOST_PAIRS = 50;

/**
 * The exact one-sided p-value of Wilcoxon's signed-rank test: the probability, were the differences as likely above zero
 * as below, of ranks at least as high for the positive ones. Zeros are left out; ties share their mean rank, and the
 * distribution is the one of these very ranks (Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics Bulletin 1,
 * 1945). Counted in whole numbers, so the same on every engine.
 *
 * @param differences of pairs; at most 50 that are not zero. Throws RangeError for more.
 * @returns from 2^-n to 1; 1 where nothing differs
 */
export function signedRankPValue(differences: readonly number[]): number {
  const nonzero = differences.filter((difference) => difference !== 0);
  if (nonzero.length > MOST_PAIRS)
    throw new RangeError(`${nonzero.length} pairs are too many for an exact test: ${MOST_PAIRS} at most`);
  const ranks = doubledRanks(nonzero.map(Math.abs));
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const observed = ranks.reduce((sum, rank, i) => sum + (nonzero[i] > 0 ? rank : 0), 0);
  // [sum]: in how many patterns of signs the positive ranks have that sum.
  const patterns = new Float64Array(total + 1);
  patterns[0] = 1;
  for (const rank of ranks) {
    for (let sum = total; sum >= rank; sum--) patterns[sum] += patterns[sum - rank];
  }
  let extreme = 0;
  for (let sum = observed; sum <= total; sum++) extreme += patterns[sum];
  return extreme / 2 ** ranks.length;
}

/** Twice the ranks from 1 on, so that the mean rank of ties is a whole number. */
function doubledRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    let below = 0;
    let equal = 0;
    for (const other of values) {
      if (other < value) below++;
      else if (other === value) equal++;
    }
    return 2 * below + equal + 1;
  });
}
