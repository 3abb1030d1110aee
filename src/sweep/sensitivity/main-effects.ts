import { normalQuantile } from '../../math';
import type { Bin, Binning, Value } from './binning';
import { fQuantile } from './f-quantile';

/** What one variable does to one output, all others left to vary. */
export interface MainEffect {
  readonly bins: readonly BinnedMean[];
  /**
   * The share of the output's variance that lies between the bins, less what chance alone would put there (epsilon
   * squared: Kelley, "An unbiased correlation ratio measure", PNAS 21, 1935). It comes near the first-order Sobol'
   * index from below as the bins get narrower. NaN where the output does not vary or there are too few rows.
   */
  readonly share: number;
  /** The share that a variable without any effect would exceed in one of a hundred such sweeps, were rows independent. */
  readonly chance: number;
}

/** The mean of an output over the rows of a bin, with its 95 % interval; NaN where there is too little to tell. */
export interface BinnedMean {
  readonly bin: Bin;
  readonly rows: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const COUNT = 0;
const SUM = 1;
const SQUARES = 2;
const STRIDE = 3;

const Z95 = normalQuantile(0.975);
const CHANCE = 0.01;

/** The main effects of one variable on one output, from any rows in which the others vary freely. */
export class MainEffectAccumulator {
  readonly #binning: Binning;
  readonly #sums: Float64Array;
  /** Values are summed from the first one: outputs far from zero keep their digits. */
  #origin = Number.NaN;

  constructor(binning: Binning) {
    this.#binning = binning;
    this.#sums = new Float64Array(binning.bins.length * STRIDE);
  }

  /** Adds a row; an output that is not finite is left out. */
  add(value: Value, output: number): void {
    if (!Number.isFinite(output)) return;
    if (Number.isNaN(this.#origin)) this.#origin = output;
    const y = output - this.#origin;
    const at = this.#binning.binOf(value) * STRIDE;
    this.#sums[at + COUNT] += 1;
    this.#sums[at + SUM] += y;
    this.#sums[at + SQUARES] += y * y;
  }

  estimate(): MainEffect {
    return {
      bins: this.#binning.bins.map((bin, i) => this.#meanOf(bin, i * STRIDE)),
      ...this.#share(),
    };
  }

  #meanOf(bin: Bin, at: number): BinnedMean {
    const [rows, sum, squares] = this.#sums.subarray(at, at + STRIDE);
    const mean = sum / rows;
    const variance = Math.max(0, squares - sum * mean) / (rows - 1);
    const half = Z95 * Math.sqrt(variance / rows);
    return {
      bin,
      rows,
      mean: mean + this.#origin,
      low: mean - half + this.#origin,
      high: mean + half + this.#origin,
    };
  }

  #share(): { share: number; chance: number } {
    const all = [0, 0, 0];
    let between = 0;
    let filled = 0;
    for (let at = 0; at < this.#sums.length; at += STRIDE) {
      const [rows, sum, squares] = this.#sums.subarray(at, at + STRIDE);
      if (rows === 0) continue;
      filled++;
      between += (sum * sum) / rows;
      all[COUNT] += rows;
      all[SUM] += sum;
      all[SQUARES] += squares;
    }
    const correction = (all[SUM] * all[SUM]) / all[COUNT];
    const total = all[SQUARES] - correction;
    const [d1, d2] = [filled - 1, all[COUNT] - filled];
    if (!(total > 0 && d1 > 0 && d2 > 0)) return { share: Number.NaN, chance: Number.NaN };
    const within = Math.max(0, all[SQUARES] - between) / d2;
    // Without an effect, the variance between bins over that within follows F.
    const f = fQuantile(1 - CHANCE, d1, d2);
    return {
      share: (between - correction - d1 * within) / total,
      chance: Number.isFinite(f) ? (d1 * (f - 1)) / (d1 * f + d2) : 1,
    };
  }
}
