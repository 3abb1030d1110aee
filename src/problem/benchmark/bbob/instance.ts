import { pow } from '../../../math';
import { type Matrix, multiply, rotation, scaleRows } from './matrix';
import { normal, uniform } from './random';

/** COCO's random choices for one function, instance and dimension, from which a function makes its own. */
export class Instance {
  readonly dimension: number;
  readonly seed: number;
  /** Q of the definitions. */
  readonly #q: Matrix;
  /** R of the definitions. */
  readonly #r: Matrix;

  constructor(fn: number, instance: number, dimension: number) {
    // f4 shares its random numbers with f3, and f18 with f17.
    this.seed = (fn === 4 || fn === 18 ? fn - 1 : fn) + 10_000 * instance;
    this.dimension = dimension;
    this.#r = rotation(dimension, this.seed + 1_000_000);
    this.#q = rotation(dimension, this.seed);
  }

  get r(): Matrix {
    return this.#r;
  }

  get q(): Matrix {
    return this.#q;
  }

  /** R Lambda^condition Q. */
  conditioned(condition: number): Matrix {
    return multiply(this.#r, scaleRows(this.ladder(condition, 0.5), this.#q));
  }

  /** base^(exponent i / (dimension - 1)) for each coordinate. */
  ladder(base: number, exponent: number): number[] {
    return Array.from({ length: this.dimension }, (_, i) => pow(base, (exponent * i) / (this.dimension - 1)));
  }

  /** Uniform numbers of the function's own seed. */
  uniform(count: number): number[] {
    return uniform(count, this.seed);
  }

  /** An optimum on a grid of 8e-4 in [-4, 4], nowhere zero. */
  optimum(seed = this.seed): number[] {
    return uniform(this.dimension, seed).map((u) => {
      const x = (8 * Math.floor(1e4 * u)) / 1e4 - 4;
      return x === 0 ? -1e-5 : x;
    });
  }

  /** The value at the optimum: of a Cauchy distribution, two decimals, within 1000. */
  get offset(): number {
    const ratio = normal(1, this.seed)[0] / normal(1, this.seed + 1)[0];
    return Math.min(1000, Math.max(-1000, Math.floor(100 * 100 * ratio + 0.5) / 100));
  }
}
