/**
 * Edits (insertions, deletions, substitutions, swaps of neighbours) between two words: the optimal string alignment
 * distance.
 */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

/** The known name that was most likely meant, if one is within a third of its length; case counts for nothing. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance <= Math.ceil(candidate.length / 3)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

const LISTED_AT_MOST = 12;

/** The mend for a name that nobody knows: the likely one, or what there is to choose from. */
export function didYouMean(name: string, known: readonly string[], noun: string): string {
  const likely = nearest(name, known);
  if (likely !== undefined) return `did you mean '${likely}'?`;
  if (known.length === 0) return `there is no ${noun} here`;
  const listed = known.slice(0, LISTED_AT_MOST).join(', ');
  return `the ${noun} can be ${listed}${known.length > LISTED_AT_MOST ? ', ...' : ''}`;
}
