/** One column of a sweep's result. */
export interface Column {
  readonly name: string;
  /** Unit of its numbers, such as 'ms'; absent where they have none or the name says it. */
  readonly unit?: string;
  readonly type: ColumnType;
  readonly role: ColumnRole;
}

export type ColumnType = 'int32' | 'uint32' | 'float' | 'double' | 'string' | 'boolean';

/** `index`: the row's number in the design; `variance`: of the mean in the objective's column; `other`: a measure that nothing is optimised by. */
export type ColumnRole = 'index' | 'variable' | 'objective' | 'constraint' | 'variance' | 'other';

/**
 * The values of one column, by its type: int32 in Int32Array, uint32 in Uint32Array, float in Float32Array, double in
 * Float64Array, string in an array of strings, boolean in a Uint8Array of 0 and 1.
 */
export type ColumnData =
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | readonly string[]
  | Uint8Array;

/** Consecutive rows of a result. `data[i]` holds the values of column i, each `rows` long. */
export interface Batch {
  /** Index of its first row in the design. */
  readonly first: number;
  readonly rows: number;
  readonly data: readonly ColumnData[];
}
