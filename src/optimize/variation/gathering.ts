import { joinScores, type Scores } from '../../problem';
import type { Space } from '../../space';
import { joinGenes, noScores, type Shape, takeGenes, takeScores } from '../population';
import { Distinct } from './distinct';

/** Collects candidates until there are enough, each only once, and their scores. */
export class Gathering {
  readonly #shape: Shape;
  readonly #wanted: number;
  readonly #distinct: Distinct;
  #genes: Uint32Array = new Uint32Array();
  #scores: Scores = noScores();
  #duplicates = 0;

  /**
   * @param wanted how many
   * @param unlike genes of candidates that are not wanted again
   */
  constructor(space: Space, shape: Shape, wanted: number, unlike: Uint32Array) {
    this.#shape = shape;
    this.#wanted = wanted;
    this.#distinct = new Distinct(space, unlike.length / shape.variables + wanted);
    this.#distinct.add(unlike);
  }

  /** Of the candidates collected, [candidate][variable]. */
  get genes(): Uint32Array {
    return this.#genes;
  }

  /** Of the candidates added with scores, which come first. */
  get scores(): Scores {
    return this.#scores;
  }

  get missing(): number {
    return this.#wanted - this.#genes.length / this.#shape.variables;
  }

  /** How many were passed over. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** Takes of these candidates what is new and still wanted, with their scores. */
  add(genes: Uint32Array, scores?: Scores): void {
    const { rows, seen } = this.#distinct.add(genes, this.missing);
    this.#duplicates += seen - rows.length;
    // Most often nothing is passed over: the first of them as they are.
    const isWhole = seen === rows.length;
    const width = this.#shape.variables;
    this.#append(isWhole ? genes.subarray(0, seen * width) : takeGenes(genes, rows, this.#shape));
    if (!scores) return;
    const own = takeScores(scores, rows, this.#shape);
    this.#scores = this.#scores.samples.length > 0 ? joinScores([this.#scores, own]) : own;
  }

  /** Fills up: with what is new among others, and only then with duplicates. */
  complete(others: Uint32Array): void {
    this.add(others);
    this.#append(others.subarray(0, this.missing * this.#shape.variables));
  }

  #append(genes: Uint32Array): void {
    this.#genes = this.#genes.length > 0 ? joinGenes(this.#genes, genes) : genes;
  }
}
