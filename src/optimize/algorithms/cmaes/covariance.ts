import { eigenSymmetric } from './eigen';
import type { Strategy } from './strategy';

/** The least and the greatest standard deviation along an axis that are still told apart. */
const LEAST_SCALE = 1e-150;

/** A covariance and its decomposition, which may lag some generations behind. */
export interface Covariance {
  /** [row][column], or the diagonal alone. */
  readonly matrix: Float64Array;
  /** Eigenvectors as columns; empty where the covariance is a diagonal. */
  readonly axes: Float64Array;
  /** [axis]: standard deviations. */
  readonly scales: Float64Array;
  /** Generations since it was decomposed. */
  readonly age: number;
}

/** What a generation teaches a covariance. */
export interface Lesson {
  readonly strategy: Strategy;
  /** The path's newest value, and what it lacks in variance where it was held. */
  readonly path: Float64Array;
  readonly held: boolean;
  /** Steps in units of the step size, [candidate][variable], the order of ranks, and each one's squared whitened length. */
  readonly steps: Float64Array;
  readonly ranking: Uint32Array;
  readonly lengths: Float64Array;
}

export function unitCovariance(n: number, diagonal: boolean): Covariance {
  const scales = new Float64Array(n).fill(1);
  if (diagonal) return { matrix: new Float64Array(n).fill(1), axes: new Float64Array(), scales, age: 0 };
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return { matrix, axes: matrix.slice(), scales, age: 0 };
}

/** [variable]: standard deviations. */
export function deviations({ matrix, scales }: Covariance): Float64Array {
  const n = scales.length;
  const stride = matrix.length === n ? 1 : n + 1;
  return Float64Array.from({ length: n }, (_, i) => Math.sqrt(matrix[i * stride]));
}

/** A standard normal vector as a step: B D z, or D z. Written into `into` from `at` on. */
export function stretch({ axes, scales }: Covariance, z: Float64Array, into: Float64Array, at: number): void {
  const n = scales.length;
  for (let i = 0; i < n; i++) {
    if (axes.length === 0) {
      into[at + i] = scales[i] * z[i];
      continue;
    }
    let sum = 0;
    for (let k = 0; k < n; k++) sum += axes[i * n + k] * (scales[k] * z[k]);
    into[at + i] = sum;
  }
}

/** A step as what it would be under a unit covariance: B D^-1 B' y, or D^-1 y. */
export function whiten({ axes, scales }: Covariance, step: Float64Array): Float64Array {
  const n = scales.length;
  if (axes.length === 0) return step.map((value, i) => value / scales[i]);
  const along = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += axes[i * n + k] * step[i];
    along[k] = sum / scales[k];
  }
  const white = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) white[i] += axes[i * n + k] * along[k];
  }
  return white;
}

/** The covariance after a generation: Hansen 2016, equation 47. */
export function learn(covariance: Covariance, lesson: Lesson): Covariance {
  const { strategy } = lesson;
  const n = covariance.scales.length;
  const diagonal = covariance.matrix.length === n;
  const matrix = adapted(covariance.matrix, n, diagonal, lesson);
  const age = covariance.age + 1;
  // Decomposing costs n^3: done so seldom that it adds a tenth of a generation's work.
  if (!diagonal && age < 1 / (10 * n * (strategy.rankOne + strategy.rankMany))) {
    return { ...covariance, matrix, age };
  }
  if (diagonal) return { matrix, axes: covariance.axes, scales: roots(matrix), age: 0 };
  const { values, vectors } = eigenSymmetric(matrix, n);
  return { matrix, axes: vectors, scales: roots(values), age: 0 };
}

function adapted(matrix: Float64Array, n: number, diagonal: boolean, lesson: Lesson): Float64Array {
  const { strategy, path, held, steps, ranking, lengths } = lesson;
  const { weights, rankOne, rankMany, pathRate } = strategy;
  const own = weights.map((weight, rank) =>
    weight >= 0 ? weight : (weight * n) / Math.max(lengths[ranking[rank]], 1e-300),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const keep = 1 + (held ? rankOne * pathRate * (2 - pathRate) : 0) - rankOne - rankMany * total;
  const next = new Float64Array(matrix.length);
  for (let i = 0; i < n; i++) {
    for (let j = diagonal ? i : 0; j <= i; j++) {
      let sum = 0;
      for (let rank = 0; rank < own.length; rank++) {
        const at = ranking[rank] * n;
        sum += own[rank] * steps[at + i] * steps[at + j];
      }
      const at = diagonal ? i : i * n + j;
      next[at] = keep * matrix[at] + rankOne * path[i] * path[j] + rankMany * sum;
      if (!diagonal) next[j * n + i] = next[at];
    }
  }
  return next;
}

function roots(values: Float64Array): Float64Array {
  return values.map((value) => Math.max(Math.sqrt(Math.max(value, 0)), LEAST_SCALE));
}
