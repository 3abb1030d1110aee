import { ascending, sortBy } from '../selection/order';
import { Staircase } from '../selection/staircase';

/**
 * The volume that points dominate below a reference point, exactly, for 1 to 3 minimised objectives: points
 * laid out [point][objective], those that do not lie below the reference in every objective count for
 * nothing. By a sweep along the last objective over the staircase of the first two, O(n log n) comparisons:
 * Beume, Fonseca, Lopez-Ibanez, Paquete and Vahrenhold, "On the Complexity of Computing the Hypervolume
 * Indicator", IEEE TEC 13 (2009).
 *
 * @throws RangeError beyond three objectives
 */
export function hypervolume(points: Float64Array, reference: readonly number[]): number {
  const width = reference.length;
  if (width < 1 || width > 3)
    throw new RangeError(`hypervolume of ${width} objectives is not offered, only of 1 to 3`);
  const rows = ascending(points.length / width).filter((row) =>
    reference.every((bound, axis) => points[row * width + axis] < bound),
  );
  for (let axis = width - 1; axis >= 0; axis--) sortBy(rows, points, width, axis);
  if (width === 3) {
    sortBy(rows, points, width, 2);
    return solid(points, rows, reference);
  }
  return width === 2 ? area(points, rows, reference) : length(points, rows, reference);
}

function length(points: Float64Array, rows: Uint32Array, [end]: readonly number[]): number {
  return rows.length > 0 ? end - points[rows[0]] : 0;
}

/** Rows ascend by the first objective. */
function area(points: Float64Array, rows: Uint32Array, [endX, endY]: readonly number[]): number {
  let sum = 0;
  let lowest = endY;
  for (const row of rows) {
    const y = points[2 * row + 1];
    if (y >= lowest) continue;
    sum += (endX - points[2 * row]) * (lowest - y);
    lowest = y;
  }
  return sum;
}

/** Rows ascend by the third objective. */
function solid(points: Float64Array, rows: Uint32Array, [endX, endY, endZ]: readonly number[]): number {
  const staircase = new Staircase();
  let base = 0;
  let volume = 0;
  for (let i = 0; i < rows.length; i++) {
    const at = 3 * rows[i];
    if (!staircase.covers(points[at], points[at + 1]))
      base += staircase.insert(points[at], points[at + 1], endX, endY);
    const top = i + 1 < rows.length ? points[3 * rows[i + 1] + 2] : endZ;
    volume += base * (top - points[at + 2]);
  }
  return volume;
}
