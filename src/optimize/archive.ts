import { join, type Population, take } from './population';
import { type Feasibility, fitnessOf } from './selection/fitness';
import { nondominated } from './selection/sort';

/** All feasible candidates that none dominates, of an archive and fresh ones: its own first, each kind in its order. */
export function archived(archive: Population, fresh: Population, rules: Feasibility): Population {
  const best = front(fresh, rules);
  // An archive that stood before may hold what a new bound excludes.
  return best.count === 0 && archive.count === 0 ? archive : front(join(archive, best), rules);
}

function front(population: Population, rules: Feasibility): Population {
  return take(population, nondominated(fitnessOf(population, 0, rules)));
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
