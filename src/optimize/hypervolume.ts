import { Staircase } from './staircase';

/**
 * The volume that points dominate below a reference point, exactly, for 1 to 3 minimised objectives: points
 * laid out [point][objective], those that do not lie below the reference in every objective count for
 * nothing. By a sweep along the last objective over the staircase of the first two, O(n log n) comparisons:
 * Beume, Fonseca, Lopez-Ibanez, Paquete and Vahrenhold, "On the Complexity of Computing the Hypervolume
 * Indicator", IEEE TEC 13 (2009).
 */
export function hypervolume(points: Float64Array, reference: readonly number[]): number {
  const width = reference.length;
  if (width < 1 || width > 3)
    throw new RangeError(`hypervolume of ${width} objectives is not offered, only of 1 to 3`);
  const [referenceX, referenceY = 1, referenceZ = 1] = reference;
  const below = Array.from({ length: points.length / width }, (_, i) => i)
    .filter((i) => reference.every((bound, axis) => points[i * width + axis] < bound))
    // With fewer objectives than three the others are 0 below a reference of 1, which adds a factor of one.
    .map((i) => ({
      x: points[i * width],
      y: width > 1 ? points[i * width + 1] : 0,
      z: width > 2 ? points[i * width + 2] : 0,
    }))
    .sort((a, b) => a.z - b.z || a.x - b.x || a.y - b.y);

  const staircase = new Staircase();
  let area = 0;
  let volume = 0;
  for (const [i, { x, y, z }] of below.entries()) {
    if (!staircase.covers(x, y)) area += staircase.insert(x, y, referenceX, referenceY);
    volume += area * ((below[i + 1]?.z ?? referenceZ) - z);
  }
  return volume;
}
