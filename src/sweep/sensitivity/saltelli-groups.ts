/**
 * Gathers the rows of a Saltelli design into base rows: A, A with each variable from B in turn, B (see the design). Rows
 * come in ascending order; a base row that lacks one, because the sweep is not whole, is left out.
 */
export class SaltelliGroups {
  readonly #values: Float64Array;
  readonly #visit: (values: Float64Array) => void;
  #next = 0;

  /** @param visit gets the values of each whole base row, in an array that is used again */
  constructor(variables: number, visit: (values: Float64Array) => void) {
    this.#values = new Float64Array(variables + 2);
    this.#visit = visit;
  }

  add(row: number, value: number): void {
    const size = this.#values.length;
    const place = row % size;
    if (row !== this.#next && place !== 0) return;
    this.#next = row + 1;
    this.#values[place] = value;
    if (place === size - 1) this.#visit(this.#values);
  }

  /** Whether a row mixes columns of A and B. */
  isMixed(row: number): boolean {
    const place = row % this.#values.length;
    return place !== 0 && place !== this.#values.length - 1;
  }
}
