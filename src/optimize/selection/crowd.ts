import type { Fitness } from './fitness';
import { Gaps } from './gaps';
import { Heap } from './heap';
import { Neighbours } from './neighbours';
import { ascending, sortBy } from './order';

/** The members of a front, numbered from 0, and how far each is from the others: the fewer there are, the farther. */
export interface Crowd {
  /** [member]: the higher, the more would be lost with it. As it was when it was last refreshed. */
  readonly loneliness: Float64Array;
  /** Takes a member out. */
  remove(member: number): void;
  /** Brings a member's loneliness up to date. @returns whether others near it have left since */
  refresh(member: number): boolean;
}

/** Looking for neighbours takes the square of a front's size: a larger one goes by gaps. */
const MOST_NEIGHBOURS = 1024;

/** How a front is cut to size: its most crowded member again and again, or as many as have to go at once. */
export type Cut = 'stepwise' | 'at-once';

/**
 * The members of a front that stay, the loneliest first, ties by index. Where not all may, `at-once` goes by the gaps of
 * the whole front (Deb et al. 2002). `stepwise` looks at what is left anew whenever the most crowded has gone, so that of
 * two near each other one stays (Kukkonen and Deb, "Improved Pruning of Non-Dominated Solutions Based on Crowding Distance
 * for Bi-Objective Optimization Problems", CEC 2006).
 *
 * @param front indices of its members, ascending
 * @param size how many may stay
 */
export function thinned(fitness: Fitness, front: Uint32Array, size: number, cut: Cut): Uint32Array {
  // There is no distance between scores that are not finite.
  if (fitness.violation[front[0]] === Number.POSITIVE_INFINITY) return front.subarray(0, size);
  const all = ascending(front.length);
  if (cut === 'at-once') return loneliestFirst(new Gaps(fitness, front), all, front).subarray(0, size);
  const byNeighbours = fitness.objectives > 2 && front.length <= MOST_NEIGHBOURS;
  const crowd = byNeighbours ? new Neighbours(fitness, front) : new Gaps(fitness, front);
  return loneliestFirst(crowd, size < front.length ? leftOf(crowd, all, size) : all, front);
}

/** Who is left of these members, so many, ascending. */
function leftOf(crowd: Crowd, members: Uint32Array, size: number): Uint32Array {
  const leaves = new Uint8Array(members.length);
  const heap = new Heap(crowd.loneliness);
  for (let left = members.length; left > size; ) {
    const member = heap.top;
    // Who was the most crowded may not be so any more; nobody becomes it.
    if (crowd.refresh(member)) {
      heap.sink();
      continue;
    }
    heap.pop();
    crowd.remove(member);
    leaves[member] = 1;
    left--;
  }
  const stay = members.filter((member) => leaves[member] === 0);
  for (const member of stay) crowd.refresh(member);
  return stay;
}

function loneliestFirst({ loneliness }: Crowd, members: Uint32Array, front: Uint32Array): Uint32Array {
  const nearness = loneliness.map((own) => -own);
  sortBy(members, nearness);
  return members.map((member) => front[member]);
}
