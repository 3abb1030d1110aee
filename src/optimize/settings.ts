import type { Space } from '../space';
import { checkLimits } from './termination';
import type { VariationSettings } from './variation/settings';

/** When a run stops, always at the boundary of a generation; whichever comes first. */
export interface Limits {
  readonly generations?: number;
  readonly evaluations?: number;
  /** Wall time. The generation that would overrun it, judged by the last one, is not begun. */
  readonly timeLimitMs?: number;
  /** The lowest value of the only objective is at most this. */
  readonly target?: number;
  /** The hypervolume of the archive is at least this; of at most three objectives. */
  readonly hypervolume?: number;
  readonly stagnation?: Stagnation;
}

/**
 * So many generations in a row bettered the best value, or the archive's hypervolume where there are two or three
 * objectives, by no more than `improvement`, relative to it (default 1e-6). While nothing is feasible the least violation
 * counts instead. A new block of episodes is no improvement.
 */
export interface Stagnation {
  readonly generations: number;
  readonly improvement?: number;
}

/** A change to a running search, in force from the next generation on. */
export interface Update {
  readonly population?: number;
  readonly mutation?: { readonly probability?: number; readonly index?: number };
  readonly limits?: Limits;
  /**
   * The most that each objective may be, in their order; null for no bound, left out for bounds as they are. Above
   * it a candidate is infeasible, also one evaluated before.
   */
  readonly bounds?: readonly (number | null)[];
}

/** An update with the first generation that it applied to: with its log of these, a run can be made again. */
export interface LoggedUpdate {
  readonly generation: number;
  readonly update: Update;
}

/** What a run is set to at the moment; updates change it. */
export interface Settings {
  readonly population: number;
  readonly variation: VariationSettings;
  readonly limits: Limits;
  /** [objective], null where there is none; empty while none was ever set. */
  readonly bounds: readonly (number | null)[];
}

/**
 * The usual settings: crossover 0.9 at index 15, mutation of one gene a child at index 20 (Deb et al. 2002).
 */
export function defaultSettings(space: Space, population: number, limits: Limits): Settings {
  checkPopulation(population);
  return {
    population,
    variation: {
      crossoverProbability: 0.9,
      crossoverIndex: 15,
      mutationProbability: 1 / space.variables.length,
      mutationIndex: 20,
    },
    limits,
    bounds: [],
  };
}

export function applyUpdate(settings: Settings, update: Update): Settings {
  checkValues(update);
  const { population, mutation, limits, bounds } = update;
  const { probability = settings.variation.mutationProbability, index = settings.variation.mutationIndex } =
    mutation ?? {};
  return {
    population: population ?? settings.population,
    variation: { ...settings.variation, mutationProbability: probability, mutationIndex: index },
    limits: { ...settings.limits, ...limits },
    bounds: bounds ?? settings.bounds,
  };
}

/** Throws RangeError for an update of a search for so many objectives that makes no sense. */
export function checkUpdate(update: Update, objectives: number): void {
  checkValues(update);
  checkLimits(update.limits ?? {}, objectives);
}

function checkValues({ population, mutation: { probability = 0, index = 0 } = {}, bounds }: Update): void {
  if (population !== undefined) checkPopulation(population);
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`mutation probability ${probability} is not in [0, 1]`);
  if (bounds?.some((bound) => Number.isNaN(bound))) throw new RangeError('a bound of an objective is NaN');
  if (!(index >= 0 && index <= 1000)) throw new RangeError(`mutation index ${index} is not in [0, 1000]`);
}

function checkPopulation(population: number): void {
  if (!Number.isSafeInteger(population) || population < 2) {
    throw new RangeError(`a population of ${population} cannot be bred: it takes a whole number from 2`);
  }
}
