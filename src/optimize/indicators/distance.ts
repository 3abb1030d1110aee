/** How far a row of one set lies from a row of another, by whatever measure. */
type Distance = (of: Float64Array, row: number, to: Float64Array, other: number, width: number) => number;

/**
 * Inverted generational distance: the mean Euclidean distance from the points of a reference front to the
 * nearest point found (Coello Coello and Reyes Sierra, "A Study of the Parallelization of a Coevolutionary
 * Multi-objective Evolutionary Algorithm", MICAI 2004). Lower is better; infinite where nothing was found.
 *
 * @param points [point][objective], minimised
 * @param front [point][objective], of the true front
 * @throws RangeError where the front is empty or the lengths fit no whole number of points
 */
export function igd(points: Float64Array, front: Float64Array, objectives: number): number {
  return meanNearest(points, front, objectives, euclidean);
}

/**
 * IGD+, which agrees with Pareto domination: only the objectives in which the found point is worse count
 * (Ishibuchi, Masuda, Tanigaki and Nojima, "Modified Distance Calculation in Generational Distance and Inverted
 * Generational Distance", EMO 2015). Arguments as of `igd`.
 */
export function igdPlus(points: Float64Array, front: Float64Array, objectives: number): number {
  return meanNearest(points, front, objectives, shortfall);
}

/**
 * The additive epsilon indicator: the least amount by which all found points must be lowered in every
 * objective so that each point of the reference front is weakly dominated (Zitzler, Thiele, Laumanns, Fonseca and Grunert
 * da Fonseca, "Performance Assessment of Multiobjective Optimizers", IEEE TEC 7, 2003). Arguments as of `igd`.
 */
export function additiveEpsilon(points: Float64Array, front: Float64Array, objectives: number): number {
  const count = rowsOf(points, front, objectives);
  let worst = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row++) {
    worst = Math.max(worst, nearest(points, front, row, objectives, largestShortfall));
  }
  return worst;
}

function meanNearest(points: Float64Array, front: Float64Array, width: number, distance: Distance): number {
  const count = rowsOf(points, front, width);
  let sum = 0;
  for (let row = 0; row < count; row++) sum += nearest(points, front, row, width, distance);
  return sum / count;
}

function nearest(
  points: Float64Array,
  front: Float64Array,
  row: number,
  width: number,
  distance: Distance,
): number {
  let least = Number.POSITIVE_INFINITY;
  for (let other = 0; other < points.length / width; other++) {
    least = Math.min(least, distance(front, row, points, other, width));
  }
  return least;
}

/** The number of points of the front, after checking that both sets hold whole points. */
function rowsOf(points: Float64Array, front: Float64Array, width: number): number {
  if (front.length === 0) throw new RangeError('the reference front is empty');
  for (const set of [points, front]) {
    if (set.length % width !== 0)
      throw new RangeError(`${set.length} numbers are no whole number of points of ${width} objectives`);
  }
  return front.length / width;
}

const euclidean: Distance = (of, row, to, other, width) => {
  let sum = 0;
  for (let k = 0; k < width; k++) {
    const difference = to[other * width + k] - of[row * width + k];
    sum += difference * difference;
  }
  return Math.sqrt(sum);
};

const shortfall: Distance = (of, row, to, other, width) => {
  let sum = 0;
  for (let k = 0; k < width; k++) {
    const worse = Math.max(to[other * width + k] - of[row * width + k], 0);
    sum += worse * worse;
  }
  return Math.sqrt(sum);
};

const largestShortfall: Distance = (of, row, to, other, width) => {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < width; k++) most = Math.max(most, to[other * width + k] - of[row * width + k]);
  return most;
};
