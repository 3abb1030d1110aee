import { MappedRanges } from './buffer-mapping';
import { BufferUsage, MapMode } from './constants';
import type { WasmDevice } from './device';
import { DeviceObject } from './device-object';
import { abortError, operationError } from './errors';
import { demand, enforceRange, MAX_U32 } from './validation';

/** A buffer: a range of the device's memory. */
export class WasmBuffer extends DeviceObject implements GPUBuffer {
  declare readonly __brand: 'GPUBuffer';
  readonly size: number;
  readonly usage: number;
  /** Byte address in the device's memory; undefined for a buffer that never got any. */
  address: number | undefined;
  /** A destroyed buffer keeps its address until the commands submitted before are done. */
  destroyed = false;
  #mapped: MappedRanges | undefined;
  #pendingMap: { reject(reason: unknown): void } | undefined;

  constructor(device: WasmDevice, descriptor: GPUBufferDescriptor) {
    super(device, descriptor.label);
    this.size = enforceRange(descriptor.size, 'GPUBufferDescriptor.size');
    this.usage = enforceRange(descriptor.usage, 'GPUBufferDescriptor.usage', MAX_U32);
  }

  get mapState(): GPUBufferMapState {
    if (this.#mapped) return 'mapped';
    return this.#pendingMap ? 'pending' : 'unmapped';
  }

  /** Why a submitted command may not use this buffer, or undefined. */
  get obstacle(): string | undefined {
    if (this.mapState !== 'unmapped') return `buffer "${this.label}" is used in a submit while it is mapped`;
    if (this.destroyed) return `buffer "${this.label}" is used in a submit after it was destroyed`;
    return undefined;
  }

  mapAtCreation(): void {
    this.#map(new MappedRanges(0, this.size, true));
  }

  mapAsync(mode: GPUMapModeFlags, offset = 0, size?: GPUSize64): Promise<undefined> {
    const start = enforceRange(offset, 'offset');
    const length = size === undefined ? Math.max(0, this.size - start) : enforceRange(size, 'size');
    const device = this.device;
    const { mapState } = this;
    let valid = true;
    if (!device.isLost) {
      const what = `mapAsync of buffer "${this.label}"`;
      valid = device.attempt(what, () => this.#demandMappable(mode, start, length));
    }
    if (mapState !== 'unmapped')
      return Promise.reject(operationError(`mapAsync: the buffer is ${mapState} already`));
    return new Promise((resolve, reject) => {
      const pending = { reject };
      this.#pendingMap = pending;
      device.queue.whenDone((lost) => {
        if (this.#pendingMap !== pending) return;
        this.#pendingMap = undefined;
        if (lost) return reject(abortError('mapAsync: the device was lost'));
        if (!valid) return reject(operationError('mapAsync: not valid, see the validation error'));
        this.#map(new MappedRanges(start, length, mode === MapMode.WRITE));
        resolve(undefined);
      });
    });
  }

  getMappedRange(offset = 0, size?: GPUSize64): ArrayBuffer {
    const start = enforceRange(offset, 'offset');
    const length = size === undefined ? Math.max(0, this.size - start) : enforceRange(size, 'size');
    if (!this.#mapped) throw operationError(`getMappedRange: buffer "${this.label}" is not mapped`);
    const copy = this.#mapped.take(start, length);
    if (this.address !== undefined) {
      const from = this.address + start;
      new Uint8Array(copy).set(this.device.memory.bytes.subarray(from, from + length));
    }
    return copy;
  }

  unmap(): undefined {
    this.#pendingMap?.reject(abortError('unmap: the pending map was given up'));
    this.#pendingMap = undefined;
    const mapped = this.#mapped;
    this.#mapped = undefined;
    this.device.mappedBuffers.delete(this);
    mapped?.close((offset, bytes) => {
      if (this.address !== undefined) this.device.memory.bytes.set(bytes, this.address + offset);
    });
  }

  destroy(): undefined {
    this.unmap();
    this.device.releaseBuffer(this);
  }

  #map(ranges: MappedRanges): void {
    this.#mapped = ranges;
    this.device.mappedBuffers.add(this);
  }

  #demandMappable(mode: number, offset: number, size: number): void {
    demand(this.valid, 'the buffer is invalid');
    demand(!this.destroyed, 'the buffer is destroyed');
    demand(this.mapState === 'unmapped', `the buffer is ${this.mapState} already`);
    demand(offset % 8 === 0, `offset ${offset} is not a multiple of 8`);
    demand(size % 4 === 0, `size ${size} is not a multiple of 4`);
    demand(
      offset + size <= this.size,
      `range ${offset}..${offset + size} is outside the buffer's ${this.size} bytes`,
    );
    demand(mode === MapMode.READ || mode === MapMode.WRITE, `mode ${mode} is neither READ nor WRITE`);
    const usage = mode === MapMode.READ ? 'MAP_READ' : 'MAP_WRITE';
    demand((this.usage & BufferUsage[usage]) !== 0, `the buffer lacks usage ${usage}`);
  }
}

/** Checks the rules for creating a buffer. @throws RuleBroken */
export function checkBufferDescriptor(descriptor: GPUBufferDescriptor, maxBufferSize: number): void {
  const { size, usage } = descriptor;
  demand(usage !== 0, 'usage is 0');
  demand((usage & ~0x3ff) === 0, `usage 0x${usage.toString(16)} has unknown flags`);
  demand(size <= maxBufferSize, `size ${size} is above the device's maxBufferSize ${maxBufferSize}`);
  const { MAP_READ, MAP_WRITE, COPY_DST, COPY_SRC } = BufferUsage;
  if (usage & MAP_READ)
    demand((usage & ~(MAP_READ | COPY_DST)) === 0, 'MAP_READ goes together with COPY_DST only');
  if (usage & MAP_WRITE)
    demand((usage & ~(MAP_WRITE | COPY_SRC)) === 0, 'MAP_WRITE goes together with COPY_SRC only');
}
