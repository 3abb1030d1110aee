/** Every allocation starts on a multiple of this: the standard's default alignment of binding offsets, in bytes. */
export const HEAP_ALIGNMENT = 256;

interface Block {
  readonly start: number;
  readonly size: number;
}

/**
 * Allocates ranges of an address space of `capacity` bytes: first fit, free neighbours joined. It only keeps the books;
 * the memory behind the addresses is the caller's.
 */
export class Heap {
  readonly capacity: number;
  /** Free blocks by rising address; no two touch. */
  readonly #free: Block[];
  readonly #used = new Map<number, number>();

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#free = capacity > 0 ? [{ start: 0, size: capacity }] : [];
  }

  /** Bytes in use, rounding included. */
  get usedBytes(): number {
    let sum = 0;
    for (const size of this.#used.values()) sum += size;
    return sum;
  }

  /** The address of a new range of at least `bytes` bytes, or undefined when no free block is large enough. */
  allocate(bytes: number): number | undefined {
    const size = Math.max(1, Math.ceil(bytes / HEAP_ALIGNMENT)) * HEAP_ALIGNMENT;
    const index = this.#free.findIndex((block) => block.size >= size);
    if (index < 0) return undefined;
    const { start, size: available } = this.#free[index];
    if (available === size) this.#free.splice(index, 1);
    else this.#free[index] = { start: start + size, size: available - size };
    this.#used.set(start, size);
    return start;
  }

  /** Gives a range back. @throws Error for an address that `allocate` did not hand out, or that is free already */
  release(start: number): void {
    const size = this.#used.get(start);
    if (size === undefined) throw new Error(`no allocation at address ${start}`);
    this.#used.delete(start);
    const after = this.#free.findIndex((block) => block.start > start);
    const index = after < 0 ? this.#free.length : after;
    const previous = this.#free[index - 1];
    const next = this.#free[index];
    const joinsPrevious = previous !== undefined && previous.start + previous.size === start;
    const joinsNext = next !== undefined && start + size === next.start;
    const first = joinsPrevious ? previous.start : start;
    const end = joinsNext ? next.start + next.size : start + size;
    const from = joinsPrevious ? index - 1 : index;
    this.#free.splice(from, Number(joinsPrevious) + Number(joinsNext), { start: first, size: end - first });
  }
}
