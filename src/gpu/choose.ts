import { isNode, openDawn } from './dawn';
import { type Probed, probeDawn } from './probe';

/** Which engine is wanted, and with how many threads. */
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
export function isWasm(adapter: Pick<GPUAdapter, 'info'>): boolean {
  return adapter.info.vendor === 'tardigrade';
}

/** A name for people: the device, else what is known of it. */
export function describeAdapter({ info }: Pick<GPUAdapter, 'info'>): string {
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

  const { powerPreference = 'high-performance' } = options;
  if (engine === 'auto' && !pageGpu()) {
    // What auto would refuse need not be loaded into this process.
    const probed = await probeDawn(powerPreference);
    const refusal = probed && refusalOf(probed);
    if (refusal) return openWasm(options, refusal);
  }
  const found = await findWebGpu(powerPreference);
  if (engine === 'webgpu') {
    if ('absence' in found) throw new Error(`WebGPU was asked for and cannot be had: ${found.absence}`);
    return { ...found, reason: 'WebGPU was asked for.' };
  }
  const refusal = refusalOf(found);
  if (refusal || 'absence' in found) return openWasm(options, refusal);
  return { ...found, reason: `A hardware WebGPU adapter was found: ${describeAdapter(found.adapter)}.` };
}

/** Why `auto` would not take what was found; empty if it would. */
function refusalOf(found: Probed): string {
  if ('absence' in found) return `There is no WebGPU here (${found.absence}).`;
  const name = describeAdapter(found.adapter);
  return found.adapter.info.isFallbackAdapter
    ? `The only WebGPU adapter, ${name}, is a software one; WebAssembly is faster.`
    : '';
}

function pageGpu(): GPU | undefined {
  return typeof navigator === 'undefined' ? undefined : (navigator.gpu as GPU | undefined);
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
  powerPreference: GPUPowerPreference,
): Promise<{ gpu: GPU; adapter: GPUAdapter } | { absence: string }> {
  let gpu = pageGpu();
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
