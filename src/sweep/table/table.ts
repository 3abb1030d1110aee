/** Some rows of a file, by column: whatever values the file holds. */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ArrayLike<unknown>>;
}
