import type { FormatName } from '../formats/format';
import { readParquet } from './parquet';
import type { Table } from './table';
import { readCsv, readNdjson } from './text';

/**
 * Reads a file of rows: Parquet a row group at a time, text as a whole.
 * @param names the columns to read; all of them where it is absent. Text files give all in any case.
 * @throws UserError for text that is not what it should be, with its line
 */
export function readTable(
  path: string,
  format: FormatName,
  names?: readonly string[],
): AsyncGenerator<Table> {
  if (format === 'parquet') return readParquet(path, names);
  return format === 'csv' ? readCsv(path) : readNdjson(path);
}
