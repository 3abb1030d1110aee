import { type Fitness, feasible, infeasible } from './fitness';
import { sortBy } from './order';
import { Staircase } from './staircase';

/** The members of one front so far, asked about points that come later in lexicographic order. */
interface Front {
  dominates(point: number): boolean;
  add(point: number): void;
}

/**
 * Constrained non-dominated sorting: the rank of every candidate, 0 the best. Feasible ones rank by
 * domination, in any case before infeasible ones, which rank by their violation (Deb, Pratap, Agarwal,
 * Meyarivan 2002, section VI).
 *
 * Efficient non-dominated sort with binary search (Zhang, Tian, Cheng, Jin, IEEE TEC 19, 2015): after a
 * lexicographic sort only earlier points can dominate, and the fronts that dominate a point are a prefix.
 * Members of a front are kept as a single value for two objectives and as a staircase for three, so no
 * comparison is made with every member and no matrix of comparisons is kept.
 */
export function constrainedRanks(fitness: Fitness): Uint32Array {
  const ranks = new Uint32Array(fitness.count);
  const fronts = rankFeasible(fitness, ranks);
  let rank = fronts - 1;
  let previous = 0;
  for (const i of infeasible(fitness)) {
    if (fitness.violation[i] !== previous) rank++;
    previous = fitness.violation[i];
    ranks[i] = rank;
  }
  return ranks;
}

/** Indices of the feasible candidates that none dominates, ascending; of equal ones the first. */
export function nondominated(fitness: Fitness): number[] {
  if (fitness.objectives === 1) return firstBest(fitness);
  const order = lexicographic(fitness);
  const front = createFront(fitness);
  const found: number[] = [];
  let previous = -1;
  for (const point of order) {
    const twin = previous >= 0 && equal(fitness, previous, point);
    previous = point;
    if (twin || (found.length > 0 && front.dominates(point))) continue;
    front.add(point);
    found.push(point);
  }
  return found.sort((a, b) => a - b);
}

/** The feasible candidate of the lowest value, of equal ones the first; nothing where none is feasible. */
function firstBest({ count, values, violation }: Fitness): number[] {
  let best = -1;
  for (let i = 0; i < count; i++) {
    if (violation[i] === 0 && (best < 0 || values[i] < values[best])) best = i;
  }
  return best < 0 ? [] : [best];
}

/** Writes the ranks of the feasible candidates and returns the number of their fronts. */
function rankFeasible(fitness: Fitness, ranks: Uint32Array): number {
  const fronts: Front[] = [];
  let previous = -1;
  for (const point of lexicographic(fitness)) {
    if (previous >= 0 && equal(fitness, previous, point)) {
      // Equal points do not dominate each other.
      ranks[point] = ranks[previous];
    } else {
      let low = 0;
      let high = fronts.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (fronts[middle].dominates(point)) low = middle + 1;
        else high = middle;
      }
      if (low === fronts.length) fronts.push(createFront(fitness));
      fronts[low].add(point);
      ranks[point] = low;
    }
    previous = point;
  }
  return fronts.length;
}

/** The feasible candidates by the first objective, then the second, and so on; ties by index. */
function lexicographic(fitness: Fitness): Uint32Array {
  const order = feasible(fitness);
  sortFrom(order, fitness, 0);
  return order;
}

/** Sorts in place by one objective, and where that is equal by those that follow. */
function sortFrom(order: Uint32Array, fitness: Fitness, axis: number): void {
  const { values, objectives } = fitness;
  sortBy(order, values, objectives, axis);
  if (axis === objectives - 1) return;
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] * objectives + axis];
    let end = start + 1;
    while (end < order.length && values[order[end] * objectives + axis] === value) end++;
    if (end - start > 1) sortFrom(order.subarray(start, end), fitness, axis + 1);
    start = end;
  }
}

function equal({ values, objectives }: Fitness, a: number, b: number): boolean {
  for (let k = 0; k < objectives; k++) {
    if (values[a * objectives + k] !== values[b * objectives + k]) return false;
  }
  return true;
}

function createFront({ values, objectives }: Fitness): Front {
  const value = (point: number, axis: number) => values[point * objectives + axis];
  if (objectives <= 2) {
    let lowest = Number.POSITIVE_INFINITY;
    return {
      dominates: (point) => objectives === 1 || lowest <= value(point, 1),
      add(point) {
        lowest = value(point, objectives - 1);
      },
    };
  }
  if (objectives === 3) {
    const staircase = new Staircase();
    return {
      dominates: (point) => staircase.covers(value(point, 1), value(point, 2)),
      add(point) {
        staircase.insert(value(point, 1), value(point, 2), 0, 0);
      },
    };
  }
  const members: number[] = [];
  const dominates = (member: number, point: number): boolean => {
    for (let k = 1; k < objectives; k++) if (value(member, k) > value(point, k)) return false;
    return true;
  };
  return {
    dominates: (point) => members.some((member) => dominates(member, point)),
    add: (point) => members.push(point),
  };
}
