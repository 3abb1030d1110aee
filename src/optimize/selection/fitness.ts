import type { Scored } from '../population';
import { ascending, leading } from './order';

/**
 * What selection compares: objectives as the noise lets them be believed, and how far each row is from
 * feasible.
 */
export interface Fitness {
  readonly count: number;
  readonly objectives: number;
  /** [candidate][objective], minimised: the mean plus `pessimism` standard errors. */
  readonly values: Float64Array;
  /** [candidate]: 0 for feasible, else the sum of violations, infinite where a score is not finite. */
  readonly violation: Float64Array;
}

/** What makes a candidate feasible, beside the problem's own constraints being met. */
export interface Feasibility {
  /**
   * [objective]: the most that its mean may be, null for no bound; the excess counts as a violation, as a share
   * of the bound.
   */
  readonly bounds?: readonly (number | null)[];
  /** [constraint]: what its violation is divided by before they are summed. */
  readonly scales?: readonly number[] | null;
  /** A sum of violations up to this counts as none. */
  readonly epsilon?: number;
}

/**
 * Fitness of every row. A lucky mean is no achievement, so noise counts against a candidate: `pessimism`
 * standard errors are added to each objective. Where scores carry no variance this is plain comparison. A row
 * with a score that is NaN, or an objective that is infinite, is infeasible beyond all others.
 */
export function fitnessOf(scored: Scored, pessimism: number, feasibility?: Feasibility): Fitness {
  return fitnessOfAll([scored], pessimism, feasibility);
}

/** As {@link fitnessOf}, of candidates that follow one another. At least one part. */
export function fitnessOfAll(
  parts: readonly Scored[],
  pessimism: number,
  { bounds = [], scales, epsilon = 0 }: Feasibility = {},
): Fitness {
  const { objectives, constraints } = parts[0].shape;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const isBounded = bounds.some((bound) => bound !== null);
  const values = new Float64Array(count * objectives);
  const violation = new Float64Array(count);
  let first = 0;
  for (const { count: rows, variance, violations, objectives: means } of parts) {
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let k = 0; k < objectives; k++) {
        const at = row * objectives + k;
        const mean = means[at];
        const value = variance[at] === 0 ? mean : mean + pessimism * Math.sqrt(variance[at]);
        values[first * objectives + at] = value;
        if (!Number.isFinite(value)) sum = Number.POSITIVE_INFINITY;
        if (!isBounded) continue;
        const bound = bounds[k] ?? Number.POSITIVE_INFINITY;
        if (mean > bound) sum += (mean - bound) / (Math.abs(bound) || 1);
      }
      for (let k = 0; k < constraints; k++) {
        const excess = violations[row * constraints + k];
        if (Number.isNaN(excess)) sum = Number.POSITIVE_INFINITY;
        else if (excess > 0) sum += scales ? excess / scales[k] : excess;
      }
      violation[first + row] = sum <= epsilon ? 0 : sum;
    }
    first += rows;
  }
  return { count, objectives, values, violation };
}

/** Indices of the feasible rows, ascending. */
export function feasible({ count, violation }: Fitness): Uint32Array {
  const rows = ascending(count);
  return rows.subarray(0, feasibleFirst(rows, violation));
}

/** Indices of the infeasible rows by violation, least first, ties by index. */
export function infeasible({ count, violation }: Fitness): Uint32Array {
  const rows = ascending(count);
  return leading(rows.subarray(feasibleFirst(rows, violation)), violation);
}

/**
 * Rows of one objective, best first: feasible ones by value, then the others by violation (Deb, "An Efficient
 * Constraint Handling Method for Genetic Algorithms", Computer Methods in Applied Mechanics and Engineering 186,
 * 2000). Ties keep their order.
 *
 * @param most how many are wanted
 * @param rows among which; all unless given
 */
export function bestFirst(
  { count, values, violation }: Fitness,
  most = count,
  rows?: Uint32Array,
): Uint32Array {
  const all = rows?.slice() ?? ascending(count);
  const met = feasibleFirst(all, violation);
  const best = leading(all.subarray(0, met), values, most);
  if (best.length === most || met === all.length) return best;
  const rest = leading(all.subarray(met), violation, most - best.length);
  const order = new Uint32Array(best.length + rest.length);
  order.set(best);
  order.set(rest, best.length);
  return order;
}

/** Moves infeasible rows behind feasible ones, each in their order. @returns how many are feasible */
function feasibleFirst(rows: Uint32Array, violation: Float64Array): number {
  let infeasible: Uint32Array | undefined;
  let others = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (violation[row] > 0) {
      infeasible ??= new Uint32Array(rows.length - i);
      infeasible[others++] = row;
    } else rows[i - others] = row;
  }
  const met = rows.length - others;
  if (infeasible) rows.set(infeasible.subarray(0, others), met);
  return met;
}
