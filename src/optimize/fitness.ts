import type { Population } from './population';

/**
 * What selection compares: objectives as the noise lets them be believed, and how far each row is from
 * feasible.
 */
export interface Fitness {
  readonly count: number;
  readonly objectives: number;
  /** [candidate][objective], minimised: the mean plus `pessimism` standard errors. */
  readonly values: Float64Array;
  /** [candidate]: 0 for feasible, else the sum of violations, infinite where a score is NaN. */
  readonly violation: Float64Array;
}

/**
 * Fitness of every row. A lucky mean is no achievement, so noise counts against a candidate: `pessimism`
 * standard errors are added to each objective. Where scores carry no variance this is plain comparison.
 * @param bounds the most that each objective's mean may be; excess counts as a violation, as a share of the bound
 */
export function fitnessOf(
  population: Population,
  pessimism: number,
  bounds: readonly (number | null)[] = [],
): Fitness {
  const { count, variance } = population;
  const { objectives, constraints } = population.shape;
  const values = new Float64Array(count * objectives);
  const violation = new Float64Array(count);
  for (let i = 0; i < values.length; i++) {
    values[i] = population.objectives[i] + pessimism * Math.sqrt(variance[i]);
    const row = Math.floor(i / objectives);
    if (Number.isNaN(values[i])) violation[row] = Number.POSITIVE_INFINITY;
    const bound = bounds[i % objectives] ?? Number.POSITIVE_INFINITY;
    if (population.objectives[i] > bound)
      violation[row] += (population.objectives[i] - bound) / (Math.abs(bound) || 1);
  }
  for (let i = 0; i < count * constraints; i++) {
    const excess = population.violations[i];
    violation[Math.floor(i / constraints)] += Number.isNaN(excess)
      ? Number.POSITIVE_INFINITY
      : Math.max(excess, 0);
  }
  return { count, objectives, values, violation };
}

/** Indices of the feasible rows, ascending. */
export function feasible({ count, violation }: Fitness): number[] {
  return Array.from({ length: count }, (_, i) => i).filter((i) => violation[i] === 0);
}

/** Indices of the infeasible rows by violation, least first, ties by index. */
export function infeasible({ count, violation }: Fitness): number[] {
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => violation[i] > 0)
    .sort((a, b) => (violation[a] === violation[b] ? a - b : violation[a] < violation[b] ? -1 : 1));
}
