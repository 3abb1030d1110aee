import type { Population } from './population';
import { type Feasibility, fitnessOf } from './selection/fitness';
import { ascending, sortBy } from './selection/order';

/** How candidates that break constraints compare with the others while they are selected. */
export interface ConstraintHandling {
  /**
   * `feasible-first` (the default): feasible before infeasible, those by their violation (Deb 2000). `epsilon`: a
   * violation up to a level that falls to zero counts as none, so that the search may cross infeasible ground (Takahama
   * and Sakai, "Constrained Optimization by the epsilon Constrained Differential Evolution with Gradient-Based
   * Mutation and Feasible Elites", CEC 2006).
   */
  readonly rule?: 'feasible-first' | 'epsilon';
  /** Generations until the level of `epsilon` is zero; default 50. */
  readonly generations?: number;
  /**
   * Divides every constraint's violation by the largest among the first candidates, for problems whose constraints
   * have different units.
   */
  readonly normalise?: boolean;
}

/** What was learnt from the first candidates. */
export interface ConstraintLevels {
  /** [constraint]: what its violations are divided by; null for one. */
  readonly scales: readonly number[] | null;
  /** The level that `epsilon` starts from. */
  readonly epsilon: number;
}

/** The share of first candidates within the first level, and the power by which levels fall: Takahama and Sakai 2006. */
const WITHIN_FIRST_LEVEL = 0.2;
const POWER = 5;
const DEFAULT_GENERATIONS = 50;

/** Levels for a run with these first candidates. */
export function levelsFrom(first: Population, { rule, normalise }: ConstraintHandling): ConstraintLevels {
  const scales = normalise ? largestViolations(first) : null;
  return { scales, epsilon: rule === 'epsilon' ? firstLevel(first, scales) : 0 };
}

/** The largest finite violation of each constraint; one where none is broken. */
function largestViolations({ violations, count, shape }: Population): number[] {
  return Array.from({ length: shape.constraints }, (_, k) => {
    let most = 0;
    for (let row = 0; row < count; row++) {
      const violation = violations[row * shape.constraints + k];
      if (Number.isFinite(violation)) most = Math.max(most, violation);
    }
    return most > 0 ? most : 1;
  });
}

/** The violation that a fifth of the candidates stay below. */
function firstLevel(first: Population, scales: readonly number[] | null): number {
  const { violation } = fitnessOf(first, 0, { scales });
  const order = ascending(first.count);
  sortBy(order, violation);
  const level = violation[order[Math.floor(WITHIN_FIRST_LEVEL * first.count)]];
  return Number.isFinite(level) ? level : 0;
}

/** What counts as feasible while selecting after so many generations. */
export function selectionRules(
  generation: number,
  levels: ConstraintLevels | null,
  { generations = DEFAULT_GENERATIONS }: ConstraintHandling,
  bounds: readonly (number | null)[],
): Feasibility {
  if (!levels) return { bounds };
  const left = Math.max(1 - generation / generations, 0);
  let share = 1;
  for (let i = 0; i < POWER; i++) share *= left;
  return { bounds, scales: levels.scales, epsilon: levels.epsilon * share };
}
