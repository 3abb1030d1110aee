import type { Algorithm } from '../algorithm';
import type { Cut } from '../selection/crowd';
import { rankAndCrowding } from '../selection/rank-and-crowding';
import { breed } from '../variation/breeding';

const CUTS: readonly Cut[] = ['stepwise', 'at-once'];

/** How NSGA-II keeps its population spread out. */
export interface Nsga2Options {
  /**
   * How the front is cut that does not fit whole. `stepwise`, the default, takes its most crowded member out again and
   * again, from three objectives on by nearest neighbours: it spreads better (Kukkonen and Deb, CEC and PPSN 2006). `at-once`
   * is the paper's way.
   */
  readonly cut?: Cut;
}

/**
 * NSGA-II: Deb, Pratap, Agarwal and Meyarivan, "A Fast and Elitist Multiobjective Genetic Algorithm:
 * NSGA-II", IEEE Transactions on Evolutionary Computation 6 (2002). Constrained domination, crowding, binary
 * tournaments; parents and children compete for survival. Throws RangeError for a cut that is none.
 */
export function nsga2({ cut = 'stepwise' }: Nsga2Options = {}): Algorithm<null> {
  if (!CUTS.includes(cut))
    throw new RangeError(`nsga2 cuts its fronts 'stepwise' or 'at-once', not '${cut}'`);
  return {
    name: 'nsga2',
    maxObjectives: Number.POSITIVE_INFINITY,
    keepsParents: true,
    population: () => 64,
    begin: () => null,
    propose: (standing, _memory, device) => breed(standing, device),
    absorb: ({ settings }, memory, { fitness }) => ({
      memory,
      survivors: rankAndCrowding(fitness, settings.population, cut),
    }),
  };
}
