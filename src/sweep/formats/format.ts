import type { Batch, Column } from '../column';

export type FormatName = 'parquet' | 'csv' | 'ndjson';

/** Turns batches into the bytes of a file. */
export interface PartEncoder {
  begin(): Uint8Array;
  /** May hand out the batch's own memory: it must not change before it is written. */
  rows(batch: Batch): Uint8Array[];
  end(): Uint8Array;
}

/** A kind of file that a result may be kept in. `metadata` is stored where the format has a place for it. */
export type PartFormat = (
  columns: readonly Column[],
  metadata: Readonly<Record<string, string>>,
) => PartEncoder;
