import { ShaderError } from './errors';

/** A compute shader to be had as a kernel. `constants` set the shader's overrides by name. */
export interface KernelSpec {
  readonly label: string;
  readonly code: string;
  readonly entryPoint: string;
  readonly constants?: Readonly<Record<string, number>>;
  /** A dispatch that takes longer is stopped, and `submit` rejects with `KernelTimeoutError`. */
  readonly timeLimitMs?: number;
}

/** A compiled kernel, bound to the device that compiled it. */
export interface Kernel {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly timeLimitMs?: number;
}

/**
 * The kernels of one device, by code, entry point and constants; a build in flight is shared, a failed one
 * forgotten.
 */
export class KernelCache {
  readonly #device: GPUDevice;
  /** By code, and then by the rest: looking up a text that was looked up before costs nothing, hashing it anew does. */
  readonly #kernels = new Map<string, Map<string, Promise<Kernel>>>();
  /** Specs are kept and asked for again, which then costs next to nothing. */
  readonly #bySpec = new WeakMap<KernelSpec, Promise<Kernel>>();
  readonly #built = new WeakSet<Kernel>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  get(spec: KernelSpec): Promise<Kernel> {
    const known = this.#bySpec.get(spec);
    if (known) return known;
    const kernel = this.#find(spec);
    this.#bySpec.set(spec, kernel);
    kernel.catch(() => this.#bySpec.delete(spec));
    return kernel;
  }

  #find(spec: KernelSpec): Promise<Kernel> {
    const constants = Object.entries(spec.constants ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([spec.entryPoint, constants, spec.timeLimitMs]);
    const ofCode = this.#kernels.get(spec.code) ?? new Map<string, Promise<Kernel>>();
    const known = ofCode.get(key);
    if (known) return known;
    const building = this.#build(spec);
    this.#kernels.set(spec.code, ofCode.set(key, building));
    building.catch(() => ofCode.delete(key));
    return building;
  }

  /** Whether the kernel was built by this cache's device. */
  owns(kernel: Kernel): boolean {
    return this.#built.has(kernel);
  }

  async #build({ label, code, entryPoint, constants, timeLimitMs }: KernelSpec): Promise<Kernel> {
    const device = this.#device;
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ label, code });
    const descriptor = {
      label,
      layout: 'auto',
      compute: { module, entryPoint, constants: { ...constants } },
      // Read by our own GPU alone.
      timeLimitMs,
    } as const;
    const building = device.createComputePipelineAsync(descriptor);
    // Both are awaited whatever happens: an unobserved rejection would end the process.
    const [built, scope] = await Promise.allSettled([building, device.popErrorScope()]);
    const invalid = scope.status === 'fulfilled' ? scope.value?.message : undefined;
    if (built.status === 'rejected' || invalid !== undefined) {
      const { messages } = await module.getCompilationInfo();
      const errors = messages
        .filter(({ type }) => type === 'error')
        .map(({ lineNum, linePos, message }) => ({ line: lineNum, column: linePos, message }));
      throw new ShaderError(label, code, errors, invalid ?? String((built as PromiseRejectedResult).reason));
    }
    const kernel = { label, pipeline: built.value, timeLimitMs };
    this.#built.add(kernel);
    return kernel;
  }
}
