import { WasmBindGroup } from './bind-group';
import { addressesOf, boundRanges } from './bound-ranges';
import { WasmBuffer } from './buffer';
import { WasmComputePipeline } from './compute-pipeline';
import { demandCopySource } from './copy-ranges';
import type { WasmDevice } from './device';
import { demandUsable } from './device-object';
import type { Job } from './executor';
import { MAX_WORKGROUPS } from './limits';
import { brokenRule, demand } from './validation';

/** A dispatch that binds one group, the first. */
export interface ImmediateDispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly workgroups: readonly [x: number, y?: number, z?: number];
}

/** A range of a buffer to copy; offset and length in bytes, multiples of four. */
export interface ImmediateRead {
  readonly buffer: GPUBuffer;
  readonly byteOffset?: number;
  readonly byteLength: number;
}

/** What our queue offers beside the standard's methods, to those who submit small work often. */
export interface ImmediateQueue {
  /**
   * Runs dispatches on the calling thread and copies what they left, without a recording, a staging buffer or a promise.
   *
   * @returns the copies; undefined where the work is not expected to be done sooner than workers could answer, has to wait for
   *   other work, or breaks a rule: nothing has run then, and submitting it in the standard's way does or reports it. Undefined
   *   too where the device was lost meanwhile.
   */
  runNow(
    dispatches: readonly ImmediateDispatch[],
    reads: readonly ImmediateRead[],
  ): Uint32Array[] | undefined;
}

/** A pipeline and a bind group that suit each other. */
interface Pair {
  readonly pipeline: WasmComputePipeline;
  readonly buffers: readonly WasmBuffer[];
  readonly ranges: Job['ranges'];
}

/** Work that runs where it is asked for. */
export class Immediate {
  readonly #device: WasmDevice;
  /** By the bind group: pairs that were checked before, as neither ever changes. */
  readonly #pairs = new WeakMap<GPUBindGroup, Pair>();

  constructor(device: WasmDevice) {
    this.#device = device;
  }

  /** As {@link ImmediateQueue.runNow}, once nothing else is under way. */
  run(dispatches: readonly ImmediateDispatch[], reads: readonly ImmediateRead[]): Uint32Array[] | undefined {
    const device = this.#device;
    const jobs: Job[] = [];
    const broken = brokenRule(() => {
      for (const dispatch of dispatches) jobs.push(this.#job(dispatch));
      for (const read of reads) checkRead(device, read);
    });
    if (device.isLost || broken !== undefined || !device.executor.takesNow(jobs)) return undefined;
    for (const job of jobs) {
      device.executeHere(job);
      if (device.isLost) return undefined;
    }
    return reads.map(({ buffer, byteOffset = 0, byteLength }) =>
      new Uint32Array(
        device.memory.wasm.buffer,
        (buffer as WasmBuffer).address! + byteOffset,
        byteLength / 4,
      ).slice(),
    );
  }

  #job({ pipeline, group, workgroups: [x, y = 1, z = 1] }: ImmediateDispatch): Job {
    const pair = this.#pair(pipeline, group);
    for (const { obstacle } of pair.buffers) demand(obstacle === undefined, obstacle ?? '');
    const limit = this.#device.limits.maxComputeWorkgroupsPerDimension;
    const workgroups = [x, y, z] as const;
    for (const count of workgroups)
      demand(Number.isInteger(count) && count >= 0 && count <= limit, `${count} workgroups`);
    demand(x * y * z <= MAX_WORKGROUPS, `${x * y * z} workgroups`);
    return { kernel: pair.pipeline.kernel!, workgroups, ranges: pair.ranges };
  }

  #pair(pipeline: GPUComputePipeline, group: GPUBindGroup): Pair {
    const known = this.#pairs.get(group);
    if (known?.pipeline === pipeline) return known;
    const ours = demandUsable(pipeline, WasmComputePipeline, this.#device);
    const usable = demandUsable(group, WasmBindGroup, this.#device);
    demand(usable.dynamicRanges.length === 0, 'dynamic offsets are not given');
    const bound = boundRanges(ours, [{ group: usable, ranges: usable.ranges }]);
    const pair = {
      pipeline: ours,
      // What is bound and not read has to be there all the same.
      buffers: usable.ranges.map(({ buffer }) => buffer),
      ranges: addressesOf(bound),
    };
    this.#pairs.set(group, pair);
    return pair;
  }
}

function checkRead(device: WasmDevice, { buffer, byteOffset = 0, byteLength }: ImmediateRead): void {
  const source = demandUsable(buffer, WasmBuffer, device);
  demand(source.obstacle === undefined, source.obstacle ?? '');
  demandCopySource(source, byteOffset, byteLength);
}
