import { crowding } from './crowding';
import type { Fitness } from './fitness';
import { sortBy } from './order';
import { constrainedRanks } from './sort';

/**
 * Indices of the best `size` rows by constrained domination rank, then by crowding distance, then by index
 * (Deb, Pratap, Agarwal and Meyarivan 2002, section III-C).
 */
export function rankAndCrowding(fitness: Fitness, size: number): Uint32Array {
  const fronts = byRank(constrainedRanks(fitness));
  const survivors = new Uint32Array(Math.min(size, fitness.count));
  let filled = 0;
  for (const front of fronts) {
    if (filled === survivors.length) break;
    const nearness = crowding(fitness, front).map((distance) => -distance);
    const order = Uint32Array.from(front.keys());
    sortBy(order, nearness);
    for (let i = 0; i < order.length && filled < survivors.length; i++) survivors[filled++] = front[order[i]];
  }
  return survivors;
}

/** The members of each rank, ascending. */
function byRank(ranks: Uint32Array): Uint32Array[] {
  const sizes: number[] = [];
  for (const rank of ranks) {
    while (sizes.length <= rank) sizes.push(0);
    sizes[rank]++;
  }
  const fronts = sizes.map((size) => new Uint32Array(size));
  const filled = new Uint32Array(sizes.length);
  for (let i = 0; i < ranks.length; i++) fronts[ranks[i]][filled[ranks[i]]++] = i;
  return fronts;
}
