/**
 * What a sweep evaluates, row by row. A row is a pure function of the design and its index, so any machine can make any
 * part of it, twice if need be.
 */
export interface Design {
  readonly name: string;
  /** Rows in all, at most `MAX_ROWS`. */
  readonly count: number;
  /** What tells it from others of its name, such as the seed: kept with the result, and compared on resumption. */
  readonly settings: Readonly<Record<string, number | string | boolean>>;
  /**
   * Genes of rows `first` to `first + count - 1`, laid out [row][variable].
   * @throws RangeError for rows that the design does not have
   */
  rows(first: number, count: number, signal?: AbortSignal): Promise<Uint32Array>;
}

/** Rows are counted in u32 on the device and in the results. */
export const MAX_ROWS = 0xffff_ffff;

/** Consecutive rows of a design. */
export interface RowRange {
  readonly first: number;
  readonly rows: number;
}

/** Throws RangeError where a design has no such rows. */
export function checkRows(
  { name, count }: Pick<Design, 'name' | 'count'>,
  first: number,
  rows: number,
): void {
  if (!(first >= 0 && rows >= 0 && first + rows <= count))
    throw new RangeError(`the ${name} design has ${count} rows, not ${first} to ${first + rows - 1}`);
}

/** Throws RangeError for a number of rows that no design can have. */
export function checkCount(count: number): void {
  if (!(Number.isInteger(count) && count >= 1 && count <= MAX_ROWS))
    throw new RangeError(`a design cannot have ${count} rows: it takes 1 to ${MAX_ROWS}`);
}
