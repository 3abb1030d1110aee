import { WasmAdapter } from './adapter';
import { canShareMemory } from './memory';

/** How our GPU computes. */
export interface WasmGpuOptions {
  /**
   * Worker threads a device starts; 0 runs every dispatch on the calling thread. Default: one for each processor, and 0
   * where memory cannot be shared (a page that is not cross-origin isolated).
   */
  workers?: number;
  /** What a device's memory may grow to, in bytes. Default and maximum: 4 GiB. */
  maxMemoryBytes?: number;
}

/** What the compiler does of the language beyond its core. */
const LANGUAGE_FEATURES: ReadonlySet<string> = new Set([
  'packed_4x8_integer_dot_product',
  'pointer_composite_access',
  'unrestricted_pointer_parameters',
]);

export class WasmGpu implements GPU {
  declare readonly __brand: 'GPU';
  readonly wgslLanguageFeatures = LANGUAGE_FEATURES as WGSLLanguageFeatures;
  readonly #workers: number;
  readonly #maxMemoryBytes: number;

  constructor({ workers = processors(), maxMemoryBytes = 2 ** 32 }: WasmGpuOptions) {
    if (!Number.isInteger(workers) || workers < 0)
      throw new RangeError(`workers must be 0, 1, 2, ... not ${workers}`);
    this.#workers = canShareMemory() ? workers : 0;
    this.#maxMemoryBytes = maxMemoryBytes;
  }

  async requestAdapter(
    options: GPURequestAdapterOptions & { featureLevel?: string } = {},
  ): Promise<WasmAdapter | null> {
    const { featureLevel = 'core', forceFallbackAdapter = false } = options;
    if (forceFallbackAdapter || (featureLevel !== 'core' && featureLevel !== 'compatibility')) return null;
    return new WasmAdapter({ workers: this.#workers, maxMemoryBytes: this.#maxMemoryBytes });
  }

  getPreferredCanvasFormat(): GPUTextureFormat {
    return 'bgra8unorm';
  }
}

function processors(): number {
  const os = globalThis.process?.getBuiltinModule?.('node:os');
  return os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}
