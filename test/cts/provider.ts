/** What the suite's runner loads as its GPU: `create` is the name that it asks for. */
import { createWasmGpu, wasmGpuGlobals } from '../../src/wasm-gpu';

/** @param flags `workers=N`, as given to the runner with `--gpu-provider-flag` */
export function create(flags: readonly string[]): GPU {
  Object.assign(globalThis, wasmGpuGlobals);
  const workers = flags.find((flag) => flag.startsWith('workers='))?.slice('workers='.length);
  return createWasmGpu(workers === undefined ? {} : { workers: Number(workers) });
}
