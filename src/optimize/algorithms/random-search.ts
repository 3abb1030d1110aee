import type { Algorithm } from '../algorithm';
import { rankAndCrowding } from '../selection/rank-and-crowding';
import { uniformBrood } from '../variation/sampling';

/**
 * Random search: uniform candidates, the best kept. The baseline that every claim of a search must beat at
 * the same number of evaluations (Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", JMLR
 * 13, 2012).
 */
export function randomSearch(): Algorithm<null> {
  return {
    name: 'random',
    maxObjectives: Number.POSITIVE_INFINITY,
    keepsParents: true,
    population: () => 64,
    begin: () => null,
    propose: uniformBrood,
    absorb: ({ settings }, memory, { fitness }) => ({
      memory,
      survivors: rankAndCrowding(fitness, settings.population, 'at-once'),
    }),
  };
}
