import { join } from 'node:path';
import type { Column, ColumnType } from '../sweep';
import type { Manifest } from '../sweep/node';
import { UserError } from '../text';

/** What a query gave. */
export interface QueryResult {
  readonly columns: readonly string[];
  /** Values that JSON can hold: integers beyond 2^53 are strings, and so are dates. */
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * Asks a sweep's result in SQL: its rows are the table `result`. Only parts that the manifest lists are read.
 * @throws UserError where DuckDB is not installed, or does not understand the query
 */
export async function queryResult(folder: string, manifest: Manifest, sql: string): Promise<QueryResult> {
  const { DuckDBInstance } = await loadDuckDb();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`create view result as select * from ${tableFunction(folder, manifest)}`);
    const reader = await connection.runAndReadAll(sql).catch((error: Error) => {
      throw new UserError(`DuckDB: ${error.message.trim()}`, "mend the query; the table is 'result'");
    });
    const wide = reader.columnTypes().map((type) => WIDE_INTEGERS.includes(String(type)));
    return {
      columns: reader.columnNames(),
      rows: reader.getRowsJson().map((row) => row.map((value, i) => (wide[i] ? narrowed(value) : value))),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Types of counts and sums, which DuckDB writes as strings for JSON. */
const WIDE_INTEGERS = ['BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT'];

/** A wide integer as a number, where that holds it. */
function narrowed(value: unknown): unknown {
  const number = Number(value);
  return typeof value === 'string' && Number.isSafeInteger(number) ? number : value;
}

async function loadDuckDb() {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UserError('--sql needs DuckDB', 'npm install @duckdb/node-api');
  }
}

const TYPES: Record<ColumnType, string> = {
  int32: 'INTEGER',
  uint32: 'UINTEGER',
  float: 'FLOAT',
  double: 'DOUBLE',
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
};

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function tableFunction(folder: string, { parts, files, columns }: Manifest): string {
  const paths = `[${parts.map(({ file }) => quoted(join(folder, file))).join(', ')}]`;
  if (files === 'parquet') return `read_parquet(${paths})`;
  const types = columns.map(({ name, type }: Column) => `${quoted(name)}: ${quoted(TYPES[type])}`).join(', ');
  return files === 'csv'
    ? `read_csv(${paths}, header = true, columns = {${types}})`
    : `read_json(${paths}, format = 'newline_delimited', columns = {${types}})`;
}
