import type { Algorithm } from './algorithm';
import { crowding } from './crowding';
import type { Fitness } from './fitness';
import { constrainedRanks } from './sort';

/**
 * NSGA-II: Deb, Pratap, Agarwal and Meyarivan, "A Fast and Elitist Multiobjective Genetic Algorithm:
 * NSGA-II", IEEE Transactions on Evolutionary Computation 6 (2002). Constrained domination, crowding, binary
 * tournaments; parents and children compete for survival.
 */
export function nsga2(): Algorithm {
  return {
    name: 'nsga2',
    maxObjectives: Number.POSITIVE_INFINITY,
    propose: ({ breeder, generation, parents, count, variation, signal }) =>
      breeder.breed(generation, parents, count, variation, signal),
    survive: rankAndCrowding,
  };
}

/** The best by rank, then by crowding distance, then by index. */
export function rankAndCrowding(fitness: Fitness, size: number): number[] {
  const ranks = constrainedRanks(fitness);
  const fronts: number[][] = [];
  for (const [i, rank] of ranks.entries()) {
    fronts[rank] ??= [];
    fronts[rank].push(i);
  }
  const survivors: number[] = [];
  for (const front of fronts) {
    const distance = crowding(fitness, front);
    front.sort((a, b) => {
      const difference = distance.get(b)! - distance.get(a)!;
      // Infinite distances are equal, not incomparable.
      return Number.isNaN(difference) || difference === 0 ? a - b : difference;
    });
    for (const i of front) {
      if (survivors.length === size) return survivors;
      survivors.push(i);
    }
  }
  return survivors;
}
