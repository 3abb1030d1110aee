import { readInput } from '../../files';
import { UserError } from '../../text';
import type { Table } from './table';

/** Reads comma-separated values after RFC 4180 whose first line names the columns. All values are strings. */
export async function* readCsv(path: string): AsyncGenerator<Table> {
  const [header, ...records] = parseCsv(await readInput(path), path);
  if (!header) throw new UserError(`${path} is empty`, 'its first line names the columns');
  const wrong = records.findIndex(({ fields }) => fields.length !== header.fields.length);
  if (wrong >= 0)
    throw new UserError(
      `there are ${records[wrong].fields.length} values where the header has ${header.fields.length}`,
      'give each column its value',
      { file: path, line: records[wrong].line, column: 1 },
    );
  const columns = new Map(
    header.fields.map((name, i) => [name, records.map(({ fields }) => fields[i])] as const),
  );
  yield { rows: records.length, columns };
}

interface CsvRecord {
  readonly line: number;
  readonly fields: string[];
}

/** A field, quoted or not, and what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function parseCsv(text: string, file: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let line = 1;
  let begun = 1;
  FIELD.lastIndex = 0;
  for (let at = 0; at < text.length; at = FIELD.lastIndex) {
    const match = FIELD.exec(text);
    if (!match)
      throw new UserError('a quote is not closed, or in the middle of a value', 'write "" for a quote', {
        file,
        line,
        column: 1,
      });
    const [, quoted, plain, end] = match;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += match[0].split('\n').length - 1;
    if (end === ',') continue;
    records.push({ line: begun, fields });
    fields = [];
    begun = line;
  }
  return records;
}

/** Reads one JSON object a line; the first one's keys are the columns. */
export async function* readNdjson(path: string): AsyncGenerator<Table> {
  const lines = (await readInput(path)).split('\n').filter((line) => line.trim() !== '');
  const objects = lines.map((line, i) => parseObject(line, path, i + 1));
  const names = Object.keys(objects[0] ?? {});
  const columns = new Map(names.map((name) => [name, objects.map((object) => object[name])] as const));
  yield { rows: objects.length, columns };
}

function parseObject(text: string, file: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Told below, as for any other line that is none.
  }
  throw new UserError('this line is no JSON object', 'write one object a line', { file, line, column: 1 });
}
