import { isNode, openDawn } from './dawn';

export interface EngineOptions {
  /** A GPU to use instead of looking for one: any object with the standard's interface. */
  readonly gpu?: GPU;
  /** `auto`: a hardware WebGPU adapter if there is one, else WebAssembly. The others are taken or refused. */
  readonly engine?: 'auto' | 'webgpu' | 'wasm';
  /** Worker threads of the WebAssembly engine; 0 computes on the calling thread. */
  readonly workers?: number;
  readonly powerPreference?: GPUPowerPreference;
}

/** An adapter, where it came from, and why this one, in a sentence. */
export interface Choice {
  readonly gpu: GPU;
  readonly adapter: GPUAdapter;
  readonly reason: string;
}

/** Whether the adapter is our own WebAssembly engine. */
export function isWasm(adapter: GPUAdapter): boolean {
  return adapter.info.vendor === 'tardigrade';
}

/** A name for people: the device, else what is known of it. */
export function describeAdapter({ info }: GPUAdapter): string {
  const name = info.description || info.device || 'unnamed adapter';
  const maker = [info.vendor, info.architecture].filter(Boolean).join(' ');
  return info.vendor === 'tardigrade' || !maker ? name : `${name} (${maker})`;
}

/** Chooses an adapter. Never in silence: the reason says what was found and why it was taken or not. */
export async function choose(options: EngineOptions): Promise<Choice> {
  const { engine = 'auto' } = options;
  if (options.gpu) {
    const adapter = await options.gpu.requestAdapter({ powerPreference: options.powerPreference });
    if (!adapter) throw new Error('the GPU object that was given has no adapter');
    return { gpu: options.gpu, adapter, reason: 'The caller chose this GPU.' };
  }
  if (engine === 'wasm') return openWasm(options, 'WebAssembly was asked for.');

  const found = await findWebGpu(options.powerPreference);
  if (engine === 'webgpu') {
    if ('absence' in found) throw new Error(`WebGPU was asked for and cannot be had: ${found.absence}`);
    return { ...found, reason: 'WebGPU was asked for.' };
  }
  if ('absence' in found) return openWasm(options, `There is no WebGPU here (${found.absence}).`);
  const name = describeAdapter(found.adapter);
  if (found.adapter.info.isFallbackAdapter) {
    return openWasm(options, `The only WebGPU adapter, ${name}, is a software one; WebAssembly is faster.`);
  }
  return { ...found, reason: `A hardware WebGPU adapter was found: ${name}.` };
}

/** Our own engine. Loaded when needed: who has a GPU need not load a compiler. */
export async function openWasm({ workers }: EngineOptions, reason: string): Promise<Choice> {
  const { createWasmGpu } = await import('../wasm-gpu');
  const gpu = createWasmGpu({ workers });
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('WebAssembly cannot be had: this host does not allow it');
  return { gpu, adapter, reason };
}

async function findWebGpu(
  powerPreference: GPUPowerPreference = 'high-performance',
): Promise<{ gpu: GPU; adapter: GPUAdapter } | { absence: string }> {
  const own = typeof navigator === 'undefined' ? undefined : (navigator.gpu as GPU | undefined);
  let gpu = own;
  if (!gpu && isNode()) {
    try {
      gpu = await openDawn();
    } catch (error) {
      return { absence: `Dawn could not be loaded: ${error instanceof Error ? error.message : error}` };
    }
  }
  if (!gpu) return { absence: 'this browser does not offer it' };
  const adapter = await gpu.requestAdapter({ powerPreference });
  return adapter ? { gpu, adapter } : { absence: 'no adapter was found' };
}
