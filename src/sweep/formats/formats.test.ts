import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Batch, Column, ColumnData, ColumnType } from '../column';
import { readTable } from '../table/read';
import { columnOf } from '../table/values';
import type { FormatName } from './format';
import { FORMATS } from './index';

const TYPES: readonly ColumnType[] = ['int32', 'uint32', 'float', 'double', 'string', 'boolean'];

const cells: Readonly<Record<ColumnType, fc.Arbitrary<number | string>>> = {
  int32: fc.integer(),
  uint32: fc.integer({ min: 0, max: 0xffff_ffff }),
  float: fc.float(),
  double: fc.double(),
  string: fc.string({ unit: 'grapheme' }),
  boolean: fc.constantFrom(0, 1),
};

function typed(type: ColumnType, values: readonly (number | string)[]): ColumnData {
  const numbers = values as readonly number[];
  switch (type) {
    case 'int32':
      return Int32Array.from(numbers);
    case 'uint32':
      return Uint32Array.from(numbers);
    case 'float':
      return Float32Array.from(numbers);
    case 'double':
      return Float64Array.from(numbers);
    case 'boolean':
      return Uint8Array.from(numbers);
    case 'string':
      return values.map(String);
  }
}

/** A column of each type, and batches of them; names that need quoting. */
const tables = fc
  .array(fc.array(fc.record(cells), { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 })
  .map((groups) => {
    const columns: Column[] = TYPES.map((type) => ({ name: `the "${type}", so`, type, role: 'variable' }));
    let first = 0;
    const batches = groups.map((rows): Batch => {
      const data = TYPES.map((type) =>
        typed(
          type,
          rows.map((row) => row[type]),
        ),
      );
      const batch = { first, rows: rows.length, data };
      first += rows.length;
      return batch;
    });
    return { columns, batches };
  });

async function saved(
  format: FormatName,
  columns: readonly Column[],
  batches: readonly Batch[],
): Promise<string> {
  const encoder = FORMATS[format](columns, { note: 'kept' });
  const bytes = [encoder.begin(), ...batches.flatMap((batch) => encoder.rows(batch)), encoder.end()];
  const path = join(await mkdtemp(join(tmpdir(), 'tardigrade-format-')), `rows.${format}`);
  await writeFile(path, bytes);
  return path;
}

const rowsOf = (batches: readonly Batch[], column: number) =>
  batches.flatMap(({ data }) => Array.from(data[column] as ArrayLike<unknown>));

it.each(['parquet', 'csv', 'ndjson'] as const)(
  'reads every value of every type back from %s',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ columns, batches }) => {
        const path = await saved(format, columns, batches);
        const read: Batch[] = [];
        for await (const table of readTable(path, format))
          read.push({
            first: 0,
            rows: table.rows,
            data: columns.map((column) => columnOf(column, table, path)),
          });
        columns.forEach((_, i) => {
          const expected = rowsOf(batches, i);
          // JSON knows no infinity, and neither text has a negative zero.
          const lossy = format === 'parquet' ? (value: unknown) => value : withoutTextLosses(format);
          expect(rowsOf(read, i)).toEqual(expected.map(lossy));
        });
      }),
      { numRuns: 40 },
    );
  },
);

function withoutTextLosses(format: FormatName) {
  return (value: unknown): unknown => {
    if (Object.is(value, -0)) return 0;
    return format === 'ndjson' && typeof value === 'number' && !Number.isFinite(value) ? Number.NaN : value;
  };
}

it('is Parquet as DuckDB reads it: types, names, values, metadata', async () => {
  const columns: Column[] = [
    { name: 'row', type: 'uint32', role: 'index' },
    { name: 'time-out', type: 'int32', role: 'variable', unit: 'ms' },
    { name: 'kind', type: 'string', role: 'variable' },
    { name: 'on', type: 'boolean', role: 'variable' },
    { name: 'loss', type: 'float', role: 'objective' },
    { name: 'cost', type: 'double', role: 'objective' },
  ];
  const rows = 1000;
  const words = ['least-request', 'µ "quoted", and more', ''];
  const batch = (first: number): Batch => ({
    first,
    rows,
    data: [
      Uint32Array.from({ length: rows }, (_, i) => 0xffff_ffff - first - i),
      Int32Array.from({ length: rows }, (_, i) => i - 500),
      Array.from({ length: rows }, (_, i) => words[(first + i) % 3]),
      Uint8Array.from({ length: rows }, (_, i) => i % 2),
      Float32Array.from({ length: rows }, (_, i) => i / 4),
      Float64Array.from({ length: rows }, (_, i) => (i === 7 ? Number.NaN : i / 10)),
    ],
  });
  const path = await saved('parquet', columns, [batch(0), batch(rows)]);
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const database = await (await DuckDBInstance.create(':memory:')).connect();
  const ask = async (sql: string) => (await database.runAndReadAll(sql)).getRows();
  const file = `read_parquet('${path}')`;

  expect((await ask(`DESCRIBE SELECT * FROM ${file}`)).map(([name, type]) => `${name} ${type}`)).toEqual([
    'row UINTEGER',
    'time-out INTEGER',
    'kind VARCHAR',
    'on BOOLEAN',
    'loss FLOAT',
    'cost DOUBLE',
  ]);
  expect(
    await ask(`SELECT count(*), max(row), sum("time-out"), sum(loss), count(*) FILTER ("on") FROM ${file}`),
  ).toEqual([[2000n, 0xffff_ffff, -1000n, 249750, 1000n]]);
  expect(await ask(`SELECT kind, count(*) FROM ${file} GROUP BY kind ORDER BY kind`)).toEqual([
    [words[2], 666n],
    [words[0], 667n],
    [words[1], 667n],
  ]);
  expect(
    await ask(`SELECT row, cost FROM ${file} WHERE isnan(cost) OR cost = 99.9 ORDER BY row DESC LIMIT 2`),
  ).toEqual([
    [0xffff_ffff - 7, Number.NaN],
    [0xffff_ffff - 999, 99.9],
  ]);
  expect(await ask(`SELECT decode(key), decode(value) FROM parquet_kv_metadata('${path}')`)).toEqual([
    ['note', 'kept'],
  ]);
  expect(
    await ask(
      `SELECT count(*) FROM parquet_metadata('${path}') WHERE path_in_schema = 'kind' AND data_page_offset > dictionary_page_offset`,
    ),
  ).toEqual([[2n]]);
  database.closeSync();
});
