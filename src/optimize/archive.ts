import { join, type Population, take } from './population';
import { fitnessOf } from './selection/fitness';
import { nondominated } from './selection/sort';

export type Bounds = readonly (number | null)[];

/** Candidates that wait to be merged, as a share of those that are; fewer than the least number wait in any case. */
const WAITING_SHARE = 1;
const LEAST_WAITING = 1000;

/**
 * All feasible candidates that no other dominates. New ones wait until somebody asks, or until there are as many as
 * stand: merging every generation would cost more than all else, since the set grows without bound. When they are
 * merged changes nothing.
 */
export class Archive {
  readonly #shape: Population['shape'];
  readonly #bounds: Bounds;
  /** Fronts in the order of their generations, the first one merged. */
  #parts: readonly Population[];

  private constructor(shape: Population['shape'], parts: readonly Population[], bounds: Bounds) {
    this.#shape = shape;
    this.#parts = parts;
    this.#bounds = bounds;
  }

  /** An archive that holds this set. */
  static of(population: Population): Archive {
    return new Archive(population.shape, [population], []);
  }

  /** The set: of equal candidates the first, each generation's in its order. */
  get population(): Population {
    if (this.#parts.length > 1) {
      // From the end: the first part, by far the largest, is copied once.
      const all = this.#parts.reduceRight((after, part) => join(part, after));
      this.#parts = [frontOf(all, this.#bounds)];
    }
    return this.#parts[0];
  }

  /** The archive with a generation's candidates; under these bounds on objectives. */
  with(fresh: Population, bounds: Bounds): Archive {
    // What other bounds excluded must not come back, and what these exclude must go.
    const parts = bounds === this.#bounds ? this.#parts : [frontOf(this.population, bounds)];
    const added = frontOf(fresh, bounds);
    const next = new Archive(this.#shape, added.count > 0 ? [...parts, added] : parts, bounds);
    const waiting = next.#parts.slice(1).reduce((sum, { count }) => sum + count, 0);
    if (waiting > Math.max(LEAST_WAITING, WAITING_SHARE * next.#parts[0].count)) next.population;
    return next;
  }
}

function frontOf(population: Population, bounds: Bounds): Population {
  return take(population, nondominated(fitnessOf(population, 0, { bounds })));
}

/** The lowest value of each objective; NaN where there is no candidate. */
export function lowest({ objectives, count, shape }: Population): number[] {
  const best = new Array<number>(shape.objectives).fill(count > 0 ? Number.POSITIVE_INFINITY : Number.NaN);
  for (let i = 0; i < objectives.length; i++) {
    best[i % shape.objectives] = Math.min(best[i % shape.objectives], objectives[i]);
  }
  return best;
}

/** A tenth of their extent beyond the worst values, or null where there are none. */
export function referenceBeyond({ objectives, count, shape }: Population): readonly number[] | null {
  if (count === 0) return null;
  return Array.from({ length: shape.objectives }, (_, axis) => {
    let worst = Number.NEGATIVE_INFINITY;
    let best = Number.POSITIVE_INFINITY;
    for (let i = axis; i < objectives.length; i += shape.objectives) {
      worst = Math.max(worst, objectives[i]);
      best = Math.min(best, objectives[i]);
    }
    const extent = worst - best;
    return worst + (extent > 0 ? extent : Math.max(Math.abs(worst), 1)) / 10;
  });
}
