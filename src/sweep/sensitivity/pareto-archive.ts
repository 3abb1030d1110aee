/** The rows that no other row betters: objectives minimised, [member][objective]. */
export class ParetoArchive<T> {
  readonly #width: number;
  readonly #limit: number;
  readonly #points: Float64Array;
  #items: T[] = [];
  #thinned = false;

  /** @param limit most members that are kept; several for each objective */
  constructor(objectives: number, limit: number) {
    this.#width = objectives;
    this.#limit = limit;
    this.#points = new Float64Array(objectives * limit);
  }

  /** Whether the front had more members than fit. Those left out may have bettered rows that were met after them. */
  get thinned(): boolean {
    return this.#thinned;
  }

  get members(): readonly T[] {
    return this.#items;
  }

  /**
   * Offers a row, its objectives free of NaN. Of rows with equal objectives the first is kept.
   * @param item is only called for what is kept
   */
  offer(point: ArrayLike<number>, item: () => T): void {
    if (this.#isCovered(point)) return;
    this.#dropDominated(point);
    if (this.#items.length === this.#limit) this.#thin();
    this.#points.set(point, this.#items.length * this.#width);
    this.#items.push(item());
  }

  /** Whether a member is at least as good everywhere. That member moves to the front, where the next row meets it first. */
  #isCovered(point: ArrayLike<number>): boolean {
    const width = this.#width;
    const points = this.#points;
    for (let member = 0, at = 0; member < this.#items.length; member++, at += width) {
      let k = 0;
      while (k < width && points[at + k] <= point[k]) k++;
      if (k < width) continue;
      this.#swap(member, member >> 1);
      return true;
    }
    return false;
  }

  #dropDominated(point: ArrayLike<number>): void {
    const width = this.#width;
    for (let member = this.#items.length - 1; member >= 0; member--) {
      let k = 0;
      while (k < width && point[k] <= this.#points[member * width + k]) k++;
      if (k < width) continue;
      this.#swap(member, this.#items.length - 1);
      this.#items.pop();
    }
  }

  #swap(a: number, b: number): void {
    if (a === b) return;
    const items = this.#items;
    [items[a], items[b]] = [items[b], items[a]];
    const points = this.#points;
    for (let k = 0; k < this.#width; k++) {
      const [i, j] = [a * this.#width + k, b * this.#width + k];
      [points[i], points[j]] = [points[j], points[i]];
    }
  }

  /** Keeps every second member along the first objective, and the least of each objective. */
  #thin(): void {
    const width = this.#width;
    const points = this.#points.slice();
    const order = Array.from(this.#items, (_, i) => i).sort((a, b) => points[a * width] - points[b * width]);
    const ends = Array.from({ length: width }, (_, k) =>
      order.reduce((least, i) => (points[i * width + k] < points[least * width + k] ? i : least)),
    );
    const kept = order.filter((i, place) => place % 2 === 0 || ends.includes(i));
    const items = this.#items;
    kept.forEach((from, to) => {
      this.#points.set(points.subarray(from * width, (from + 1) * width), to * width);
    });
    this.#items = kept.map((i) => items[i]);
    this.#thinned = true;
  }
}
