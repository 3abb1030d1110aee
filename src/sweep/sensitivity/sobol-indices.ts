import { bootstrapIntervals } from './bootstrap';
import type { Interval } from './interval';

/**
 * The variance-based sensitivity of one output to one variable.
 */
export interface SobolIndices {
  /** First-order index: the share of the output's variance that the variable explains alone. */
  readonly first: Interval;
  /** Total index: the share that is left when all other variables are fixed, its interactions included. */
  readonly total: Interval;
}

/** What is known of one output after all base rows. */
export interface SobolEstimate {
  /** Base rows that counted. */
  readonly baseRows: number;
  /** Base rows left out, because one of their values was not finite. */
  readonly skipped: number;
  readonly mean: number;
  readonly variance: number;
  /** In the order of the variables; empty where the output does not vary. */
  readonly indices: readonly SobolIndices[];
}

/** Sums are kept for so many groups of consecutive base rows at most, and the bootstrap draws whole groups. */
const MOST_GROUPS = 1024;
const RESAMPLES = 1000;

/** Where a group's sums stand: of all values, then of each variable. */
const COUNT = 0;
const SUM = 1;
const SQUARES = 2;
const SHARED = 3;
const STEP = 0;
const STEP_TIMES_B = 1;
const STEP_SQUARED = 2;
const EACH = 3;

/**
 * Sobol' indices of one output from a Saltelli design, in memory that does not grow with the rows. With f(A), f(B) and
 * f(A with column i from B) of N base rows, and V the variance of f:
 *
 *   first order  S_i = mean( f(B) (f(AB_i) - f(A)) ) / V,   estimator (b)
 *   total        T_i = mean( (f(A) - f(AB_i))^2 ) / (2 V),  estimator (f), Jansen's
 *
 * of table 2 in Saltelli, Annoni, Azzini, Campolongo, Ratto, Tarantola, "Variance based sensitivity analysis of model
 * output", Computer Physics Communications 181 (2010); Jansen, "Analysis of variance designs for model output",
 * Computer Physics Communications 117 (1999). f is taken from its mean, without which (b) is noisier by the mean's
 * square. Intervals are 95 % percentile bootstrap over groups of base rows.
 */
export class SobolAccumulator {
  readonly #variables: number;
  readonly #stride: number;
  readonly #sums: Float64Array;
  /** Base rows in a group: doubled when the groups are full. */
  #groupSize = 1;
  #groups = 0;
  #rows = 0;
  #skipped = 0;
  /** Values are summed from the first one: outputs far from zero keep their digits. */
  #origin = Number.NaN;

  constructor(variables: number) {
    this.#variables = variables;
    this.#stride = SHARED + EACH * variables;
    this.#sums = new Float64Array(MOST_GROUPS * this.#stride);
  }

  /**
   * Adds a base row.
   * @param values [A, A with variable 1 from B, ..., A with the last variable from B, B]
   */
  add(values: ArrayLike<number>): void {
    for (let k = 0; k < this.#variables + 2; k++)
      if (!Number.isFinite(values[k])) {
        this.#skipped++;
        return;
      }
    if (this.#rows === 0) this.#origin = values[0];
    if (this.#rows === MOST_GROUPS * this.#groupSize) this.#mergeGroups();
    const group = Math.floor(this.#rows / this.#groupSize);
    const sums = this.#sums;
    const base = group * this.#stride;
    const a = values[0] - this.#origin;
    const b = values[this.#variables + 1] - this.#origin;
    sums[base + COUNT] += 1;
    sums[base + SUM] += a + b;
    sums[base + SQUARES] += a * a + b * b;
    for (let i = 0; i < this.#variables; i++) {
      const step = values[i + 1] - this.#origin - a;
      const at = base + SHARED + EACH * i;
      sums[at + STEP] += step;
      sums[at + STEP_TIMES_B] += b * step;
      sums[at + STEP_SQUARED] += step * step;
    }
    this.#rows++;
    this.#groups = group + 1;
  }

  #mergeGroups(): void {
    const { length } = this.#sums;
    const half = length / 2;
    for (let group = 0; group < MOST_GROUPS / 2; group++)
      for (let k = 0; k < this.#stride; k++) {
        const from = 2 * group * this.#stride + k;
        this.#sums[group * this.#stride + k] = this.#sums[from] + this.#sums[from + this.#stride];
      }
    this.#sums.fill(0, half, length);
    this.#groupSize *= 2;
  }

  /** The indices of all rows so far, with intervals drawn by `seed`. */
  estimate(seed: number): SobolEstimate {
    const facts = { baseRows: this.#rows, skipped: this.#skipped };
    const sums = new Float64Array(this.#stride);
    for (let group = 0; group < this.#groups; group++)
      for (let k = 0; k < this.#stride; k++) sums[k] += this.#sums[group * this.#stride + k];
    const { mean, variance } = momentsOf(sums);
    const known = { ...facts, mean: mean + this.#origin, variance };
    if (!(variance > 0)) return { ...known, indices: [] };

    const intervals = bootstrapIntervals({
      sums: this.#sums,
      stride: this.#stride,
      groups: this.#groups,
      resamples: RESAMPLES,
      seed,
      outputs: 2 * this.#variables,
      estimate: indicesOf,
    });
    return {
      ...known,
      indices: Array.from({ length: this.#variables }, (_, i) => ({
        first: intervals[2 * i],
        total: intervals[2 * i + 1],
      })),
    };
  }
}

/** Mean from the origin, and variance, of the values of A and B together. */
function momentsOf(sums: Float64Array): { mean: number; variance: number } {
  const count = 2 * sums[COUNT];
  const mean = sums[SUM] / count;
  return { mean, variance: sums[SQUARES] / count - mean * mean };
}

/** First-order and total index of each variable in turn. */
function indicesOf(sums: Float64Array, into: Float64Array): void {
  const { mean, variance } = momentsOf(sums);
  const scale = 1 / (variance * sums[COUNT]);
  for (let i = 0; 2 * i < into.length; i++) {
    const at = SHARED + EACH * i;
    into[2 * i] = (sums[at + STEP_TIMES_B] - mean * sums[at + STEP]) * scale;
    into[2 * i + 1] = (sums[at + STEP_SQUARED] * scale) / 2;
  }
}
