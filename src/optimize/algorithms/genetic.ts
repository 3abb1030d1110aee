import type { Algorithm } from '../algorithm';
import { bestFirst } from '../selection/fitness';
import { breed } from '../variation/breeding';

/**
 * A genetic algorithm for one objective with elitist (mu + lambda) survival, binary tournaments, simulated
 * binary crossover and polynomial mutation. Deb, "An Efficient Constraint Handling Method for Genetic
 * Algorithms", Computer Methods in Applied Mechanics and Engineering 186 (2000).
 */
export function genetic(): Algorithm<null> {
  return {
    name: 'genetic',
    maxObjectives: 1,
    keepsParents: true,
    population: () => 64,
    begin: () => null,
    propose: (standing, _memory, device) => breed(standing, device),
    absorb: ({ settings }, memory, { fitness }) => ({
      memory,
      survivors: bestFirst(fitness, settings.population),
    }),
  };
}
