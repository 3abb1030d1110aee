import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import { geneOfLevel, levelsOf, type Space, SpaceError, type Variable } from '../../space';
import { didYouMean, UserError } from '../../text';
import { checkRows, type Design } from '../design';
import { FORMATS } from '../formats';
import type { FormatName } from '../formats/format';
import { readTable } from '../table/read';

/** The format of a file of rows, from its name; undefined where it is none. */
export function formatOf(path: string): FormatName | undefined {
  const extension = extname(path).slice(1);
  return extension in FORMATS ? (extension as FormatName) : undefined;
}

/**
 * The rows of a file (CSV, NDJSON or Parquet), which has a column for each variable; others are left alone, so that a
 * sweep's own result can be swept again. A number that lies between two levels is taken to the nearest.
 * @throws UserError for a column that is missing and a value that its variable cannot have
 */
export async function listDesign(space: Space, path: string): Promise<Design> {
  const format = formatOf(path);
  if (!format)
    throw new UserError(
      `${path} is no file of rows`,
      `name a file that ends in .${Object.keys(FORMATS).join(', .')}`,
    );
  const chunks: Uint32Array[] = [];
  let count = 0;
  for await (const { rows, columns } of readTable(path, format)) {
    chunks.push(genesOf(space, columns, rows, count, path));
    count += rows;
  }
  if (count === 0) throw new UserError(`${path} has no rows`, 'give it at least one');
  const width = space.variables.length;
  const genes = new Uint32Array(count * width);
  let at = 0;
  for (const chunk of chunks) {
    genes.set(chunk, at);
    at += chunk.length;
  }
  const name = 'list';
  return {
    name,
    count,
    settings: { file: basename(path), sha256: createHash('sha256').update(genes).digest('hex') },
    async rows(first, rows) {
      checkRows({ name, count }, first, rows);
      return genes.slice(first * width, (first + rows) * width);
    },
  };
}

function genesOf(
  { variables }: Space,
  columns: ReadonlyMap<string, ArrayLike<unknown>>,
  rows: number,
  before: number,
  path: string,
): Uint32Array {
  const genes = new Uint32Array(rows * variables.length);
  variables.forEach((variable, i) => {
    const values = columns.get(variable.name);
    if (!values)
      throw new UserError(
        `${path} has no column '${variable.name}'`,
        didYouMean(variable.name, [...columns.keys()], 'column'),
      );
    const { count, nearest } = levelsOf(variable);
    for (let row = 0; row < rows; row++)
      try {
        genes[row * variables.length + i] = geneOfLevel(nearest(numberOf(variable, values[row])), count);
      } catch (error) {
        if (!(error instanceof SpaceError)) throw error;
        throw new UserError(`${path}: row ${before + row + 1}: ${error.message}`, 'give a value in range');
      }
  });
  return genes;
}

const SWITCHED: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['false', 0],
  ['1', 1],
  ['0', 0],
]);

/** A written value as the number that its variable counts in; NaN where it is none. */
function numberOf(variable: Variable, value: unknown): number {
  const text = String(value);
  if (variable.type === 'switch') return SWITCHED.get(text) ?? Number.NaN;
  if (variable.type === 'category') {
    const index = variable.values.findIndex((candidate) => String(candidate) === text);
    if (index < 0) throw new SpaceError(variable.name, `'${text}' is none of ${variable.values.join(', ')}`);
    return index;
  }
  return text.trim() === '' ? Number.NaN : Number(text);
}
