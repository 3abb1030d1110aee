import type { EpisodeBlock, Problem, Scores } from '../../problem';
import { candidateKey } from '../../space';

/**
 * Scores of several batches of genes on the same episodes, each different candidate simulated once: searches that start
 * alike, and niches that hold what survives elsewhere too, ask for the same ones.
 */
export async function evaluateOnce(
  problem: Problem,
  batches: readonly Uint32Array[],
  episodes: EpisodeBlock,
  signal?: AbortSignal,
): Promise<Scores[]> {
  const width = problem.space.variables.length;
  const rowOf = new Map<string, number>();
  const distinct: number[] = [];
  const rows = batches.map((genes) =>
    Array.from({ length: genes.length / width }, (_, i) => {
      const key = candidateKey(problem.space, genes, i);
      const known = rowOf.get(key);
      if (known !== undefined) return known;
      for (let v = 0; v < width; v++) distinct.push(genes[i * width + v]);
      rowOf.set(key, rowOf.size);
      return rowOf.size - 1;
    }),
  );
  const scores = await problem.evaluate(Uint32Array.from(distinct), episodes, signal);
  return rows.map((indices) => ({
    objectives: pick(scores.objectives, indices, problem.objectives.length),
    violations: pick(scores.violations, indices, problem.constraints.length),
    samples: pick(scores.samples, indices, 1),
    variance: pick(scores.variance, indices, problem.objectives.length),
  }));
}

function pick(values: Float64Array, rows: readonly number[], width: number): Float64Array {
  const picked = new Float64Array(rows.length * width);
  rows.forEach((row, i) => picked.set(values.subarray(row * width, (row + 1) * width), i * width));
  return picked;
}
