import type { Scores } from '../../problem';
import type { Space } from '../../space';
import { joinScores, noScores, type Shape, takeScores } from '../population';
import { Distinct } from './distinct';

/** Collects candidates until there are enough, each only once. */
export class Gathering {
  readonly #shape: Shape;
  readonly #distinct: Distinct;
  readonly #genes: Uint32Array;
  #count = 0;
  #scores: Scores = noScores();
  #duplicates = 0;

  /**
   * @param count how many are wanted
   * @param unlike genes of candidates that are not wanted again
   */
  constructor(space: Space, shape: Shape, count: number, unlike: Uint32Array) {
    const width = shape.variables;
    this.#shape = shape;
    this.#genes = new Uint32Array(count * width);
    const known = unlike.length / width;
    this.#distinct = new Distinct(space, known + count);
    for (let i = 0; i < known; i++) this.#distinct.add(unlike, i);
  }

  get genes(): Uint32Array {
    return this.#genes;
  }

  /** Of the candidates added with scores, which come first. */
  get scores(): Scores {
    return this.#scores;
  }

  get missing(): number {
    return this.#genes.length / this.#shape.variables - this.#count;
  }

  /** How many were passed over. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** Takes of these candidates what is new and still wanted, with their scores. */
  add(genes: Uint32Array, scores?: Scores): void {
    const taken = this.#fresh(genes);
    if (scores) this.#scores = joinScores(this.#scores, takeScores(scores, taken, this.#shape));
  }

  /** Fills up: with what is new among others, and only then with duplicates. */
  complete(others: Uint32Array): void {
    this.add(others);
    const width = this.#shape.variables;
    for (let row = 0; row < others.length / width && this.missing > 0; row++) this.#place(others, row);
  }

  #fresh(genes: Uint32Array): Uint32Array {
    const rows = new Uint32Array(this.missing);
    let taken = 0;
    for (let row = 0; row < genes.length / this.#shape.variables && this.missing > 0; row++) {
      if (this.#distinct.add(genes, row)) {
        rows[taken++] = row;
        this.#place(genes, row);
      } else this.#duplicates++;
    }
    return rows.subarray(0, taken);
  }

  #place(genes: Uint32Array, row: number): void {
    const width = this.#shape.variables;
    const to = this.#count++ * width;
    for (let i = 0; i < width; i++) this.#genes[to + i] = genes[row * width + i];
  }
}
