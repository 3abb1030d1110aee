/**
 * The points of a plane that no other dominates (both coordinates minimised): x ascends along it and y
 * descends. Found by binary search; an insertion also moves what lies behind it in the array.
 */
export class Staircase {
  readonly #xs: number[] = [];
  readonly #ys: number[] = [];

  /** Whether some point is at most x and at most y. */
  covers(x: number, y: number): boolean {
    const before = this.#after(x) - 1;
    return before >= 0 && this.#ys[before] <= y;
  }

  /**
   * Adds a point that is not covered, drops those that it covers, and returns the area it adds below the
   * reference.
   */
  insert(x: number, y: number, referenceX: number, referenceY: number): number {
    const xs = this.#xs;
    const ys = this.#ys;
    // A point at the same x was not covering, so it lies above and goes.
    const first = xs[this.#after(x) - 1] === x ? this.#after(x) - 1 : this.#after(x);
    let ceiling = first > 0 ? ys[first - 1] : referenceY;
    let from = x;
    let last = first;
    let area = 0;
    for (; last < xs.length && ys[last] >= y; last++) {
      area += (xs[last] - from) * (ceiling - y);
      from = xs[last];
      ceiling = ys[last];
    }
    area += ((last < xs.length ? xs[last] : referenceX) - from) * (ceiling - y);
    xs.splice(first, last - first, x);
    ys.splice(first, last - first, y);
    return area;
  }

  /** The index of the first point with a larger x. */
  #after(x: number): number {
    let low = 0;
    let high = this.#xs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#xs[middle] <= x) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
