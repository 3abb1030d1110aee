import { mulhi } from '../math';
import { levelsOf, type Variable } from '../space';
import type { ColumnData, ColumnType } from './column';

/** Writes a variable's values into a column of its own. */
export interface VariableReader {
  readonly type: ColumnType;
  newColumn(rows: number): Writable;
  /** The values of gene `offset` of rows `from` to `end - 1`. */
  read(column: Writable, genes: Uint32Array, offset: number, stride: number, from: number, end: number): void;
}

type Writable = Exclude<ColumnData, readonly string[]> | (number | string)[];

/** Rows whose genes stay in the nearest cache while they are read for one variable after the other. */
const BLOCK_ROWS = 256;

/** The columns of all variables, from genes [row][variable]. */
export function readVariables(
  readers: readonly VariableReader[],
  genes: Uint32Array,
  rows: number,
): ColumnData[] {
  const width = readers.length;
  const columns = readers.map((reader) => reader.newColumn(rows));
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const end = Math.min(from + BLOCK_ROWS, rows);
    for (let i = 0; i < width; i++) readers[i].read(columns[i], genes, i, width, from, end);
  }
  return columns as ColumnData[];
}

const ARRAYS = { int32: Int32Array, uint32: Uint32Array, double: Float64Array, boolean: Uint8Array } as const;

/** The reader of a variable: the values that its genes decode to, in the narrowest type that holds them all. */
export function variableReader(variable: Variable): VariableReader {
  const { count } = levelsOf(variable);
  const type = typeOf(variable);
  const written = valuesOf(variable);
  const levelOf = levelReader(count);
  return {
    type,
    newColumn: (rows) => (type === 'string' ? new Array<string>(rows) : new ARRAYS[type](rows)),
    read(column, genes, offset, stride, from, end) {
      for (let row = from; row < end; row++) column[row] = written(levelOf(genes[row * stride + offset]));
    },
  };
}

/** A variable's values by level, as its column holds them. */
function valuesOf(variable: Variable): (level: number) => number | string {
  if (variable.type !== 'category') return levelsOf(variable).value;
  const { values } = variable;
  const words = typeOf(variable) === 'string' ? values.map(String) : values;
  return (level) => words[level];
}

/** Below this many levels gene * levels is exact in doubles, which is faster than in two words. */
const EXACT_LEVELS = 2 ** 21;

function levelReader(count: number): (gene: number) => number {
  if (count <= EXACT_LEVELS) return (gene) => Math.floor((gene * count) / 2 ** 32);
  return count === 2 ** 32 ? (gene) => gene : (gene) => mulhi(gene, count);
}

/** The narrowest type that holds every value of a variable. */
function typeOf(variable: Variable): keyof typeof ARRAYS | 'string' {
  if (variable.type === 'switch') return 'boolean';
  if (variable.type === 'float') return 'double';
  const values = variable.type === 'integer' ? [variable.min, variable.max] : variable.values;
  if (!values.every((value) => typeof value === 'number')) return 'string';
  if (!values.every(Number.isInteger)) return 'double';
  if (values.every((value) => value === (value | 0))) return 'int32';
  return values.every((value) => value === value >>> 0) ? 'uint32' : 'double';
}
