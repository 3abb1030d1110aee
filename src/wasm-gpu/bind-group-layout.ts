import { ShaderStage } from './constants';
import type { WasmDevice } from './device';
import { DeviceObject } from './device-object';
import type { Limits } from './limits';
import { demand } from './validation';

/** One binding of a layout, defaults filled in. */
export interface LayoutEntry {
  readonly binding: number;
  readonly visibility: number;
  readonly type: GPUBufferBindingType;
  readonly hasDynamicOffset: boolean;
  /** Bytes; 0 leaves the check to each dispatch. */
  readonly minBindingSize: number;
}

export class WasmBindGroupLayout extends DeviceObject implements GPUBindGroupLayout {
  declare readonly __brand: 'GPUBindGroupLayout';
  /** By rising binding number. */
  readonly entries: readonly LayoutEntry[];
  /** The pipeline with layout 'auto' that this layout was made for: its bind groups fit that pipeline only. */
  readonly exclusiveTo: object | undefined;

  constructor(
    device: WasmDevice,
    label: string | undefined,
    entries: readonly LayoutEntry[],
    exclusiveTo?: object,
  ) {
    super(device, label);
    this.entries = [...entries].sort((a, b) => a.binding - b.binding);
    this.exclusiveTo = exclusiveTo;
  }

  /** Whether a bind group made with `other` may stand where this layout is expected. */
  matches(other: WasmBindGroupLayout): boolean {
    if (this === other) return true;
    return (
      this.exclusiveTo === other.exclusiveTo &&
      this.entries.length === other.entries.length &&
      this.entries.every((entry, index) => sameEntry(entry, other.entries[index]))
    );
  }
}

function sameEntry(a: LayoutEntry, b: LayoutEntry): boolean {
  return (
    a.binding === b.binding &&
    a.visibility === b.visibility &&
    a.type === b.type &&
    a.hasDynamicOffset === b.hasDynamicOffset &&
    a.minBindingSize === b.minBindingSize
  );
}

/** Fills in the standard's defaults. @throws RuleBroken for what is no buffer binding */
export function layoutEntries(descriptor: GPUBindGroupLayoutDescriptor): LayoutEntry[] {
  return [...descriptor.entries].map((entry) => {
    for (const kind of ['sampler', 'texture', 'storageTexture', 'externalTexture'] as const)
      demand(
        entry[kind] === undefined,
        `binding ${entry.binding}: ${kind} bindings are not supported (compute with buffers only)`,
      );
    demand(entry.buffer !== undefined, `binding ${entry.binding} does not say what it binds`);
    const { type = 'uniform', hasDynamicOffset = false, minBindingSize = 0 } = entry.buffer;
    return { binding: entry.binding, visibility: entry.visibility, type, hasDynamicOffset, minBindingSize };
  });
}

/** Checks the rules for one layout. @throws RuleBroken */
export function checkLayoutEntries(entries: readonly LayoutEntry[], limits: Limits): void {
  const bindings = new Set(entries.map((entry) => entry.binding));
  demand(bindings.size === entries.length, 'two entries have the same binding number');
  for (const { binding, visibility, type } of entries) {
    demand(binding < limits.maxBindingsPerBindGroup, `binding ${binding} is above maxBindingsPerBindGroup`);
    demand((visibility & ~7) === 0, `binding ${binding}: visibility ${visibility} has unknown flags`);
    demand(
      type !== 'storage' || (visibility & ShaderStage.VERTEX) === 0,
      `binding ${binding}: a writable storage buffer is not visible to vertex shaders`,
    );
  }
  checkBindingCounts(entries, limits);
}

/** Checks how many buffers of each kind a layout, or all layouts of a pipeline together, may bind. @throws RuleBroken */
export function checkBindingCounts(entries: readonly LayoutEntry[], limits: Limits): void {
  const uniforms = entries.filter((entry) => entry.type === 'uniform');
  const storage = entries.filter((entry) => entry.type !== 'uniform');
  const atMost = (found: readonly LayoutEntry[], limit: keyof Limits): void =>
    demand(found.length <= limits[limit], `${found.length} bindings are more than ${limit} ${limits[limit]}`);
  const visible = (found: readonly LayoutEntry[], stage: number): LayoutEntry[] =>
    found.filter((entry) => (entry.visibility & stage) !== 0);
  for (const stage of Object.values(ShaderStage)) {
    atMost(visible(uniforms, stage), 'maxUniformBuffersPerShaderStage');
    atMost(visible(storage, stage), 'maxStorageBuffersPerShaderStage');
  }
  atMost(visible(storage, ShaderStage.VERTEX), 'maxStorageBuffersInVertexStage');
  atMost(visible(storage, ShaderStage.FRAGMENT), 'maxStorageBuffersInFragmentStage');
  const dynamic = (found: readonly LayoutEntry[]): LayoutEntry[] =>
    found.filter((entry) => entry.hasDynamicOffset);
  atMost(dynamic(uniforms), 'maxDynamicUniformBuffersPerPipelineLayout');
  atMost(dynamic(storage), 'maxDynamicStorageBuffersPerPipelineLayout');
}
