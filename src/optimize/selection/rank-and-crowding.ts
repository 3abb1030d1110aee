import { type Cut, thinned } from './crowd';
import type { Fitness } from './fitness';
import { constrainedRanks } from './sort';

/**
 * Indices of the best `size` rows by constrained domination rank, then by how far they are from others of their rank, then
 * by index (Deb, Pratap, Agarwal and Meyarivan 2002, section III-C).
 *
 * @param cut how the rank is cut that does not fit whole
 */
export function rankAndCrowding(fitness: Fitness, size: number, cut: Cut): Uint32Array {
  const survivors = new Uint32Array(Math.min(size, fitness.count));
  let filled = 0;
  for (const front of byRank(constrainedRanks(fitness))) {
    if (filled === survivors.length) break;
    const kept = thinned(fitness, front, survivors.length - filled, cut);
    survivors.set(kept, filled);
    filled += kept.length;
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
