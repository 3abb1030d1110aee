/**
 * The decimal grids of continuous variables. A value that a person would write, such as 0.25 or 1500, is on
 * the grid, so a known setting survives encoding unchanged, and what the search finds reads well.
 */

/** A linear grid has at least this many steps. */
const MIN_LINEAR_STEPS = 100_000;

/** Powers of ten that doubles hold exactly. */
const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * mantissa (a safe integer) * 10^exponent, rounded as a literal is: correctly, on every engine, which `10 ** exponent`
 * does not promise. One operation on two exact numbers is rounded once; what is beyond them is read as a literal.
 */
function decimal(mantissa: number, exponent: number): number {
  if (exponent <= 0 && exponent >= -22) return mantissa / EXACT_POWERS[-exponent];
  if (exponent > 0 && exponent <= 22) return mantissa * EXACT_POWERS[exponent];
  return Number(`${mantissa}e${exponent}`);
}

/** The largest exponent e with 10^e <= x, read from the decimal form. */
function decade(x: number): number {
  return Number(x.toExponential().split('e')[1]);
}

/** `min`, the multiples of a power of ten between, and `max`. */
export interface LinearGrid {
  readonly exponent: number;
  /** The first and last multiple strictly inside the range, in units of 10^exponent. */
  readonly first: number;
  readonly last: number;
}

/** The coarsest decimal grid with at least 100,000 steps in the range. */
export function linearGrid(min: number, max: number): LinearGrid {
  const exponent = decade((max - min) / MIN_LINEAR_STEPS);
  const unit = decimal(1, exponent);
  let first = Math.floor(min / unit);
  while (decimal(first, exponent) <= min) first++;
  let last = Math.ceil(max / unit);
  while (decimal(last, exponent) >= max) last--;
  return { exponent, first, last };
}

/** The value at an index of the grid; index 0 is `min`, the last one `max`. */
export function linearGridValue(grid: LinearGrid, min: number, max: number, index: number): number {
  if (index === 0) return min;
  const multiple = grid.first + index - 1;
  return multiple > grid.last ? max : decimal(multiple, grid.exponent);
}

/**
 * The value at one of 2^32 even steps from `min`; the last one is a step below `max`, which is the same number in f32.
 * It is reckoned from the middle of the range, so that a range about zero keeps its digits near zero.
 */
export function binaryGridValue(min: number, max: number, index: number): number {
  return Math.max(min, binaryGridMiddle(min, max) + (index - 2 ** 31) * binaryGridStep(min, max));
}

export function binaryGridMiddle(min: number, max: number): number {
  return min + (max - min) / 2;
}

export function binaryGridStep(min: number, max: number): number {
  return (max - min) / 2 ** 32;
}

/**
 * The values of a log scale from `min` to `max`: three significant digits in steps of 1 up to 2, 2 up to 5
 * and 5 up to 10 (1.00, 1.01 ... 2.00, 2.02 ... 5.00, 5.05 ...). That is some 350 a decade, spread within a
 * few per cent as evenly as a geometric series, 0.4 % to 1 % apart. Whole numbers keep all of 1 to 100.
 */
export function logGrid(min: number, max: number, wholeNumbers: boolean): Float64Array {
  const values = [min];
  for (let exponent = decade(min) - 2; decimal(100, exponent) < max; exponent++) {
    for (let mantissa = 100; mantissa < 1000; mantissa += mantissa < 200 ? 1 : mantissa < 500 ? 2 : 5) {
      const value = decimal(mantissa, exponent);
      if (value > min && value < max && (!wholeNumbers || Number.isInteger(value))) values.push(value);
    }
  }
  values.push(max);
  return Float64Array.from(values);
}
