import { levelsOf, type Variable } from '../../space';
import type { Value } from './binning';

/** Where a value stands on its variable's own scale, from 0 (the first value) to 1 (the last). */
export function positionOf(variable: Variable, value: Value): number {
  const { count, nearest } = levelsOf(variable);
  if (count === 1) return 0;
  const number =
    variable.type === 'category' ? variable.values.map(String).indexOf(String(value)) : Number(value);
  return nearest(number) / (count - 1);
}
