import { type BoundRange, offsetAlignment, WasmBindGroup } from './bind-group';
import { boundRanges, type SetGroup } from './bound-ranges';
import { WasmBuffer } from './buffer';
import type { WasmCommandEncoder } from './command-encoder';
import type { DispatchCommand } from './commands';
import { WasmComputePipeline } from './compute-pipeline';
import { BufferUsage } from './constants';
import { demandUsable } from './device-object';
import { Encoder } from './encoder';
import { demand, enforceRange, MAX_U32 } from './validation';

export class WasmComputePass extends Encoder implements GPUComputePassEncoder {
  declare readonly __brand: 'GPUComputePassEncoder';
  readonly #parent: WasmCommandEncoder;
  #pipeline: WasmComputePipeline | undefined;
  readonly #groups: (SetGroup | undefined)[] = [];

  constructor(parent: WasmCommandEncoder, label?: string) {
    super(parent.device, label);
    this.#parent = parent;
  }

  setPipeline(pipeline: GPUComputePipeline): undefined {
    this.record('setPipeline', () => {
      this.#pipeline = demandUsable(pipeline, WasmComputePipeline, this.device);
    });
  }

  setBindGroup(
    index: number,
    group: GPUBindGroup | null | undefined,
    dynamicOffsets: Iterable<number> = [],
    start = 0,
    length?: number,
  ): undefined {
    const all = [...dynamicOffsets];
    const count = length ?? all.length - start;
    if (start < 0 || count < 0 || start + count > all.length)
      throw new RangeError(`dynamic offsets ${start}..${start + count} of ${all.length} do not exist`);
    const offsets = all.slice(start, start + count);
    this.record('setBindGroup', () => {
      const { maxBindGroups } = this.device.limits;
      demand(index < maxBindGroups, `index ${index} is not below maxBindGroups ${maxBindGroups}`);
      if (!group) {
        demand(offsets.length === 0, 'dynamic offsets are given without a bind group');
        this.#groups[index] = undefined;
        return;
      }
      const usable = demandUsable(group, WasmBindGroup, this.device);
      for (const { buffer } of usable.ranges) this.#parent.use(buffer);
      this.#groups[index] = { group: usable, ranges: withOffsets(usable, offsets) };
    });
  }

  dispatchWorkgroups(x: number, y = 1, z = 1): undefined {
    const counts = [x, y, z].map((count) => enforceRange(count, 'workgroup count', MAX_U32));
    this.record('dispatchWorkgroups', () => {
      const limit = this.device.limits.maxComputeWorkgroupsPerDimension;
      for (const count of counts)
        demand(count <= limit, `${count} workgroups are above maxComputeWorkgroupsPerDimension ${limit}`);
      this.#dispatch(counts as [number, number, number]);
    });
  }

  dispatchWorkgroupsIndirect(indirectBuffer: GPUBuffer, indirectOffset: number): undefined {
    const offset = enforceRange(indirectOffset, 'indirectOffset');
    this.record('dispatchWorkgroupsIndirect', () => {
      const buffer = demandUsable(indirectBuffer, WasmBuffer, this.device);
      demand((buffer.usage & BufferUsage.INDIRECT) !== 0, `buffer "${buffer.label}" lacks usage INDIRECT`);
      demand(offset % 4 === 0, `offset ${offset} is not a multiple of 4`);
      demand(offset + 12 <= buffer.size, `offset ${offset} leaves no 12 bytes in buffer "${buffer.label}"`);
      this.#parent.use(buffer);
      this.#dispatch({ buffer, offset });
    });
  }

  setImmediates(): undefined {
    this.record('setImmediates', () => demand(false, 'immediates are not supported'));
  }

  end(): undefined {
    this.record('end', () => this.demandClosedGroups());
    if (this.ended) return;
    this.ended = true;
    this.#parent.passEnded(this);
  }

  #dispatch(workgroups: DispatchCommand['workgroups']): void {
    const indirect = 'buffer' in workgroups ? workgroups.buffer : undefined;
    const ranges = boundRanges(this.#pipeline, this.#groups, indirect);
    this.#parent.append({ kind: 'dispatch', pipeline: this.#pipeline!, ranges, workgroups });
  }
}

/** The ranges of a group moved by its dynamic offsets. @throws RuleBroken */
function withOffsets(group: WasmBindGroup, offsets: readonly number[]): readonly BoundRange[] {
  const dynamic = group.dynamicRanges;
  demand(
    offsets.length === dynamic.length,
    `${offsets.length} dynamic offsets are given for ${dynamic.length} dynamic bindings`,
  );
  if (dynamic.length === 0) return group.ranges;
  return group.ranges.map((range) => {
    const moved = dynamic.indexOf(range);
    if (moved < 0) return range;
    const alignment = offsetAlignment(group.device, range.entry);
    const offset = range.offset + offsets[moved];
    const at = `dynamic offset ${offsets[moved]} of binding ${range.entry.binding}`;
    demand(offsets[moved] % alignment === 0, `${at} is not a multiple of ${alignment}`);
    demand(
      offset + range.size <= range.buffer.size,
      `${at} moves the range outside buffer "${range.buffer.label}"`,
    );
    return { ...range, offset };
  });
}
