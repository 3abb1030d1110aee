import type { Algorithm } from './algorithm';
import { feasible, infeasible } from './fitness';

/**
 * A genetic algorithm for one objective with elitist (mu + lambda) survival, and Deb's rule for constraints:
 * feasible before infeasible, those by violation. Deb, "An Efficient Constraint Handling Method for Genetic
 * Algorithms", Computer Methods in Applied Mechanics and Engineering 186 (2000).
 */
export function genetic(): Algorithm {
  return {
    name: 'genetic',
    maxObjectives: 1,
    propose: ({ breeder, generation, parents, count, variation, signal }) =>
      breeder.breed(generation, parents, count, variation, signal),
    survive(fitness, size) {
      const { values } = fitness;
      const best = feasible(fitness).sort((a, b) =>
        values[a] === values[b] ? a - b : values[a] < values[b] ? -1 : 1,
      );
      return [...best, ...infeasible(fitness)].slice(0, size);
    },
  };
}
