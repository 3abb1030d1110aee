import type { Fitness } from './fitness';

/**
 * Crowding distance of the members of one front (Deb et al. 2002, section III-B): the sum over objectives of
 * the gap between a member's two neighbours, over the front's extent. Infinite at the ends. Ties keep the
 * order of indices.
 */
export function crowding({ values, objectives }: Fitness, front: readonly number[]): Map<number, number> {
  const distance = new Map(front.map((i) => [i, 0]));
  for (let axis = 0; axis < objectives; axis++) {
    const value = (i: number) => values[i * objectives + axis];
    const order = [...front].sort((a, b) => value(a) - value(b) || a - b);
    const extent = value(order[order.length - 1]) - value(order[0]);
    for (const [position, i] of order.entries()) {
      const inside = position > 0 && position < order.length - 1;
      const gap = inside ? value(order[position + 1]) - value(order[position - 1]) : Number.POSITIVE_INFINITY;
      // A front without extent, or with an infinite one, has no gaps to tell apart.
      if (!inside) distance.set(i, Number.POSITIVE_INFINITY);
      else if (extent > 0 && Number.isFinite(extent)) distance.set(i, distance.get(i)! + gap / extent);
    }
  }
  return distance;
}
