/** The numbers 0 to n - 1 as a binary heap, the one of the lowest key on top; of equal keys the highest number. */
export class Heap {
  readonly #keys: Float64Array;
  /** [place]: the number there; [number]: its place, -1 once it is gone. */
  readonly #heap: Uint32Array;
  readonly #places: Int32Array;
  #size: number;

  /** @param keys [number], no NaN: read again whenever a number's key is said to have changed */
  constructor(keys: Float64Array) {
    this.#keys = keys;
    this.#size = keys.length;
    this.#heap = new Uint32Array(keys.length);
    this.#places = new Int32Array(keys.length);
    for (let i = 0; i < keys.length; i++) this.#put(i, i);
    for (let place = (keys.length >> 1) - 1; place >= 0; place--) this.#sink(place);
  }

  /** Takes the top away. There must be one. */
  pop(): number {
    const top = this.#heap[0];
    this.#places[top] = -1;
    this.#size--;
    if (this.#size > 0) {
      this.#put(0, this.#heap[this.#size]);
      this.#sink(0);
    }
    return top;
  }

  /** Moves a number to where its new key belongs. */
  changed(number: number): void {
    this.#sink(this.#rise(this.#places[number]));
  }

  #rise(from: number): number {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#before(place, parent)) break;
      this.#swap(place, parent);
      place = parent;
    }
    return place;
  }

  #sink(from: number): void {
    for (let place = from; ; ) {
      let first = place;
      for (let child = 2 * place + 1; child <= 2 * place + 2 && child < this.#size; child++) {
        if (this.#before(child, first)) first = child;
      }
      if (first === place) return;
      this.#swap(place, first);
      place = first;
    }
  }

  #before(place: number, other: number): boolean {
    const [a, b] = [this.#heap[place], this.#heap[other]];
    return this.#keys[a] < this.#keys[b] || (this.#keys[a] === this.#keys[b] && a > b);
  }

  #swap(place: number, other: number): void {
    const number = this.#heap[place];
    this.#put(place, this.#heap[other]);
    this.#put(other, number);
  }

  #put(place: number, number: number): void {
    this.#heap[place] = number;
    this.#places[number] = place;
  }
}
