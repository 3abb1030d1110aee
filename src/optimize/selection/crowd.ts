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

/**
 * The members of a front that stay, the loneliest first, ties by index. Where not all may, the most crowded one leaves,
 * and what is left is looked at anew: of two near each other one stays (Kukkonen and Deb, "Improved Pruning of
 * Non-Dominated Solutions Based on Crowding Distance for Bi-Objective Optimization Problems", CEC 2006).
 *
 * @param front indices of its members, ascending
 * @param size how many may stay
 */
export function thinned(fitness: Fitness, front: Uint32Array, size: number): Uint32Array {
  // There is no distance between scores that are not finite.
  if (fitness.violation[front[0]] === Number.POSITIVE_INFINITY) return front.subarray(0, size);
  const byNeighbours = fitness.objectives > 2 && front.length <= MOST_NEIGHBOURS;
  const crowd = byNeighbours ? new Neighbours(fitness, front) : new Gaps(fitness, front);
  const leaves = new Uint8Array(front.length);
  const heap = new Heap(crowd.loneliness);
  for (let left = front.length; left > size; ) {
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
  const members = ascending(front.length).filter((member) => leaves[member] === 0);
  for (const member of members) crowd.refresh(member);
  const nearness = crowd.loneliness.map((own) => -own);
  sortBy(members, nearness);
  return members.map((member) => front[member]);
}
