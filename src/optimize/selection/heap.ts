import { ascending } from './order';

/** The numbers 0 to n - 1 as a binary heap, the one of the lowest key on top; of equal keys the highest number. */
export class Heap {
  readonly #keys: Float64Array;
  /** [place]: the number there. */
  readonly #numbers: Uint32Array;
  #size: number;

  /** @param keys [number], no NaN; only that of the top may change, and `sink` is called then */
  constructor(keys: Float64Array) {
    this.#keys = keys;
    this.#numbers = ascending(keys.length);
    this.#size = keys.length;
    for (let place = (this.#size >> 1) - 1; place >= 0; place--) this.#sink(place);
  }

  /** There must be one. */
  get top(): number {
    return this.#numbers[0];
  }

  /** Takes the top away. */
  pop(): void {
    this.#size--;
    this.#numbers[0] = this.#numbers[this.#size];
    this.#sink(0);
  }

  /** Moves the top to where its key belongs that has grown. */
  sink(): void {
    this.#sink(0);
  }

  #sink(from: number): void {
    const numbers = this.#numbers;
    const number = numbers[from];
    let place = from;
    for (let child = 2 * place + 1; child < this.#size; child = 2 * place + 1) {
      if (child + 1 < this.#size && this.#before(numbers[child + 1], numbers[child])) child++;
      if (!this.#before(numbers[child], number)) break;
      numbers[place] = numbers[child];
      place = child;
    }
    numbers[place] = number;
  }

  #before(a: number, b: number): boolean {
    const keys = this.#keys;
    return keys[a] < keys[b] || (keys[a] === keys[b] && a > b);
  }
}
