import { openDawn } from '../src/gpu';

/** Dawn, offering only its software adapter; or why there is none. */
export async function softwareGpu(): Promise<{ gpu: GPU } | { absence: string }> {
  let dawn: GPU;
  try {
    dawn = await openDawn();
  } catch (error) {
    return { absence: `Dawn could not be loaded: ${error instanceof Error ? error.message : error}` };
  }
  const software = (options: GPURequestAdapterOptions = {}) =>
    dawn.requestAdapter({ ...options, forceFallbackAdapter: true });
  if (!(await software())) return { absence: 'there is no software WebGPU adapter' };
  return { gpu: { requestAdapter: software } as GPU };
}
