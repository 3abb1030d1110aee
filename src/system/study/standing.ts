import type { Population } from '../../optimize';
import { tradeOff } from './choose';

/** How far a candidate is from being at least as good as a profile, on one block of episodes. */
export interface Standing {
  /**
   * Sum of its normalised violations and of its largest excess over the profile, as a share of the profile's value: 0
   * where it is within every limit and no objective is worse.
   */
  readonly shortfall: number;
  /** Its trade-off beside the profile; lower is better. */
  readonly tradeOff: number;
}

/** Where every candidate of a population stands beside one profile's means. An objective that was not measured is left out. */
export function standings(population: Population, profile: readonly number[]): Standing[] {
  const { objectives: width, constraints } = population.shape;
  return Array.from({ length: population.count }, (_, i) => {
    const values = Array.from(population.objectives.subarray(i * width, (i + 1) * width), (value, k) =>
      Number.isFinite(value) ? value : profile[k],
    );
    const excess = values.map((value, k) => (value - profile[k]) / (Math.abs(profile[k]) || 1));
    const violation = population.violations
      .subarray(i * constraints, (i + 1) * constraints)
      .reduce((sum, one) => sum + one, 0);
    return { shortfall: violation + Math.max(0, ...excess), tradeOff: tradeOff(values, profile) };
  });
}

/** Negative where `a` stands better than `b`. */
export function byStanding(a: Standing, b: Standing): number {
  return a.shortfall === b.shortfall ? a.tradeOff - b.tradeOff : a.shortfall < b.shortfall ? -1 : 1;
}
