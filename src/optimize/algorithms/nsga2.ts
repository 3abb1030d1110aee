import type { Algorithm } from '../algorithm';
import { rankAndCrowding } from '../selection/rank-and-crowding';
import { breed } from '../variation/breeding';

/**
 * NSGA-II: Deb, Pratap, Agarwal and Meyarivan, "A Fast and Elitist Multiobjective Genetic Algorithm:
 * NSGA-II", IEEE Transactions on Evolutionary Computation 6 (2002). Constrained domination, crowding, binary
 * tournaments; parents and children compete for survival. The front that does not fit whole is thinned out member by
 * member, from three objectives on by nearest neighbours (Kukkonen and Deb, CEC and PPSN 2006; `selection/crowd`).
 */
export function nsga2(): Algorithm<null> {
  return {
    name: 'nsga2',
    maxObjectives: Number.POSITIVE_INFINITY,
    keepsParents: true,
    population: () => 64,
    begin: () => null,
    propose: (standing, _memory, device) => breed(standing, device),
    absorb: ({ settings }, memory, { fitness }) => ({
      memory,
      survivors: rankAndCrowding(fitness, settings.population),
    }),
  };
}
