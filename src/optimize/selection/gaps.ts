import type { Crowd } from './crowd';
import type { Fitness } from './fitness';
import { ascending, sortBy } from './order';

/**
 * Crowding distances of the members of one front (Deb et al. 2002, section III-B): the sum over objectives of the gap
 * between a member's two neighbours, over the front's extent. Infinite at the ends. Ties keep the order of indices.
 * Neighbours are linked in the order of each objective, so that taking a member out touches its neighbours alone.
 */
export class Gaps implements Crowd {
  readonly loneliness: Float64Array;
  readonly #axes: readonly Axis[];
  /** [member]: whether a neighbour left. */
  readonly #isStale: Uint8Array;

  constructor({ values, objectives }: Fitness, front: Uint32Array) {
    this.#axes = Array.from({ length: objectives }, (_, axis) => {
      const column = new Float64Array(front.length);
      for (let i = 0; i < front.length; i++) column[i] = values[front[i] * objectives + axis];
      return linked(column);
    });
    this.#isStale = new Uint8Array(front.length);
    this.loneliness = new Float64Array(front.length);
    for (let member = 0; member < front.length; member++) this.loneliness[member] = this.#distance(member);
  }

  remove(member: number): void {
    for (const { before, after } of this.#axes) {
      const low = before[member];
      const high = after[member];
      if (low >= 0) {
        after[low] = high;
        this.#isStale[low] = 1;
      }
      if (high >= 0) {
        before[high] = low;
        this.#isStale[high] = 1;
      }
    }
  }

  refresh(member: number): boolean {
    if (this.#isStale[member] === 0) return false;
    this.#isStale[member] = 0;
    this.loneliness[member] = this.#distance(member);
    return true;
  }

  #distance(member: number): number {
    let sum = 0;
    for (const { values, before, after, extent } of this.#axes) {
      const low = before[member];
      const high = after[member];
      if (low < 0 || high < 0) return Number.POSITIVE_INFINITY;
      // A front without extent has no gaps to tell apart.
      if (extent > 0) sum += (values[high] - values[low]) / extent;
    }
    return sum;
  }
}

/** The members in the order of one objective. */
interface Axis {
  /** [member] */
  readonly values: Float64Array;
  /** [member]: its neighbour below and above, -1 at the ends. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly extent: number;
}

function linked(values: Float64Array): Axis {
  const order = ascending(values.length);
  sortBy(order, values);
  const before = new Int32Array(values.length).fill(-1);
  const after = new Int32Array(values.length).fill(-1);
  for (let i = 1; i < order.length; i++) {
    before[order[i]] = order[i - 1];
    after[order[i - 1]] = order[i];
  }
  return { values, before, after, extent: values[order[order.length - 1]] - values[order[0]] };
}
