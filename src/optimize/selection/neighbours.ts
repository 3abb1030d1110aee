import type { Crowd } from './crowd';
import type { Fitness } from './fitness';
import { ascending } from './order';

/**
 * How far the members of one front are from their neighbours: the product of the squared distances to as many nearest
 * ones as there are objectives, each objective over the front's extent. Infinite for the lowest and the highest of each
 * objective, and for those who have fewer neighbours. With three objectives and more a gap along each one says little of
 * how near anything is (Kukkonen and Deb, "A Fast and Effective Method for Pruning of Non-dominated Solutions in
 * Many-Objective Problems", PPSN IX, 2006).
 */
export class Neighbours implements Crowd {
  readonly loneliness: Float64Array;
  readonly #objectives: number;
  /** [member][objective], each over its extent. */
  readonly #points: Float64Array;
  /** Those that are left, in any order, and where each of them is there; -1 for those that left. */
  readonly #members: Uint32Array;
  readonly #places: Int32Array;
  #left: number;
  /** [member] */
  readonly #isEnd: Uint8Array;
  /** The most nearest ones that are known: more than count, so that they are seldom looked for again. */
  readonly #most: number;
  /** [member][the nearest first]: neighbours and the squares of their distances; how many there are; the last one's square. */
  readonly #nearest: Uint32Array;
  readonly #squares: Float64Array;
  readonly #known: Uint32Array;
  readonly #reach: Float64Array;

  constructor({ values, objectives }: Fitness, front: Uint32Array) {
    const size = front.length;
    this.#objectives = objectives;
    this.#points = new Float64Array(size * objectives);
    this.#members = ascending(size);
    this.#places = Int32Array.from(this.#members);
    this.#left = size;
    this.#isEnd = new Uint8Array(size);
    this.#most = 2 * objectives;
    this.#nearest = new Uint32Array(size * this.#most);
    this.#squares = new Float64Array(size * this.#most);
    this.#known = new Uint32Array(size);
    this.#reach = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.loneliness = new Float64Array(size);
    for (let axis = 0; axis < objectives; axis++) this.#scale(values, front, axis);
    for (let a = 1; a < size; a++) {
      for (let b = 0; b < a; b++) {
        const square = this.#square(a, b);
        if (square < this.#reach[a]) this.#enter(a, b, square);
        if (square < this.#reach[b]) this.#enter(b, a, square);
      }
    }
    for (let member = 0; member < size; member++) this.#judge(member);
  }

  remove(member: number): void {
    const place = this.#places[member];
    const last = this.#members[--this.#left];
    this.#members[place] = last;
    this.#places[last] = place;
    this.#places[member] = -1;
  }

  refresh(member: number): boolean {
    const first = member * this.#most;
    const end = first + this.#known[member];
    let kept = first;
    for (let at = first; at < end; at++) {
      if (this.#places[this.#nearest[at]] < 0) continue;
      this.#nearest[kept] = this.#nearest[at];
      this.#squares[kept++] = this.#squares[at];
    }
    if (kept === end) return false;
    this.#known[member] = kept - first;
    if (kept - first < this.#objectives) this.#look(member);
    this.#judge(member);
    return true;
  }

  #scale(values: Float64Array, front: Uint32Array, axis: number): void {
    const objectives = this.#objectives;
    const at = (member: number) => front[member] * objectives + axis;
    let low = 0;
    let high = 0;
    for (let i = 1; i < front.length; i++) {
      if (values[at(i)] < values[at(low)]) low = i;
      if (values[at(i)] >= values[at(high)]) high = i;
    }
    this.#isEnd[low] = 1;
    this.#isEnd[high] = 1;
    const extent = values[at(high)] - values[at(low)];
    if (!(extent > 0)) return;
    for (let i = 0; i < front.length; i++)
      this.#points[i * objectives + axis] = (values[at(i)] - values[at(low)]) / extent;
  }

  #square(a: number, b: number): number {
    const points = this.#points;
    const objectives = this.#objectives;
    let sum = 0;
    for (let i = a * objectives, j = b * objectives; i < (a + 1) * objectives; i++, j++) {
      const gap = points[i] - points[j];
      sum += gap * gap;
    }
    return sum;
  }

  /** Puts `other` among the nearest of a member, within whose reach it is. */
  #enter(member: number, other: number, square: number): void {
    const nearest = this.#nearest;
    const squares = this.#squares;
    const first = member * this.#most;
    const known = Math.min(this.#known[member] + 1, this.#most);
    let at = first + known - 1;
    for (; at > first && squares[at - 1] > square; at--) {
      squares[at] = squares[at - 1];
      nearest[at] = nearest[at - 1];
    }
    squares[at] = square;
    nearest[at] = other;
    this.#known[member] = known;
    if (known === this.#most) this.#reach[member] = squares[first + known - 1];
  }

  /** Finds the nearest of a member anew. */
  #look(member: number): void {
    this.#known[member] = 0;
    this.#reach[member] = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#left; i++) {
      const other = this.#members[i];
      if (other === member) continue;
      const square = this.#square(member, other);
      if (square < this.#reach[member]) this.#enter(member, other, square);
    }
  }

  #judge(member: number): void {
    let product = 1;
    for (let i = 0; i < this.#objectives; i++) product *= this.#squares[member * this.#most + i];
    const isLonely = this.#isEnd[member] || this.#known[member] < this.#objectives;
    this.loneliness[member] = isLonely ? Number.POSITIVE_INFINITY : product;
  }
}
