import type { Algorithm } from './algorithm';
import { rankAndCrowding } from './nsga2';

/**
 * Random search: uniform candidates, the best kept. The baseline that every claim of a search must beat at
 * the same number of evaluations (Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", JMLR
 * 13, 2012).
 */
export function randomSearch(): Algorithm {
  return {
    name: 'random',
    maxObjectives: Number.POSITIVE_INFINITY,
    propose: async ({ breeder, generation, count }) => breeder.sample(generation, count),
    survive: rankAndCrowding,
  };
}
