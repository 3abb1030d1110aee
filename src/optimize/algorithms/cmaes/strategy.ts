import { log } from '../../../math';

/** Constants of the strategy for a number of variables and of candidates in a generation. */
export interface Strategy {
  /** [rank]: what a candidate's step counts, best first; the lower half is negative. */
  readonly weights: Float64Array;
  /** How many weights are positive, and how many candidates of equal weight they are worth. */
  readonly parents: number;
  readonly effective: number;
  /** Learning rates of the two paths, and of the covariance by its path and by the steps. */
  readonly pathRate: number;
  readonly sizeRate: number;
  readonly rankOne: number;
  readonly rankMany: number;
  /** Damping of the step size, and the expected length of a standard normal vector. */
  readonly damping: number;
  readonly expectedLength: number;
}

const known = new Map<string, Strategy>();

/** The strategy for these numbers, found once. See `findStrategy`. */
export function strategyFor(n: number, candidates: number, diagonal: boolean): Strategy {
  const key = `${n} ${candidates} ${diagonal}`;
  const strategy = known.get(key) ?? findStrategy(n, candidates, diagonal);
  known.set(key, strategy);
  return strategy;
}

/**
 * The default strategy, negative weights included: Hansen, "The CMA Evolution Strategy: A Tutorial",
 * arXiv:1604.00772, table 1. A diagonal covariance has n entries in place of n (n + 1) / 2 and learns (n + 2) / 3 times
 * as fast: Ros and Hansen, "A Simple Modification in CMA-ES Achieving Linear Time and Space Complexity", PPSN 2008.
 *
 * @param n variables
 * @param candidates in a generation, at least 4
 */
function findStrategy(n: number, candidates: number, diagonal: boolean): Strategy {
  const raw = Float64Array.from({ length: candidates }, (_, i) => log((candidates + 1) / 2) - log(i + 1));
  const parents = Math.floor(candidates / 2);
  const above = sums(raw.subarray(0, parents));
  const below = sums(raw.subarray(parents));
  const effective = (above.sum * above.sum) / above.squares;
  const faster = diagonal ? (n + 2) / 3 : 1;
  const rankOne = Math.min((faster * 2) / ((n + 1.3) * (n + 1.3) + effective), 0.5);
  const rankMany = Math.min(
    1 - rankOne,
    (faster * 2 * (0.25 + effective + 1 / effective - 2)) / ((n + 2) * (n + 2) + effective),
  );
  const sizeRate = (effective + 2) / (n + effective + 5);
  // The lower half together: never so much that the covariance could lose its definiteness.
  const negative = Math.min(
    1 + rankOne / rankMany,
    1 + (2 * ((below.sum * below.sum) / below.squares)) / (effective + 2),
    (1 - rankOne - rankMany) / (n * rankMany),
  );
  return {
    weights: raw.map((weight) => (weight > 0 ? weight / above.sum : (negative * weight) / -below.sum)),
    parents,
    effective,
    pathRate: (4 + effective / n) / (n + 4 + (2 * effective) / n),
    sizeRate,
    rankOne,
    rankMany,
    damping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + sizeRate,
    expectedLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

function sums(values: Float64Array): { sum: number; squares: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return { sum, squares };
}
