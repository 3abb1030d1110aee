import { bindGroupContents, WasmBindGroup } from './bind-group';
import { checkLayoutEntries, layoutEntries, WasmBindGroupLayout } from './bind-group-layout';
import { checkBufferDescriptor, WasmBuffer } from './buffer';
import { WasmCommandEncoder } from './command-encoder';
import { WasmComputePipeline, type WasmComputePipelineDescriptor } from './compute-pipeline';
import { ErrorScopes } from './error-scopes';
import { PipelineError } from './errors';
import { Executor, type Job } from './executor';
import { Kernel, TimeLimitExceeded } from './kernel';
import type { Limits, SupportedLimits } from './limits';
import { DeviceMemory, OutOfMemory } from './memory';
import { pipelineLayoutGroups, WasmPipelineLayout } from './pipeline-layout';
import { WasmQueue } from './queue';
import { refusedObject, refusedRenderBundleMethods, refusedRenderPipeline, refusedTexture } from './refused';
import { describe, WasmShaderModule } from './shader-module';
import { brokenRule, demand } from './validation';
import { WorkerPool } from './worker-pool';

export interface DeviceOptions {
  readonly limits: Limits;
  readonly features: ReadonlySet<string>;
  readonly adapterInfo: GPUAdapterInfo;
  /** Worker threads; 0 runs everything on the calling thread, in unshared memory. */
  readonly workers: number;
  readonly maxMemoryBytes: number;
}

export class WasmDevice extends EventTarget implements GPUDevice {
  declare readonly __brand: 'GPUDevice';
  label: string;
  readonly limits: SupportedLimits;
  readonly features: GPUSupportedFeatures;
  readonly adapterInfo: GPUAdapterInfo;
  readonly queue: WasmQueue;
  readonly lost: Promise<GPUDeviceLostInfo>;
  readonly sharesMemory: boolean;
  readonly memory: DeviceMemory;
  readonly executor: Executor;
  readonly mappedBuffers = new Set<WasmBuffer>();
  isLost = false;
  readonly #pool: WorkerPool | undefined;
  readonly #scopes = new ErrorScopes(this);
  readonly #collectedBuffers = new FinalizationRegistry<number>((address) => this.memory.release(address));
  #tellLost: (info: GPUDeviceLostInfo) => void = () => {};
  #onuncapturederror: ((event: Event) => unknown) | null = null;

  /** @throws RangeError when no memory can be reserved */
  constructor(options: DeviceOptions, descriptor: GPUDeviceDescriptor = {}) {
    super();
    this.label = descriptor.label ?? '';
    this.limits = options.limits as SupportedLimits;
    this.features = options.features as GPUSupportedFeatures;
    this.adapterInfo = options.adapterInfo;
    this.sharesMemory = options.workers > 0;
    this.memory = new DeviceMemory(this.sharesMemory, options.maxMemoryBytes);
    if (options.workers > 0)
      this.#pool = new WorkerPool(options.workers, this.memory.wasm, (message) =>
        this.#lose('unknown', message),
      );
    this.executor = new Executor(this.memory, this.#pool);
    this.queue = new WasmQueue(this, descriptor.defaultQueue?.label);
    this.lost = new Promise((resolve) => {
      this.#tellLost = resolve;
    });
  }

  // An event handler attribute is a listener that keeps its place when it is replaced.
  get onuncapturederror(): ((event: Event) => unknown) | null {
    return this.#onuncapturederror;
  }
  set onuncapturederror(handler: ((event: Event) => unknown) | null) {
    if (this.#onuncapturederror) this.removeEventListener('uncapturederror', this.#onuncapturederror);
    this.#onuncapturederror = handler;
    if (handler) this.addEventListener('uncapturederror', handler);
  }

  pushErrorScope(filter: GPUErrorFilter): undefined {
    this.#scopes.push(filter);
  }

  async popErrorScope(): Promise<GPUError | null> {
    const error = this.#scopes.pop();
    return this.isLost ? null : error;
  }

  /** Reports an error to the innermost scope that wants it. A lost device reports nothing any more. */
  report(kind: GPUErrorFilter, message: string): void {
    if (!this.isLost) this.#scopes.report(kind, message);
  }

  /** Whether `check` breaks no rule; the rule that it breaks is reported as a validation error. */
  attempt(what: string, check: () => void): boolean {
    const broken = brokenRule(check);
    if (broken !== undefined) this.report('validation', `${what}: ${broken}`);
    return broken === undefined;
  }

  /** Reports that `what` needs something that this implementation lacks. */
  refuse(what: string, lacking: string): undefined {
    this.report('validation', `${what}: ${lacking} are not supported (compute with buffers only)`);
  }

  /** Runs a job; what goes wrong is reported, or the device is lost. */
  execute(job: Job): Promise<void> | undefined {
    try {
      return this.executor.run(job)?.catch((error) => this.#failed(error));
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  /** As `execute`, on the calling thread. */
  executeHere(job: Job): void {
    try {
      this.executor.runHere(job);
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (error instanceof OutOfMemory) this.report('out-of-memory', error.message);
    else if (error instanceof TimeLimitExceeded) this.#lose('unknown', error.message);
    else this.#lose('unknown', `a kernel trapped: ${error}`);
  }

  destroy(): undefined {
    for (const buffer of [...this.mappedBuffers]) buffer.unmap();
    this.#lose('destroyed', 'the device was destroyed');
  }

  #lose(reason: GPUDeviceLostReason, message: string): void {
    if (this.isLost) return;
    this.isLost = true;
    this.#pool?.close();
    this.queue.abandon();
    this.#tellLost({ reason, message } as GPUDeviceLostInfo);
  }

  createBuffer(descriptor: GPUBufferDescriptor): WasmBuffer {
    const buffer = new WasmBuffer(this, descriptor);
    if (descriptor.mappedAtCreation && buffer.size % 4 !== 0)
      throw new RangeError(`createBuffer: mappedAtCreation needs a multiple of 4 bytes, not ${buffer.size}`);
    // An invalid buffer can be mapped too, but not one that no array could stand for.
    if (descriptor.mappedAtCreation && buffer.size > this.memory.capacityBytes)
      throw new RangeError(`createBuffer: ${buffer.size} bytes cannot be mapped at creation`);
    buffer.valid = this.attempt(`createBuffer "${buffer.label}"`, () =>
      checkBufferDescriptor(buffer, this.limits.maxBufferSize),
    );
    if (buffer.valid && !this.isLost) this.#allocate(buffer);
    if (descriptor.mappedAtCreation) buffer.mapAtCreation();
    return buffer;
  }

  #allocate(buffer: WasmBuffer): void {
    buffer.address = this.memory.allocate(buffer.size);
    if (buffer.address === undefined) {
      buffer.valid = false;
      this.report('out-of-memory', `createBuffer "${buffer.label}": no memory for ${buffer.size} bytes`);
    } else {
      this.#collectedBuffers.register(buffer, buffer.address, buffer);
    }
  }

  /** Gives a buffer's memory back once the commands submitted so far are done with it. */
  releaseBuffer(buffer: WasmBuffer): void {
    if (buffer.destroyed) return;
    buffer.destroyed = true;
    const { address } = buffer;
    if (address === undefined) return;
    this.#collectedBuffers.unregister(buffer);
    this.queue.afterSubmitted(() => this.memory.release(address));
  }

  createBindGroupLayout(descriptor: GPUBindGroupLayoutDescriptor): WasmBindGroupLayout {
    let entries: ReturnType<typeof layoutEntries> = [];
    const valid = this.attempt('createBindGroupLayout', () => {
      entries = layoutEntries(descriptor);
      checkLayoutEntries(entries, this.limits);
    });
    const layout = new WasmBindGroupLayout(this, descriptor.label, entries);
    layout.valid = valid;
    return layout;
  }

  createPipelineLayout(descriptor: GPUPipelineLayoutDescriptor): WasmPipelineLayout {
    let groups: ReturnType<typeof pipelineLayoutGroups> = [];
    const valid = this.attempt('createPipelineLayout', () => {
      groups = pipelineLayoutGroups(this, descriptor);
    });
    const layout = new WasmPipelineLayout(this, descriptor.label, groups);
    layout.valid = valid;
    return layout;
  }

  createBindGroup(descriptor: GPUBindGroupDescriptor): WasmBindGroup {
    let contents: Partial<ReturnType<typeof bindGroupContents>> = {};
    const valid = this.attempt(`createBindGroup "${descriptor.label ?? ''}"`, () => {
      contents = bindGroupContents(this, descriptor);
    });
    const group = new WasmBindGroup(this, descriptor.label, contents.layout, contents.ranges ?? []);
    group.valid = valid;
    return group;
  }

  createShaderModule(descriptor: GPUShaderModuleDescriptor): WasmShaderModule {
    const module = new WasmShaderModule(this, descriptor);
    this.attempt('createShaderModule', () => demand(module.valid, () => describe(module.errors)));
    return module;
  }

  createComputePipeline(descriptor: WasmComputePipelineDescriptor): WasmComputePipeline {
    const pipeline = new WasmComputePipeline(this, descriptor.label);
    pipeline.valid = this.attempt('createComputePipeline', () => {
      const info = pipeline.build(descriptor);
      pipeline.kernel = new Kernel(
        info,
        new WebAssembly.Module(info.wasm as BufferSource),
        descriptor.timeLimitMs,
      );
    });
    return pipeline;
  }

  async createComputePipelineAsync(descriptor: WasmComputePipelineDescriptor): Promise<WasmComputePipeline> {
    const pipeline = new WasmComputePipeline(this, descriptor.label);
    let info: ReturnType<WasmComputePipeline['build']> | undefined;
    const broken = brokenRule(() => {
      info = pipeline.build(descriptor);
    });
    pipeline.valid = broken === undefined;
    if (info)
      pipeline.kernel = new Kernel(
        info,
        await WebAssembly.compile(info.wasm as BufferSource),
        descriptor.timeLimitMs,
      );
    if (broken !== undefined && !this.isLost)
      throw new PipelineError(`createComputePipelineAsync: ${broken}`, { reason: 'validation' });
    return pipeline;
  }

  createCommandEncoder(descriptor: GPUCommandEncoderDescriptor = {}): WasmCommandEncoder {
    return new WasmCommandEncoder(this, descriptor.label);
  }

  createTexture(descriptor: GPUTextureDescriptor): GPUTexture {
    this.refuse('createTexture', 'textures');
    return refusedTexture(descriptor.label);
  }

  importExternalTexture(descriptor: GPUExternalTextureDescriptor): GPUExternalTexture {
    this.refuse('importExternalTexture', 'external textures');
    return refusedObject<GPUExternalTexture>([], descriptor.label);
  }

  createSampler(descriptor: GPUSamplerDescriptor = {}): GPUSampler {
    this.refuse('createSampler', 'samplers');
    return refusedObject<GPUSampler>([], descriptor.label);
  }

  createRenderPipeline(descriptor: GPURenderPipelineDescriptor): GPURenderPipeline {
    this.refuse('createRenderPipeline', 'render pipelines');
    return refusedRenderPipeline(descriptor.label);
  }

  async createRenderPipelineAsync(_descriptor: GPURenderPipelineDescriptor): Promise<GPURenderPipeline> {
    const message =
      'createRenderPipelineAsync: render pipelines are not supported (compute with buffers only)';
    throw new PipelineError(message, { reason: 'internal' });
  }

  createRenderBundleEncoder(descriptor: GPURenderBundleEncoderDescriptor): GPURenderBundleEncoder {
    this.refuse('createRenderBundleEncoder', 'render bundles');
    return refusedObject<GPURenderBundleEncoder>(refusedRenderBundleMethods, descriptor.label);
  }

  createQuerySet(descriptor: GPUQuerySetDescriptor): GPUQuerySet {
    this.refuse('createQuerySet', 'query sets');
    return refusedObject<GPUQuerySet>(['destroy'], descriptor.label);
  }
}
