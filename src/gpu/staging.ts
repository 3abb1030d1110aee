import { COPY_DST, MAP_MODE_READ, MAP_READ } from './usage';

/** A range of a buffer to bring back to the host; offset and length in bytes, multiples of four. */
export interface Read {
  readonly buffer: GPUBuffer;
  readonly byteOffset?: number;
  readonly byteLength: number;
}

/**
 * A ring of staging buffers: a submit takes one, packs all its reads into it, and gives it back when they are
 * copied out. It holds as many as submits ever overlapped, so in steady state none is created.
 */
export class StagingRing {
  readonly #device: GPUDevice;
  readonly #free: GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Records the copies of `reads` and returns what, called after the submit, waits for them. */
  record(encoder: GPUCommandEncoder, reads: readonly Read[]): () => Promise<Uint32Array[]> {
    const byteLength = reads.reduce((sum, read) => sum + read.byteLength, 0);
    const staging = this.#take(byteLength);
    let offset = 0;
    for (const read of reads) {
      encoder.copyBufferToBuffer(read.buffer, read.byteOffset ?? 0, staging, offset, read.byteLength);
      offset += read.byteLength;
    }
    return () => this.#collect(staging, byteLength, reads);
  }

  async #collect(staging: GPUBuffer, byteLength: number, reads: readonly Read[]): Promise<Uint32Array[]> {
    await staging.mapAsync(MAP_MODE_READ, 0, byteLength);
    const mapped = staging.getMappedRange(0, byteLength);
    let offset = 0;
    const copies = reads.map((read) => {
      const copy = new Uint32Array(mapped.slice(offset, offset + read.byteLength));
      offset += read.byteLength;
      return copy;
    });
    staging.unmap();
    this.#free.push(staging);
    return copies;
  }

  #take(byteLength: number): GPUBuffer {
    const fits = this.#free.findIndex(({ size }) => size >= byteLength);
    if (fits >= 0) return this.#free.splice(fits, 1)[0];
    // One that is too small makes room for its larger successor, larger by half so that it is not soon too small again.
    const small = this.#free.pop();
    small?.destroy();
    const words = Math.ceil(
      Math.max(byteLength, Math.min(1.5 * (small?.size ?? 0), this.#device.limits.maxBufferSize)) / 4,
    );
    return this.#device.createBuffer({ label: 'staging', size: 4 * words, usage: MAP_READ | COPY_DST });
  }
}
