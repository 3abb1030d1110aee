import type { Fitness } from './fitness';
import { Gaps } from './gaps';
import { Heap } from './heap';
import { Neighbours } from './neighbours';
import { ascending, sortBy } from './order';

/** The members of a front, numbered from 0, and how far each is from the others. */
export interface Crowd {
  /** [member]: the higher, the more would be lost with it. */
  readonly loneliness: Float64Array;
  /** Takes a member out, brings what is left up to date, and tells whose loneliness changed. */
  remove(member: number, changed: (member: number) => void): void;
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
  let members = ascending(front.length);
  if (size < front.length) {
    const heap = new Heap(crowd.loneliness);
    const leaves = new Uint8Array(front.length);
    const changed = (member: number): void => heap.changed(member);
    for (let left = front.length; left > size; left--) {
      const member = heap.pop();
      leaves[member] = 1;
      crowd.remove(member, changed);
    }
    members = members.filter((member) => leaves[member] === 0);
  }
  sortBy(
    members,
    crowd.loneliness.map((own) => -own),
  );
  return members.map((member) => front[member]);
}
