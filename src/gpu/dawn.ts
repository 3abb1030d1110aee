/**
 * The one place that opens Dawn, Chromium's WebGPU, in Node. The package is loaded when asked for and by a
 * name that bundlers do not follow, so everything else stays safe for browsers.
 */

const PACKAGE = 'webgpu';

/**
 * Dawn's instances, kept for the life of the process: when the object that `create()` returned is collected,
 * the native instance is destroyed under its live devices, and the process crashes.
 */
const instances: GPU[] = [];

/** Whether this process can load Dawn at all. */
export function isNode(): boolean {
  return typeof process !== 'undefined' && typeof process.versions?.node === 'string';
}

/**
 * Opens Dawn. `flags` are its own, such as `backend=null`. Throws where the native module cannot be loaded;
 * that an adapter is to be had shows only at `requestAdapter`.
 */
export async function openDawn(flags: readonly string[] = []): Promise<GPU> {
  const dawn = (await import(/* @vite-ignore */ PACKAGE)) as { create(flags: string[]): GPU };
  const gpu = dawn.create([...flags]);
  instances.push(gpu);
  return gpu;
}
