/** Keeps the `limit` smallest keys that it meets, each with what it stands for. Ties go to the earlier row. */
export class Smallest<T> {
  readonly #limit: number;
  readonly #kept: { readonly key: number; readonly row: number; readonly item: T }[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param item is only called for what is kept */
  offer(key: number, row: number, item: () => T): void {
    if (Number.isNaN(key)) return;
    const kept = this.#kept;
    const before = (other: { key: number; row: number }) =>
      other.key < key || (other.key === key && other.row < row);
    if (kept.length === this.#limit && before(kept[kept.length - 1])) return;
    let at = kept.length;
    while (at > 0 && !before(kept[at - 1])) at--;
    kept.splice(at, 0, { key, row, item: item() });
    if (kept.length > this.#limit) kept.pop();
  }

  /** Smallest first. */
  get items(): T[] {
    return this.#kept.map(({ item }) => item);
  }
}
