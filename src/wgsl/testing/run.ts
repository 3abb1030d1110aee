import { compileKernel, parseModule } from '../index';

/** Buffers by "group.binding". */
export type Buffers = Record<string, ArrayBufferView>;

/** Compiles and runs a kernel on one thread; the buffers are written back in place. */
export function runKernel(
  source: string,
  buffers: Buffers,
  options: {
    workgroups?: [number, number, number];
    constants?: Record<string, number>;
    sharedMemory?: boolean;
    entryPoint?: string;
  } = {},
): void {
  const { workgroups = [1, 1, 1], constants, sharedMemory = false, entryPoint } = options;
  const kernel = compileKernel(parseModule(source), entryPoint, { constants, sharedMemory });
  const sizes = kernel.bindings.map(({ group, binding }) => buffers[`${group}.${binding}`].byteLength);
  const align = (n: number) => Math.ceil(n / 256) * 256;
  const bytes = 1024 + align(kernel.scratchBytes) + sizes.reduce((sum, size) => sum + align(size), 0);
  const pages = Math.ceil(bytes / 65536);
  const memory = sharedMemory
    ? new WebAssembly.Memory({ initial: pages, maximum: 65536, shared: true })
    : new WebAssembly.Memory({ initial: pages });
  const view = new DataView(memory.buffer);
  const all = new Uint8Array(memory.buffer);
  all.subarray(1024, 1024 + kernel.scratchBytes).fill(0xa5); // the caller promises no zeros there
  workgroups.forEach((count, axis) => view.setUint32(4 * axis, count, true));
  view.setUint32(12, 1024, true);
  let at = 1024 + align(kernel.scratchBytes);
  const offsets = kernel.bindings.map(({ group, binding }, i) => {
    const data = buffers[`${group}.${binding}`];
    all.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    view.setUint32(16 + 8 * i, at, true);
    view.setUint32(20 + 8 * i, sizes[i], true);
    at += align(sizes[i]);
    return at - align(sizes[i]);
  });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(kernel.wasm as BufferSource), {
    env: { memory },
  });
  const run = instance.exports.run as (params: number, first: number, end: number) => void;
  run(0, 0, workgroups[0] * workgroups[1] * workgroups[2]);
  kernel.bindings.forEach(({ group, binding }, i) => {
    const data = buffers[`${group}.${binding}`];
    const target = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    target.set(new Uint8Array(memory.buffer, offsets[i], sizes[i]));
  });
}

/** Runs statements as the body of a kernel that writes `out: array<u32>`. @returns what `out` holds */
export function runBody(
  body: string,
  count: number,
  module = '',
  options: { sharedMemory?: boolean } = {},
): Uint32Array {
  const out = new Uint32Array(count);
  const source = `${module}
@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@compute @workgroup_size(1) fn main() { ${body} }`;
  runKernel(source, { '0.0': out }, options);
  return out;
}
