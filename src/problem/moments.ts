import { zeroScores } from './scores';
import type { Scores } from './types';

/** Widths of a row of samples: its objectives, then its constraints. */
export interface Widths {
  readonly objectives: number;
  readonly constraints: number;
}

/**
 * Reduces samples, [candidate][replication][objectives, then constraints], to means and the variance of the means of
 * the objectives. One replication tells no variance; 0 stands for it. A sample that is NaN or infinite makes its mean
 * NaN. Sums are f64 in the order of the replications; `offsets` are added to the objectives' means.
 */
export function momentsOf(
  samples: Float32Array | Float64Array,
  replications: number,
  { objectives, constraints }: Widths,
  offsets: readonly number[] = [],
): Scores {
  const width = objectives + constraints;
  const count = samples.length / (replications * width);
  const scores = zeroScores(count, { objectives, constraints });
  scores.samples.fill(replications);
  let notFinite = 0;
  for (let candidate = 0; candidate < count; candidate++) {
    const start = candidate * replications * width;
    const end = start + replications * width;
    let finite = true;
    for (let measure = 0; measure < width; measure++) {
      let sum = 0;
      for (let i = start + measure; i < end; i += width) sum += samples[i];
      // Infinities of both signs, or one, leave a sum that is not finite; f32 samples cannot overflow f64.
      const mean = Number.isFinite(sum) ? sum / replications : Number.NaN;
      finite &&= Number.isFinite(sum);
      if (measure >= objectives) {
        scores.violations[candidate * constraints + measure - objectives] = mean;
      } else {
        scores.objectives[candidate * objectives + measure] = mean + (offsets[measure] ?? 0);
        if (replications > 1)
          scores.variance[candidate * objectives + measure] = varianceOfMean(
            samples,
            start + measure,
            end,
            width,
            mean,
          );
      }
    }
    if (!finite) notFinite++;
  }
  return { ...scores, notFinite };
}

function varianceOfMean(
  samples: Float32Array | Float64Array,
  first: number,
  end: number,
  stride: number,
  mean: number,
): number {
  let squares = 0;
  let count = 0;
  for (let i = first; i < end; i += stride) {
    squares += (samples[i] - mean) * (samples[i] - mean);
    count++;
  }
  return squares / ((count - 1) * count);
}
