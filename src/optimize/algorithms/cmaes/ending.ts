import { deviations } from './covariance';
import type { Descent } from './descent';

/** Values that a descent is judged by when it is to end. */
export interface History {
  /** [generation]: the best and the median value, the newest last; at most as many as are looked at. */
  readonly best: Float64Array;
  readonly median: Float64Array;
}

/** Below this every coordinate moves by less than a gene. */
const LEAST_DEVIATION = 2 ** -34;
const LARGEST_CONDITION = 1e14;
/** A range of values that counts as none. */
const FLAT = 1e-12;
/** The most values that are kept, and how many of the oldest and newest of them are compared. */
const LONGEST_HISTORY = 2000;
const COMPARED = 20;

export const NO_HISTORY: History = { best: new Float64Array(), median: new Float64Array() };

/** The history with one generation more. */
export function extended({ best, median }: History, values: Float64Array, generations: number): History {
  const n = Math.min(LONGEST_HISTORY, generations);
  const append = (list: Float64Array, value: number) => {
    const kept = list.subarray(Math.max(list.length + 1 - n, 0));
    const next = new Float64Array(kept.length + 1);
    next.set(kept);
    next[kept.length] = value;
    return next;
  };
  return { best: append(best, values[0]), median: append(median, values[Math.floor(values.length / 2)]) };
}

/**
 * Why a descent has come to its end, undefined while it has not: Hansen, "Benchmarking a BI-Population CMA-ES on the
 * BBOB-2009 Function Testbed", GECCO 2009, section 2.
 *
 * @param values [rank] of the newest generation, best first
 */
export function endOf(descent: Descent, history: History, values: Float64Array): string | undefined {
  const { covariance, size, generations, mean } = descent;
  const n = mean.length;
  const candidates = values.length;
  // Without what keeps stepped variables mobile: they never come to rest.
  if (deviations(covariance).every((own) => size * own < LEAST_DEVIATION)) return 'steps below a gene';
  const widest = covariance.scales.reduce((a, b) => Math.max(a, b));
  const narrowest = covariance.scales.reduce((a, b) => Math.min(a, b));
  if (widest * widest > LARGEST_CONDITION * narrowest * narrowest) return 'ill-conditioned';
  const recent = 10 + Math.ceil((30 * n) / candidates);
  if (generations > recent && extent(history.best.subarray(-recent), values) < FLAT) return 'flat';
  const window = Math.ceil(0.2 * generations + 120 + (30 * n) / candidates);
  if (history.best.length >= Math.min(window, LONGEST_HISTORY) && generations > window) {
    const stuck = (list: Float64Array) => {
      const seen = list.subarray(-window);
      return medianOf(seen.subarray(-COMPARED)) >= medianOf(seen.subarray(0, COMPARED));
    };
    if (stuck(history.best) && stuck(history.median)) return 'stagnation';
  }
  if (generations > 100 + (50 * (n + 3) * (n + 3)) / Math.sqrt(candidates)) return 'too many generations';
  return undefined;
}

/** Restarts double the candidates no further. */
const MOST_CANDIDATES = 131_072;
const LEAST_CANDIDATES = 4;

/**
 * Candidates in a generation after so many restarts: twice as many after each, up to a bound that only the user's own number
 * exceeds. On a plateau descents end within some ten generations, and their number would soon fit no memory.
 */
export function candidatesAfter(restarts: number, population: number): number {
  const first = Math.max(population, LEAST_CANDIDATES);
  return Math.min(first * 2 ** restarts, Math.max(first, MOST_CANDIDATES));
}

/** The range of all these values; not finite where one of them is not: then they are no plateau. */
function extent(...lists: readonly Float64Array[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of lists) {
    for (const value of list) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return high - low;
}

function medianOf(values: Float64Array): number {
  return values.slice().sort()[Math.floor(values.length / 2)];
}
