import type { Crowd } from './crowd';
import type { Fitness } from './fitness';

/**
 * How far the members of one front are from their neighbours: the product of the squared distances to as many nearest
 * ones as there are objectives, each objective over the front's extent. Infinite for the lowest and the highest of each
 * objective. With three objectives and more a gap along each one says little of how near anything is (Kukkonen and Deb, "A
 * Fast and Effective Method for Pruning of Non-dominated Solutions in Many-Objective Problems", PPSN IX, 2006).
 */
export class Neighbours implements Crowd {
  readonly loneliness: Float64Array;
  readonly #objectives: number;
  /** [member][objective], each over its extent. */
  readonly #points: Float64Array;
  /** Those that are left, in any order, and where each of them is there. */
  readonly #members: Uint32Array;
  readonly #places: Uint32Array;
  #left: number;
  readonly #isEnd: Uint8Array;
  /** Nearest ones that are known at first: twice as many as count, so that few are looked for again. */
  readonly #most: number;
  /** [member]: how many are known. */
  readonly #known: Uint8Array;
  /** [member][the nearest first]: a neighbour, and the square of its distance. */
  readonly #nearest: Uint32Array;
  readonly #squares: Float64Array;

  constructor({ values, objectives }: Fitness, front: Uint32Array) {
    const size = front.length;
    this.#objectives = objectives;
    this.#points = new Float64Array(size * objectives);
    this.#members = Uint32Array.from(front.keys());
    this.#places = this.#members.slice();
    this.#left = size;
    this.#isEnd = new Uint8Array(size);
    this.#most = 2 * objectives;
    this.#known = new Uint8Array(size);
    this.#nearest = new Uint32Array(size * this.#most);
    this.#squares = new Float64Array(size * this.#most);
    this.loneliness = new Float64Array(size);
    for (let axis = 0; axis < objectives; axis++) {
      this.#scale(
        Float64Array.from(front, (row) => values[row * objectives + axis]),
        axis,
      );
    }
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < a; b++) {
        const square = this.#square(a, b);
        this.#enter(a, b, square);
        this.#enter(b, a, square);
      }
    }
    for (let member = 0; member < size; member++) this.#judge(member);
  }

  remove(member: number, changed: (member: number) => void): void {
    const last = this.#members[--this.#left];
    this.#members[this.#places[member]] = last;
    this.#places[last] = this.#places[member];
    for (let i = 0; i < this.#left; i++) {
      const other = this.#members[i];
      if (!this.#forget(other, member)) continue;
      if (this.#known[other] < this.#objectives) this.#look(other);
      this.#judge(other);
      changed(other);
    }
  }

  #scale(column: Float64Array, axis: number): void {
    let [low, high] = [0, 0];
    for (let i = 1; i < column.length; i++) {
      if (column[i] < column[low]) low = i;
      if (column[i] >= column[high]) high = i;
    }
    this.#isEnd[low] = 1;
    this.#isEnd[high] = 1;
    const extent = column[high] - column[low];
    if (!(extent > 0)) return;
    for (let i = 0; i < column.length; i++)
      this.#points[i * this.#objectives + axis] = (column[i] - column[low]) / extent;
  }

  #square(a: number, b: number): number {
    const points = this.#points;
    const axes = this.#objectives;
    let sum = 0;
    for (let axis = 0; axis < axes; axis++) {
      const gap = points[a * axes + axis] - points[b * axes + axis];
      sum += gap * gap;
    }
    return sum;
  }

  /** Puts `other` among the nearest of a member, if it is one of them. */
  #enter(member: number, other: number, square: number): void {
    const squares = this.#squares;
    const first = member * this.#most;
    let at = first + this.#known[member];
    if (at === first + this.#most) {
      if (square >= squares[at - 1]) return;
      at--;
    } else this.#known[member]++;
    for (; at > first && squares[at - 1] > square; at--) {
      squares[at] = squares[at - 1];
      this.#nearest[at] = this.#nearest[at - 1];
    }
    squares[at] = square;
    this.#nearest[at] = other;
  }

  /** Takes `other` from the nearest of a member. @returns whether it was there */
  #forget(member: number, other: number): boolean {
    const first = member * this.#most;
    const end = first + this.#known[member];
    let at = first;
    while (at < end && this.#nearest[at] !== other) at++;
    if (at === end) return false;
    this.#nearest.copyWithin(at, at + 1, end);
    this.#squares.copyWithin(at, at + 1, end);
    this.#known[member]--;
    return true;
  }

  /** Finds the nearest of a member anew. */
  #look(member: number): void {
    this.#known[member] = 0;
    for (let i = 0; i < this.#left; i++) {
      const other = this.#members[i];
      if (other !== member) this.#enter(member, other, this.#square(member, other));
    }
  }

  #judge(member: number): void {
    const known = Math.min(this.#known[member], this.#objectives);
    let product = 1;
    for (let i = 0; i < known; i++) product *= this.#squares[member * this.#most + i];
    this.loneliness[member] = this.#isEnd[member] || known === 0 ? Number.POSITIVE_INFINITY : product;
  }
}
