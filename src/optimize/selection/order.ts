import { radixSort } from './radix';

/** Runs of this length are sorted by insertion before they are merged. */
const RUN = 12;
/** From this many rows on, counting digits takes less time than comparing. */
const RADIX_FROM = 512;

/**
 * Sorts indices in place so that their keys ascend; equal keys keep their order. Keys and indices move together, which
 * takes a fraction of the time of a sort with a comparison function.
 *
 * @param indices of rows
 * @param values [row][column]; no NaN
 */
export function sortBy(indices: Uint32Array, values: Float64Array, columns = 1, column = 0): void {
  if (indices.length >= RADIX_FROM) radixSort(indices, values, columns, column);
  else mergeSort(indices, values, columns, column);
}

/**
 * The rows with the lowest keys, ascending; equal keys keep their order. Rows that ascend already at the beginning, as
 * survivors of an earlier selection do, are not sorted again, and what comes after as many as are wanted of them is
 * looked at only where it is lower.
 *
 * @param keys [row]; no NaN
 * @param most how many are wanted
 */
export function leading(rows: Uint32Array, keys: Float64Array, most = rows.length): Uint32Array {
  let sorted = Math.min(1, rows.length);
  while (sorted < rows.length && keys[rows[sorted - 1]] <= keys[rows[sorted]]) sorted++;
  const bound = sorted >= most ? keys[rows[most - 1]] : Number.POSITIVE_INFINITY;
  let others: Uint32Array = rows.slice(sorted);
  if (sorted >= most) others = below(others, keys, bound);
  sortBy(others, keys);
  const size = Math.min(most, rows.length);
  const order = new Uint32Array(size);
  let left = 0;
  let right = 0;
  for (let at = 0; at < size; at++) {
    const takesLeft = right === others.length || (left < sorted && keys[rows[left]] <= keys[others[right]]);
    order[at] = takesLeft ? rows[left++] : others[right++];
  }
  return order;
}

/** Those of the rows whose keys are below a bound, in their order; in place. */
function below(rows: Uint32Array, keys: Float64Array, bound: number): Uint32Array {
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (keys[rows[i]] < bound) rows[count++] = rows[i];
  return rows.subarray(0, count);
}

function mergeSort(indices: Uint32Array, values: Float64Array, columns: number, column: number): void {
  const count = indices.length;
  let from = workspace(0, count);
  let to = workspace(1, count);
  for (let i = 0; i < count; i++) {
    from.indices[i] = indices[i];
    from.keys[i] = values[indices[i] * columns + column];
  }
  for (let start = 0; start < count; start += RUN) insertionSort(from, start, Math.min(start + RUN, count));
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      merge(from, to, start, middle, Math.min(start + 2 * width, count));
    }
    [from, to] = [to, from];
  }
  for (let i = 0; i < count; i++) indices[i] = from.indices[i];
}

interface Keyed {
  readonly keys: Float64Array;
  readonly indices: Uint32Array;
}

/** Two work areas that grow as needed and are kept: sorting is the innermost thing that selection does. */
const areas: Keyed[] = [];

function workspace(which: 0 | 1, count: number): Keyed {
  if (!areas[which] || areas[which].keys.length < count) {
    const size = Math.max(2 * count, 1024);
    areas[which] = { keys: new Float64Array(size), indices: new Uint32Array(size) };
  }
  return areas[which];
}

function insertionSort({ keys, indices }: Keyed, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const key = keys[i];
    const index = indices[i];
    let at = i;
    for (; at > start && keys[at - 1] > key; at--) {
      keys[at] = keys[at - 1];
      indices[at] = indices[at - 1];
    }
    keys[at] = key;
    indices[at] = index;
  }
}

/** Merges the sorted runs from `start` and from `middle`. */
function merge(from: Keyed, to: Keyed, start: number, middle: number, end: number): void {
  const { keys, indices } = from;
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    const takeLeft = left < middle && (right >= end || keys[left] <= keys[right]);
    const source = takeLeft ? left++ : right++;
    to.keys[at] = keys[source];
    to.indices[at] = indices[source];
  }
}

/** 0, 1, ... count - 1. */
export function ascending(count: number): Uint32Array {
  const indices = new Uint32Array(count);
  for (let i = 0; i < count; i++) indices[i] = i;
  return indices;
}
