import type { CompiledKernel } from '../wgsl';

export type RunRange = (params: number, firstWorkgroup: number, endWorkgroup: number) => void;

let kernelCount = 0;

/** A compiled entry point, ready to run on this thread or on workers. */
export class Kernel {
  /** Names the kernel between the host and its workers. */
  readonly id = ++kernelCount;
  readonly info: CompiledKernel;
  readonly module: WebAssembly.Module;
  /** How long a workgroup last took, in milliseconds; undefined until a dispatch has been timed. */
  workgroupMs: number | undefined;
  #run: RunRange | undefined;

  constructor(info: CompiledKernel, module: WebAssembly.Module) {
    this.info = info;
    this.module = module;
  }

  /** Bytes of a parameter block, as the calling convention of `src/wgsl` lays it out. */
  get paramsBytes(): number {
    return 4 * (4 + 2 * this.info.bindings.length);
  }

  /** The kernel's function on this thread. */
  run(memory: WebAssembly.Memory): RunRange {
    this.#run ??= new WebAssembly.Instance(this.module, { env: { memory } }).exports.run as RunRange;
    return this.#run;
  }
}
