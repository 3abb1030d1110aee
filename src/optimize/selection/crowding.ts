import type { Fitness } from './fitness';
import { ascending, sortBy } from './order';

/**
 * Crowding distance of the members of one front (Deb et al. 2002, section III-B): the sum over objectives of
 * the gap between a member's two neighbours, over the front's extent. Infinite at the ends. Ties keep the
 * order of indices.
 *
 * @param front indices of its members, ascending
 * @returns [member of the front]
 */
export function crowding({ values, objectives }: Fitness, front: Uint32Array): Float64Array {
  const size = front.length;
  const distance = new Float64Array(size);
  const column = new Float64Array(size);
  for (let axis = 0; axis < objectives; axis++) {
    for (let i = 0; i < size; i++) column[i] = values[front[i] * objectives + axis];
    const order = ascending(size);
    sortBy(order, column);
    const extent = column[order[size - 1]] - column[order[0]];
    distance[order[0]] = Number.POSITIVE_INFINITY;
    distance[order[size - 1]] = Number.POSITIVE_INFINITY;
    // A front without extent has no gaps to tell apart.
    if (!(extent > 0)) continue;
    for (let i = 1; i < size - 1; i++) {
      distance[order[i]] += (column[order[i + 1]] - column[order[i - 1]]) / extent;
    }
  }
  return distance;
}
