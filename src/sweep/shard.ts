import type { RowRange } from './design';

/** One of `of` equal shares of a design, `index` from 0. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export const WHOLE: Shard = { index: 0, of: 1 };

/** Rows of a shard: shards are consecutive, cover every row once and differ by at most one row. */
export function shardRange(count: number, { index, of }: Shard): RowRange {
  if (!(Number.isInteger(index) && Number.isInteger(of) && index >= 0 && index < of))
    throw new RangeError(`there is no shard ${index + 1} of ${of}`);
  // Both products stay below 2^53: a design has at most 2^32 rows.
  const start = (shard: number) => Math.floor((count * shard) / of);
  return { first: start(index), rows: start(index + 1) - start(index) };
}

/** Cuts rows into parts of `partRows`; the last one may be shorter. */
export function partsOf({ first, rows }: RowRange, partRows: number): RowRange[] {
  return Array.from({ length: Math.ceil(rows / partRows) }, (_, i) => ({
    first: first + i * partRows,
    rows: Math.min(partRows, rows - i * partRows),
  }));
}

const LEAST_PART_ROWS = 256;
const PARTS = 64;
/** Some 64 MB of 32 doubles. */
export const MOST_PART_ROWS = 262_144;

/** Rows of a part where nobody says: what a crash costs is then at most a 64th of a long sweep. */
export function usualPartRows(rows: number, most = MOST_PART_ROWS): number {
  return Math.min(most, Math.max(LEAST_PART_ROWS, Math.ceil(rows / PARTS)));
}
