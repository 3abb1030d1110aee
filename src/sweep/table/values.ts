import { UserError } from '../../text';
import type { Column, ColumnData, ColumnType } from '../column';
import type { Table } from './table';

const ARRAYS = {
  int32: Int32Array,
  uint32: Uint32Array,
  float: Float32Array,
  double: Float64Array,
} as const;

/** A column's values in its own type. Throws UserError where the file lacks the column. */
export function columnOf({ name, type }: Column, table: Table, path: string): ColumnData {
  const values = table.columns.get(name);
  if (!values)
    throw new UserError(`${path} has no column '${name}'`, 'remove it and run the sweep with --resume');
  return typed(values, type);
}

function typed(values: ArrayLike<unknown>, type: ColumnType): ColumnData {
  if (type === 'string') return Array.from(values, String);
  if (type === 'boolean')
    return Uint8Array.from(values, (value) => Number(value === true || value === 'true'));
  const TypedArray = ARRAYS[type];
  if (values instanceof TypedArray) return values;
  const column = new TypedArray(values.length);
  // JSON's null stands for what is not finite.
  for (let i = 0; i < column.length; i++) column[i] = values[i] === null ? Number.NaN : Number(values[i]);
  return column;
}
