import { HEAP_ALIGNMENT, Heap } from './heap';

const PAGE_BYTES = 65536;
/** 4 GiB, all that 32-bit addresses reach. */
const MAX_PAGES = 65536;
/** Memory grows by this much at least, so that many small buffers do not mean many growths. */
const GROWTH_PAGES = 16;

/** There is no room for something that a command needs. */
export class OutOfMemory extends Error {}

/** Whether threads can share memory here: always in Node, in a page only when it is cross-origin isolated. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}

/** A device's memory: one WebAssembly memory that holds every buffer and the kernels' scratch. */
export class DeviceMemory {
  readonly wasm: WebAssembly.Memory;
  readonly #heap: Heap;
  /** Bytes from here on were never handed out, so they are still zero. */
  #freshFrom = 0;
  #bytes: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  #words: Uint32Array<ArrayBufferLike> = new Uint32Array(0);

  /** @throws RangeError when not even one page can be reserved */
  constructor(shared: boolean, maxBytes: number) {
    let maximum = Math.max(1, Math.min(MAX_PAGES, Math.floor(maxBytes / PAGE_BYTES)));
    let wasm: WebAssembly.Memory | undefined;
    while (!wasm) {
      try {
        wasm = new WebAssembly.Memory({ initial: 1, maximum, shared });
      } catch (error) {
        // A phone, or a 32-bit process, may not have the address space: half as much will do.
        if (maximum === 1) throw error;
        maximum = Math.ceil(maximum / 2);
      }
    }
    this.wasm = wasm;
    this.#heap = new Heap(maximum * PAGE_BYTES);
  }

  /** All of the memory at its present length. Growth may detach it, so ask for it anew each time. */
  get bytes(): Uint8Array<ArrayBufferLike> {
    if (this.#bytes.buffer !== this.wasm.buffer) this.#bytes = new Uint8Array(this.wasm.buffer);
    return this.#bytes;
  }

  /** As `bytes`. */
  get words(): Uint32Array<ArrayBufferLike> {
    if (this.#words.buffer !== this.wasm.buffer) this.#words = new Uint32Array(this.wasm.buffer);
    return this.#words;
  }

  /** What the memory can grow to, in bytes. */
  get capacityBytes(): number {
    return this.#heap.capacity;
  }

  /** Bytes in use by buffers and scratch. */
  get usedBytes(): number {
    return this.#heap.usedBytes;
  }

  /** The address of `bytes` zeroed bytes, or undefined when the memory is exhausted. */
  allocate(bytes: number): number | undefined {
    const address = this.#heap.allocate(bytes);
    if (address === undefined) return undefined;
    const end = address + bytes;
    if (!this.#growTo(end)) {
      this.#heap.release(address);
      return undefined;
    }
    this.bytes.fill(0, address, Math.min(end, this.#freshFrom));
    this.#freshFrom = Math.max(this.#freshFrom, Math.ceil(end / HEAP_ALIGNMENT) * HEAP_ALIGNMENT);
    return address;
  }

  release(address: number): void {
    this.#heap.release(address);
  }

  #growTo(end: number): boolean {
    const pages = this.wasm.buffer.byteLength / PAGE_BYTES;
    const missing = Math.ceil(end / PAGE_BYTES) - pages;
    if (missing <= 0) return true;
    const room = this.#heap.capacity / PAGE_BYTES - pages;
    try {
      this.wasm.grow(Math.min(Math.max(missing, GROWTH_PAGES), room));
      return true;
    } catch {
      return false;
    }
  }
}
