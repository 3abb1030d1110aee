import { exp, pow } from '../../../math';
import { type Covariance, deviations, learn, stretch, unitCovariance, whiten } from './covariance';
import { withMargin } from './margin';
import type { Strategy } from './strategy';

/** One descent of the strategy, from a start to its end: plain data. */
export interface Descent {
  readonly mean: Float64Array;
  /** The step size, as a share of the range. */
  readonly size: number;
  readonly covariance: Covariance;
  /** [variable]: what steps are stretched by so that stepped variables stay mobile. */
  readonly stretched: Float64Array;
  readonly sizePath: Float64Array;
  readonly path: Float64Array;
  readonly generations: number;
}

/** A generation's candidates: standard normal vectors and steps in units of the step size, [candidate][variable]. */
export interface Sample {
  readonly steps: Float64Array;
  /** [candidate]: squared lengths of the normal vectors. */
  readonly lengths: Float64Array;
}

/** The largest standard deviation, as a share of the range: beyond it mirrored steps are uniform anyway. */
const LARGEST_DEVIATION = 0.5;
/** The largest growth of the step size in a generation. */
const LARGEST_GROWTH = 1;

export function begin(mean: Float64Array, size: number, diagonal: boolean): Descent {
  const n = mean.length;
  return {
    mean,
    size,
    covariance: unitCovariance(n, diagonal),
    stretched: new Float64Array(n).fill(1),
    sizePath: new Float64Array(n),
    path: new Float64Array(n),
    generations: 0,
  };
}

/** [variable]: standard deviations of candidates, as shares of the range. */
export function deviationsOf({ covariance, size, stretched }: Descent): Float64Array {
  return deviations(covariance).map((own, i) => size * stretched[i] * own);
}

/** Steps from standard normal vectors, [candidate][variable]. */
export function sample({ covariance }: Descent, normals: Float64Array, candidates: number): Sample {
  const n = covariance.scales.length;
  const steps = new Float64Array(normals.length);
  const lengths = new Float64Array(candidates);
  for (let c = 0; c < candidates; c++) {
    const z = normals.subarray(c * n, (c + 1) * n);
    stretch(covariance, z, steps, c * n);
    for (let i = 0; i < n; i++) lengths[c] += z[i] * z[i];
  }
  return { steps, lengths };
}

/** The coordinate of a candidate. */
export function coordinate({ mean, size, stretched }: Descent, { steps }: Sample, at: number): number {
  const i = at % mean.length;
  return mean[i] + size * stretched[i] * steps[at];
}

/** The descent after a generation: Hansen 2016, figure 6. */
export function adapt(
  descent: Descent,
  { steps, lengths }: Sample,
  ranking: Uint32Array,
  strategy: Strategy,
): Descent {
  const { mean, size, covariance, stretched } = descent;
  const { weights, parents, effective, sizeRate, pathRate, damping, expectedLength } = strategy;
  const n = mean.length;
  const generations = descent.generations + 1;

  const step = new Float64Array(n);
  for (let rank = 0; rank < parents; rank++) {
    const at = ranking[rank] * n;
    for (let i = 0; i < n; i++) step[i] += weights[rank] * steps[at + i];
  }
  const white = whiten(covariance, step);
  const inSize = Math.sqrt(sizeRate * (2 - sizeRate) * effective);
  const sizePath = descent.sizePath.map((value, i) => (1 - sizeRate) * value + inSize * white[i]);
  const length = Math.sqrt(sizePath.reduce((sum, value) => sum + value * value, 0));
  const growth = (sizeRate / damping) * (length / expectedLength - 1);

  // While the step size still grows fast the path would lengthen too much.
  const unbiased = length / Math.sqrt(1 - pow(1 - sizeRate, 2 * generations));
  const held = unbiased >= (1.4 + 2 / (n + 1)) * expectedLength;
  const inPath = held ? 0 : Math.sqrt(pathRate * (2 - pathRate) * effective);
  const path = descent.path.map((value, i) => (1 - pathRate) * value + inPath * step[i]);

  const learnt = learn(covariance, { strategy, path, held, steps, ranking, lengths });
  const widest = deviations(learnt).reduce((most, value, i) => Math.max(most, value * stretched[i]), 0);
  return {
    mean: mean.map((value, i) => value + size * stretched[i] * step[i]),
    size: Math.min(size * exp(Math.min(growth, LARGEST_GROWTH)), LARGEST_DEVIATION / widest),
    covariance: learnt,
    stretched,
    sizePath,
    path,
    generations,
  };
}

/**
 * Keeps stepped variables mobile.
 * @param levels [variable]: 0 for a continuous one
 */
export function keepMobile(descent: Descent, levels: Uint32Array, margin: number): Descent {
  if (!levels.some((count) => count > 1)) return descent;
  const own = deviations(descent.covariance);
  const mean = descent.mean.slice();
  const stretched = descent.stretched.slice();
  for (const [i, count] of levels.entries()) {
    if (count < 2) continue;
    const scale = descent.size * own[i];
    const inside = Math.min(Math.max(mean[i], 0), 1);
    const marginal = withMargin({ mean: inside, deviation: scale * stretched[i] }, count, margin);
    mean[i] = marginal.mean;
    stretched[i] = marginal.deviation / scale;
  }
  return { ...descent, mean, stretched };
}
