import type { ImmediateQueue } from '../wasm-gpu';
import { DeviceLostError, ShaderError } from './errors';
import { type Kernel, KernelCache } from './kernels';
import { type Read, StagingRing } from './staging';
import { KERNEL_BUFFER } from './usage';
import { Watchdog } from './watchdog';

/**
 * One dispatch: `buffers[i]` is bound to `@group(0) @binding(i)`, null where the entry point uses no such
 * binding.
 */
export interface Dispatch {
  readonly kernel: Kernel;
  readonly buffers: readonly (GPUBuffer | null)[];
  readonly workgroups: readonly [x: number, y?: number, z?: number];
}

/**
 * How long a failed wait is given to turn out to be the loss of the device, which is reported on its own
 * path.
 */
const LOSS_GRACE_MS = 50;

/** Bind groups are dropped wholesale at this number; steady states need a few dozen at most. */
const MAX_BIND_GROUPS = 512;

/** Everything that lives and dies with one device. */
export class Session {
  readonly device: GPUDevice;
  readonly kernels: KernelCache;
  readonly #staging: StagingRing;
  readonly #watchdog: Watchdog;
  readonly #residents = new WeakMap<Uint32Array, GPUBuffer>();
  readonly #scratch = new Map<string, GPUBuffer>();
  readonly #bindGroups = new Map<string, GPUBindGroup>();
  readonly #ids = new WeakMap<object, number>();
  /** Rejects each submit in flight; a loss may otherwise leave one waiting for ever. */
  readonly #inFlight = new Set<(loss: DeviceLostError) => void>();
  #nextId = 0;
  #loss: DeviceLostError | undefined;
  #uncaptured: string | undefined;

  constructor(device: GPUDevice) {
    this.device = device;
    this.kernels = new KernelCache(device);
    this.#staging = new StagingRing(device);
    this.#watchdog = new Watchdog(device);
    device.lost.then(({ message }) => {
      this.#loss = new DeviceLostError(message || 'the device was lost');
      for (const reject of this.#inFlight) reject(this.#loss);
    });
    device.onuncapturederror = ({ error }) => {
      this.#uncaptured ??= error.message;
    };
  }

  resident(label: string, data: Uint32Array): GPUBuffer {
    const known = this.#residents.get(data);
    if (known) return known;
    const buffer = this.#createBuffer(label, data.byteLength);
    this.write(buffer, data);
    this.#residents.set(data, buffer);
    return buffer;
  }

  scratch(label: string, byteLength: number): GPUBuffer {
    const known = this.#scratch.get(label);
    if (known && known.size >= byteLength) return known;
    const buffer = this.#createBuffer(label, Math.max(byteLength, this.#successor(known)));
    this.#scratch.set(label, buffer);
    if (known) {
      known.destroy();
      this.#bindGroups.clear();
    }
    return buffer;
  }

  write(buffer: GPUBuffer, data: Uint32Array | Int32Array | Float32Array, byteOffset = 0): void {
    // The standard's types refuse views of shared memory; a view of our own buffers is never one.
    this.device.queue.writeBuffer(buffer, byteOffset, data as Uint32Array<ArrayBuffer>);
  }

  async submit(dispatches: readonly Dispatch[], reads: readonly Read[]): Promise<Uint32Array[]> {
    if (this.#loss) throw this.#loss;
    const foreign = dispatches.find(({ kernel }) => !this.kernels.owns(kernel));
    if (foreign) {
      throw new Error(
        `kernel ${foreign.kernel.label} was built on another device: ask the engine for it again`,
      );
    }
    const { device } = this;
    const startedMs = performance.now();
    const results = this.#runNow(dispatches, reads);
    if (results) {
      // What a write did wrong is told in a microtask.
      await Promise.resolve();
      this.#refuse(null);
      return results;
    }
    device.pushErrorScope('validation');
    const encoder = device.createCommandEncoder();
    this.#encode(encoder, dispatches);
    const collect =
      reads.length > 0
        ? this.#staging.record(encoder, reads)
        : () => device.queue.onSubmittedWorkDone().then(() => []);
    device.queue.submit([encoder.finish()]);
    const scope = device.popErrorScope();
    const copies = collect();
    const work = Promise.all([scope.then((error) => this.#refuse(error)), copies]);
    return this.#watchdog.watch(dispatches, startedMs, this.#orLost(work.then(([, words]) => words)));
  }

  /** Undefined where the queue does not run work at once, or not this work. */
  #runNow(dispatches: readonly Dispatch[], reads: readonly Read[]): Uint32Array[] | undefined {
    const { queue } = this.device as { queue: Partial<ImmediateQueue> };
    if (!queue.runNow) return undefined;
    const known = [];
    for (const { kernel, buffers, workgroups } of dispatches) {
      // Making a bind group may fail, which only the scope of an ordinary submit hears.
      const group = this.#bindGroups.get(this.#keyOf(kernel, buffers));
      if (!group) return undefined;
      known.push({ pipeline: kernel.pipeline, group, workgroups });
    }
    return queue.runNow(known, reads);
  }

  #encode(encoder: GPUCommandEncoder, dispatches: readonly Dispatch[]): void {
    if (dispatches.length === 0) return;
    const pass = encoder.beginComputePass();
    for (const { kernel, buffers, workgroups } of dispatches) {
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, this.#bindGroup(kernel, buffers));
      pass.dispatchWorkgroups(...(workgroups as [number, number?, number?]));
    }
    pass.end();
  }

  #bindGroup(kernel: Kernel, buffers: readonly (GPUBuffer | null)[]): GPUBindGroup {
    const key = this.#keyOf(kernel, buffers);
    const known = this.#bindGroups.get(key);
    if (known) return known;
    const entries = buffers.flatMap((buffer, binding) => (buffer ? [{ binding, resource: { buffer } }] : []));
    const group = this.device.createBindGroup({
      label: kernel.label,
      layout: kernel.pipeline.getBindGroupLayout(0),
      entries,
    });
    if (this.#bindGroups.size >= MAX_BIND_GROUPS) this.#bindGroups.clear();
    this.#bindGroups.set(key, group);
    return group;
  }

  #keyOf(kernel: Kernel, buffers: readonly (GPUBuffer | null)[]): string {
    let key = `${this.#id(kernel)}`;
    for (const buffer of buffers) key += buffer ? `,${this.#id(buffer)}` : ',';
    return key;
  }

  #id(object: object): number {
    let id = this.#ids.get(object);
    if (id === undefined) {
      id = this.#nextId++;
      this.#ids.set(object, id);
    }
    return id;
  }

  /** Half as much again as a buffer that was too small, so that needs which creep up do not create one every time. */
  #successor(known: GPUBuffer | undefined): number {
    return known ? Math.min(1.5 * known.size, this.#mostBytes) : 0;
  }

  get #mostBytes(): number {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    return Math.min(maxBufferSize, maxStorageBufferBindingSize);
  }

  #createBuffer(label: string, byteLength: number): GPUBuffer {
    const most = this.#mostBytes;
    if (byteLength > most) {
      throw new RangeError(`buffer ${label} needs ${byteLength} bytes; this device allows ${most}`);
    }
    const size = Math.max(4, Math.ceil(byteLength / 4) * 4);
    return this.device.createBuffer({ label, size, usage: KERNEL_BUFFER });
  }

  #refuse(error: GPUError | null): void {
    const message = error?.message ?? this.#uncaptured;
    this.#uncaptured = undefined;
    if (message !== undefined) {
      this.#bindGroups.clear();
      throw new Error(`the device refused the work: ${message}`);
    }
  }

  /**
   * The device's loss, if that is behind `error`: a failed call may well be heard of before the loss that
   * failed it.
   */
  async loss(error: unknown): Promise<DeviceLostError | undefined> {
    if (!this.#loss && !(error instanceof ShaderError)) {
      await new Promise((resolve) => setTimeout(resolve, LOSS_GRACE_MS));
    }
    return this.#loss;
  }

  /** The outcome of `work`, or the device's loss where that comes first. */
  async #orLost<T>(work: Promise<T>): Promise<T> {
    let abandon: (loss: DeviceLostError) => void = () => {};
    const loss = new Promise<never>((_, reject) => {
      abandon = reject;
    });
    this.#inFlight.add(abandon);
    try {
      return await Promise.race([work, loss]);
    } finally {
      this.#inFlight.delete(abandon);
    }
  }
}
