import { type DecodedArray, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { asyncBufferFromFile } from 'hyparquet/src/node.js';
import type { Table } from './table';

/** Reads a Parquet file, a row group at a time; only these columns where names are given. */
export async function* readParquet(path: string, names?: readonly string[]): AsyncGenerator<Table> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const chunks = new Map<string, DecodedArray[]>();
    await parquetRead({
      file,
      metadata,
      columns: names && [...names],
      rowStart,
      rowEnd: rowStart + rows,
      onChunk({ columnName, columnData }) {
        const known = chunks.get(columnName);
        if (known) known.push(columnData);
        else chunks.set(columnName, [columnData]);
      },
    });
    const columns = new Map<string, ArrayLike<unknown>>();
    for (const [name, some] of chunks) columns.set(name, some.length === 1 ? some[0] : joined(some));
    yield { rows, columns };
    rowStart += rows;
  }
}

function joined(chunks: readonly DecodedArray[]): unknown[] {
  return chunks.flatMap((chunk) => Array.from(chunk as ArrayLike<unknown>));
}
