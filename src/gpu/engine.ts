import { type Choice, choose, describeAdapter, type EngineOptions, isWasm, openWasm } from './choose';
import { DeviceLostError, KernelTimeoutError } from './errors';
import type { Kernel, KernelSpec } from './kernels';
import { type Dispatch, Session } from './session';
import type { Read } from './staging';
import { turn } from './turn';

/** A GPU, or what stands in for one, with what every caller needs above the standard's interface. */
export interface Engine {
  readonly kind: 'webgpu' | 'wasm';
  /** Why this engine and no other, one sentence. */
  readonly reason: string;
  /** Its name for people, such as "WebAssembly, 2 workers". */
  readonly description: string;
  readonly limits: GPUSupportedLimits;
  /** Compiles a kernel, once for each code, entry point and constants. Throws `ShaderError`. */
  kernel(spec: KernelSpec): Promise<Kernel>;
  /**
   * A buffer of read-only data, uploaded once for each device and array object; the array must not change.
   */
  resident(label: string, data: Uint32Array): GPUBuffer;
  /**
   * The pooled buffer of that label, at least so many bytes: grown where needed, its content then lost, never
   * shrunk.
   */
  scratch(label: string, byteLength: number): GPUBuffer;
  /** Writes into a buffer before the next submit; the offset in bytes, a multiple of four. */
  write(buffer: GPUBuffer, data: Uint32Array | Int32Array | Float32Array, byteOffset?: number): void;
  /** Runs dispatches in order: one queue submit and one wait. Returns a copy of each read. */
  submit(
    dispatches: readonly Dispatch[],
    reads?: readonly Read[],
    options?: { signal?: AbortSignal },
  ): Promise<Uint32Array[]>;
  /**
   * Runs work that may be repeated: if the device is lost meanwhile, the engine opens another (WebAssembly
   * where the GPU does not come back), says so to its listeners, and runs the work again from the start.
   * Kernels and buffers belong to a device, so the work asks the engine for them.
   */
  replay<T>(work: () => Promise<T>): Promise<T>;
  /** Hears of device loss and of every change of engine, in sentences for people. Returns what stops it. */
  onNotice(listener: (message: string) => void): () => void;
  /** Releases the device and all its buffers. */
  close(): void;
}

/** A device that is lost so often within one piece of work is not tried again. */
const MAX_LOSSES = 3;

/** Submits done on the calling thread, one after another, leave its timers and signals waiting for this long and one submit more. */
const LONGEST_STRETCH_MS = 20;

/** Opens the best engine there is, or the one asked for. */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const choice = await choose(options);
  return new RecoveringEngine(options, choice, await openSession(choice.adapter));
}

async function openSession(adapter: GPUAdapter): Promise<Session> {
  const { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage } = adapter.limits;
  const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage };
  return new Session(await adapter.requestDevice({ requiredLimits }));
}

class RecoveringEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #listeners = new Set<(message: string) => void>();
  #choice: Choice;
  #session: Session;
  #reopening: Promise<void> | undefined;
  /** When this thread's timers last had their turn for certain. */
  #turnMs = performance.now();

  constructor(options: EngineOptions, choice: Choice, session: Session) {
    this.#options = options;
    this.#choice = choice;
    this.#session = session;
  }

  get kind(): 'webgpu' | 'wasm' {
    return isWasm(this.#choice.adapter) ? 'wasm' : 'webgpu';
  }

  get reason(): string {
    return this.#choice.reason;
  }

  get description(): string {
    return describeAdapter(this.#choice.adapter);
  }

  get limits(): GPUSupportedLimits {
    return this.#session.device.limits;
  }

  kernel(spec: KernelSpec): Promise<Kernel> {
    return this.#session.kernels.get(spec);
  }

  resident(label: string, data: Uint32Array): GPUBuffer {
    return this.#session.resident(label, data);
  }

  scratch(label: string, byteLength: number): GPUBuffer {
    return this.#session.scratch(label, byteLength);
  }

  write(buffer: GPUBuffer, data: Uint32Array | Int32Array | Float32Array, byteOffset?: number): void {
    this.#session.write(buffer, data, byteOffset);
  }

  async submit(
    dispatches: readonly Dispatch[],
    reads: readonly Read[] = [],
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<Uint32Array[]> {
    signal?.throwIfAborted();
    const results = await this.#session.submit(dispatches, reads);
    const nowMs = performance.now();
    if (nowMs - this.#turnMs > LONGEST_STRETCH_MS) {
      await turn();
      this.#turnMs = performance.now();
    }
    return results;
  }

  async replay<T>(work: () => Promise<T>): Promise<T> {
    for (let losses = 1; ; losses++) {
      const session = this.#session;
      try {
        return await work();
      } catch (error) {
        if (error instanceof KernelTimeoutError) {
          await this.#reopen(session, new DeviceLostError(error.message), false, false);
          throw error;
        }
        // Whatever the work threw, a lost device is the likelier cause: its buffers and kernels went with it.
        const loss = await session.loss(error);
        if (!loss || (losses >= MAX_LOSSES && this.kind === 'wasm')) throw error;
        await this.#reopen(session, loss, losses >= MAX_LOSSES);
      }
    }
  }

  onNotice(listener: (message: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#session.device.destroy();
  }

  /** Replaces a lost session; several pieces of work that lost the same one share the replacement. */
  async #reopen(lost: Session, loss: DeviceLostError, giveUpOnGpu: boolean, again = true): Promise<void> {
    if (this.#session !== lost) return;
    this.#reopening ??= this.#replace(loss, giveUpOnGpu, again).finally(() => {
      this.#reopening = undefined;
    });
    await this.#reopening;
  }

  async #replace(loss: DeviceLostError, giveUpOnGpu: boolean, again: boolean): Promise<void> {
    const before = this.description;
    const cause = giveUpOnGpu ? `was lost ${MAX_LOSSES} times, at last` : 'was lost';
    if (!giveUpOnGpu) {
      try {
        const adapter = await this.#choice.gpu.requestAdapter({
          powerPreference: this.#options.powerPreference ?? 'high-performance',
        });
        if (!adapter) throw new Error('no adapter was found');
        this.#session = await openSession(adapter);
        this.#choice = { ...this.#choice, adapter };
        const outcome = again ? 'another was opened and the work runs again' : 'another was opened';
        this.#notify(`The device ${before} ${cause} (${loss.message}); ${outcome}.`);
        return;
      } catch (error) {
        if (this.kind === 'wasm') throw error;
      }
    }
    const reason = `The device ${before} ${cause} (${loss.message}) and did not come back; WebAssembly goes on.`;
    const choice = await openWasm(this.#options, reason);
    this.#session = await openSession(choice.adapter);
    this.#choice = choice;
    this.#notify(reason);
  }

  #notify(message: string): void {
    for (const listener of this.#listeners) listener(message);
  }
}
