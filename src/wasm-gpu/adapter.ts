import { WasmDevice } from './device';
import { operationError } from './errors';
import { adapterLimits, deviceLimits, type SupportedLimits } from './limits';

export interface AdapterOptions {
  readonly workers: number;
  readonly maxMemoryBytes: number;
}

/** What textures and render pipelines would need beyond this is refused by name, as an error at its use. */
const FEATURES: ReadonlySet<string> = new Set(['core-features-and-limits']);

export class WasmAdapter implements GPUAdapter {
  declare readonly __brand: 'GPUAdapter';
  readonly isFallbackAdapter = false;
  readonly features = FEATURES as GPUSupportedFeatures;
  readonly limits: SupportedLimits;
  readonly info: GPUAdapterInfo;
  readonly #options: AdapterOptions;
  #consumed = false;

  constructor(options: AdapterOptions) {
    this.#options = options;
    this.limits = adapterLimits(options.maxMemoryBytes) as SupportedLimits;
    const { workers } = options;
    this.info = {
      vendor: 'tardigrade',
      architecture: 'wasm',
      device: '',
      description: `WebAssembly, ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
      isFallbackAdapter: false,
      // The standard's values for an adapter without subgroups.
      subgroupMinSize: 4,
      subgroupMaxSize: 128,
    } as GPUAdapterInfo;
  }

  /**
   * @throws TypeError (rejection) for a feature that we lack
   * @throws OperationError (rejection) for a limit that we lack, a second device, or no memory
   */
  async requestDevice(descriptor: GPUDeviceDescriptor = {}): Promise<WasmDevice> {
    for (const feature of descriptor.requiredFeatures ?? [])
      if (!FEATURES.has(feature)) throw new TypeError(`requestDevice: feature "${feature}" is not supported`);
    const required = descriptor.requiredLimits as Record<string, number | undefined> | undefined;
    const limits = deviceLimits(this.limits, required);
    if (this.#consumed) throw operationError('requestDevice: this adapter has given its device already');
    this.#consumed = true;
    try {
      return new WasmDevice(
        { ...this.#options, limits, features: FEATURES, adapterInfo: this.info },
        descriptor,
      );
    } catch (error) {
      throw operationError(`requestDevice: no device can be made: ${error}`);
    }
  }
}
