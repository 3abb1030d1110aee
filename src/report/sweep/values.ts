import type { Analysis, Bin, Interval, Value } from '../../sweep';
import { number } from '../figures';

type Column = Analysis['columns'][number];

/** A value as it is written in its column: switches as on and off, numbers to six digits at most. */
export function writeValue({ type }: Pick<Column, 'type'>, value: Value): string {
  if (type === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value;
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : 'none';
}

const BRIEF = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** A value where there is little room: 3,000,000 as 3M. */
export function writeBriefly(column: Pick<Column, 'type'>, value: Value): string {
  return typeof value === 'number' && column.type !== 'boolean'
    ? BRIEF.format(value)
    : writeValue(column, value);
}

/** A bin as it is written: its value, or the ends of its range. */
export function writeBin(column: Pick<Column, 'type'>, bin: Bin): string {
  if ('value' in bin) return writeValue(column, bin.value);
  return `${writeValue(column, bin.from)} … ${writeValue(column, bin.to)}`;
}

/** A column's name, with the unit of its numbers. */
export function titleOf({ name, unit }: Pick<Column, 'name' | 'unit'>): string {
  return unit ? `${name}, ${unit}` : name;
}

/** An interval without its estimate, as `low … high`. */
export function writeRange({ low, high }: Interval): string {
  return `${writeShare(low)} … ${writeShare(high)}`;
}

/** A share of variance, to two digits after the point; a dash where there is none. */
export function writeShare(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const text = share.toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

/** A measured number, as the other reports write it; a dash where there is none. */
export function writeNumber(value: number): string {
  return Number.isFinite(value) ? number(value) : '–';
}

/** Width of a letter in a chart, about, in its pixels. */
const LETTER_PX = 6.8;
const MOST_LETTERS = 34;

/** A name short enough for a chart: its end tells more than its beginning, which is often the same. */
export function shorten(name: string): string {
  return name.length <= MOST_LETTERS ? name : `…${name.slice(1 - MOST_LETTERS)}`;
}

/** Pixels that the longest of some names takes in a chart. */
export function widthOf(names: readonly string[]): number {
  return LETTER_PX * Math.max(0, ...names.map((name) => shorten(name).length));
}
