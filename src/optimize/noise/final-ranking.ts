import { studentQuantile } from '../../math';
import type { Problem } from '../../problem';
import { evaluated, shapeOf } from '../population';
import { bestFirst, fitnessOf } from '../selection/fitness';

/** A candidate on test episodes. */
export interface Ranked {
  /** Its index among the candidates given. */
  readonly index: number;
  readonly mean: number;
  /** 95 % limits of the mean; both the mean where there is no noise, infinite where one replication is all there is. */
  readonly low: number;
  readonly high: number;
  readonly feasible: boolean;
}

/**
 * Ranks candidates for one objective anew on test episodes, which neither search nor choice has seen: what looked best has
 * also been lucky, and only fresh episodes show by how much. Intervals are Student's, each for its candidate alone; all
 * candidates meet the same replications, so differences are better known than the intervals suggest.
 *
 * @param replications at least 1
 * @returns best first
 * @throws RangeError for several objectives
 */
export async function finalRanking(
  problem: Problem,
  genes: Uint32Array,
  replications: number,
  signal?: AbortSignal,
): Promise<Ranked[]> {
  const shape = shapeOf(problem);
  if (shape.objectives !== 1) throw new RangeError(`a ranking is by one objective, not ${shape.objectives}`);
  const block = { index: 0, first: 0, count: replications, purpose: 'test' } as const;
  const scored = evaluated(shape, genes, await problem.evaluate(genes, block, signal));
  const fitness = fitnessOf(scored, 0);
  return Array.from(bestFirst(fitness), (index) => {
    const mean = scored.objectives[index];
    const half = halfWidth(scored.variance[index], scored.samples[index]);
    return { index, mean, low: mean - half, high: mean + half, feasible: fitness.violation[index] === 0 };
  });
}

/** Half the 95 % interval of a mean with this variance, from so many samples. */
function halfWidth(variance: number, samples: number): number {
  if (variance === 0) return 0;
  return samples > 1 ? studentQuantile(0.975, samples - 1) * Math.sqrt(variance) : Number.POSITIVE_INFINITY;
}
