import { join, type Population, take } from './population';
import { fitnessOf } from './selection/fitness';
import { nondominated } from './selection/sort';

export type Bounds = readonly (number | null)[];

/** Candidates that wait to be merged, as a share of those that are; fewer than the least number wait in any case. */
const WAITING_SHARE = 1;
const LEAST_WAITING = 1000;

/** Fronts of generations that wait, the newest first. */
interface Waiting {
  readonly front: Population;
  readonly before: Waiting | undefined;
  /** Candidates in all of them. */
  readonly count: number;
}

/**
 * All feasible candidates that no other dominates. New ones wait until somebody asks, or until there are as many as
 * stand: merging every generation would cost more than all else, since the set grows without bound. When they are
 * merged changes nothing.
 */
export class Archive {
  readonly #bounds: Bounds;
  #merged: Population;
  #waiting: Waiting | undefined;

  private constructor(merged: Population, waiting: Waiting | undefined, bounds: Bounds) {
    this.#merged = merged;
    this.#waiting = waiting;
    this.#bounds = bounds;
  }

  /** An archive that holds this set. */
  static of(population: Population): Archive {
    return new Archive(population, undefined, []);
  }

  /** The set: of equal candidates the first, each generation's in its order. */
  get population(): Population {
    if (this.#waiting) {
      const parts: Population[] = [];
      for (let part: Waiting | undefined = this.#waiting; part; part = part.before) parts.push(part.front);
      this.#merged = frontOf(join([this.#merged, ...parts.reverse()]), this.#bounds);
      this.#waiting = undefined;
    }
    return this.#merged;
  }

  /** The archive with a generation's candidates; under these bounds on objectives. */
  with(fresh: Population, bounds: Bounds): Archive {
    // What other bounds excluded must not come back, and what these exclude must go.
    const standing =
      bounds === this.#bounds ? this : new Archive(frontOf(this.population, bounds), undefined, bounds);
    const front = frontOf(fresh, bounds);
    if (front.count === 0) return standing;
    const before = standing.#waiting;
    if (isNoBetter(front, before?.front ?? standing.#merged)) return standing;
    const count = front.count + (before?.count ?? 0);
    const next = new Archive(standing.#merged, { front, before, count }, bounds);
    if (count > Math.max(LEAST_WAITING, WAITING_SHARE * standing.#merged.count)) next.population;
    return next;
  }
}

/** Of one objective there is one best, which waiting would keep from being forgotten: thousands of them weigh on the collector. */
function isNoBetter(front: Population, best: Population): boolean {
  return front.shape.objectives === 1 && best.count > 0 && front.objectives[0] >= best.objectives[0];
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
