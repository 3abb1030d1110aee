import type { CompiledKernel } from '../wgsl';

export type RunRange = (params: number, firstWorkgroup: number, endWorkgroup: number) => void;

/** A kernel on the calling thread ran longer than its pipeline allows. */
export class TimeLimitExceeded extends Error {}

let kernelCount = 0;

/** A compiled entry point, ready to run on this thread or on workers. */
export class Kernel {
  /** Names the kernel between the host and its workers. */
  readonly id = ++kernelCount;
  readonly info: CompiledKernel;
  readonly module: WebAssembly.Module;
  /** How long a workgroup last took, in milliseconds; undefined until a dispatch has been timed. */
  workgroupMs: number | undefined;
  readonly #timeLimitMs: number;
  #run: RunRange | undefined;
  #startedMs = 0;

  constructor(info: CompiledKernel, module: WebAssembly.Module, timeLimitMs = Number.POSITIVE_INFINITY) {
    this.info = info;
    this.module = module;
    this.#timeLimitMs = timeLimitMs;
  }

  /** Bytes of a parameter block, as the calling convention of `src/wgsl` lays it out. */
  get paramsBytes(): number {
    return 4 * (4 + 2 * this.info.bindings.length);
  }

  /**
   * Runs a range of workgroups on this thread. Returns how long it took, in milliseconds.
   * @throws TimeLimitExceeded in the middle of it
   */
  run(memory: WebAssembly.Memory, ...range: Parameters<RunRange>): number {
    this.#run ??= this.#instantiate(memory);
    this.#startedMs = performance.now();
    this.#run(...range);
    return performance.now() - this.#startedMs;
  }

  #instantiate(memory: WebAssembly.Memory): RunRange {
    const tick = (): void => {
      if (performance.now() - this.#startedMs > this.#timeLimitMs)
        throw new TimeLimitExceeded(`a kernel ran longer than ${this.#timeLimitMs} ms`);
    };
    return new WebAssembly.Instance(this.module, { env: { memory, tick } }).exports.run as RunRange;
  }
}
