import type { BoundRange, WasmBindGroup } from './bind-group';
import type { WasmBuffer } from './buffer';
import type { WasmComputePipeline } from './compute-pipeline';
import type { Job } from './executor';
import { checkUsageScope } from './usage-scope';
import { demand } from './validation';

/** A bind group as set, dynamic offsets added. */
export interface SetGroup {
  readonly group: WasmBindGroup;
  readonly ranges: readonly BoundRange[];
}

/**
 * What a dispatch binds, in the order of its kernel's bindings.
 *
 * @param groups by their index
 * @param indirect the buffer that the dispatch reads its size from
 * @throws RuleBroken where the groups do not suit the pipeline, or each other
 */
export function boundRanges(
  pipeline: WasmComputePipeline | undefined,
  groups: readonly (SetGroup | undefined)[],
  indirect?: WasmBuffer,
): readonly BoundRange[] {
  demand(pipeline?.kernel !== undefined && pipeline.layout !== undefined, 'no pipeline is set');
  const bound = pipeline.layout.groups.flatMap((layout, index) => {
    const set = groups[index];
    // An empty layout counts as none: whatever is set there is as good as nothing.
    if (!layout || layout.entries.length === 0) return [];
    demand(set !== undefined, `the pipeline needs a bind group ${index}, and none is set`);
    demand(
      set.group.layout !== undefined && layout.matches(set.group.layout),
      `bind group ${index} "${set.group.label}" was made with another layout than the pipeline's`,
    );
    return set.ranges;
  });
  checkUsageScope(bound, indirect);
  return pipeline.kernel.info.bindings.map(({ group, binding, minBindingSize }) => {
    const range = groups[group]!.ranges.find((candidate) => candidate.entry.binding === binding)!;
    demand(
      range.size >= minBindingSize,
      `@group(${group}) @binding(${binding}) needs ${minBindingSize} bytes, ${range.size} are bound`,
    );
    return range;
  });
}

/** The ranges as an executor takes them; what is bound has memory. */
export function addressesOf(ranges: readonly BoundRange[]): Job['ranges'] {
  return ranges.map(({ buffer, offset, size }) => ({ address: buffer.address! + offset, byteLength: size }));
}
