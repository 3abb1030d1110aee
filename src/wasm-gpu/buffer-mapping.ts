import { operationError } from './errors';

interface Range {
  readonly offset: number;
  readonly copy: ArrayBuffer;
}

/** The mapped part of a buffer and the copies of it that were handed out. */
export class MappedRanges {
  readonly #offset: number;
  readonly #end: number;
  readonly #writable: boolean;
  readonly #ranges: Range[] = [];

  constructor(offset: number, size: number, writable: boolean) {
    this.#offset = offset;
    this.#end = offset + size;
    this.#writable = writable;
  }

  /**
   * A new array of `size` bytes that stands for the bytes from `offset`; the caller fills it.
   * @throws OperationError when the range is misaligned, outside what is mapped, or handed out already
   */
  take(offset: number, size: number): ArrayBuffer {
    const end = offset + size;
    if (offset % 8 !== 0) throw operationError(`getMappedRange: offset ${offset} is not a multiple of 8`);
    if (size % 4 !== 0) throw operationError(`getMappedRange: size ${size} is not a multiple of 4`);
    if (offset < this.#offset || end > this.#end)
      throw operationError(
        `getMappedRange: ${offset}..${end} is outside the mapped ${this.#offset}..${this.#end}`,
      );
    const overlaps = (range: Range): boolean =>
      offset < range.offset + range.copy.byteLength && range.offset < end;
    if (this.#ranges.some(overlaps))
      throw operationError(`getMappedRange: ${offset}..${end} was handed out already`);
    const copy = new ArrayBuffer(size);
    this.#ranges.push({ offset, copy });
    return copy;
  }

  /** Detaches every copy, and first hands what was written into it to `write` if the buffer was mapped for writing. */
  close(write: (offset: number, bytes: Uint8Array) => void): void {
    for (const { offset, copy } of this.#ranges) {
      const contents = structuredClone(copy, { transfer: [copy] });
      if (this.#writable) write(offset, new Uint8Array(contents));
    }
  }
}
