import { type LayoutEntry, WasmBindGroupLayout } from './bind-group-layout';
import { WasmBuffer } from './buffer';
import { BufferUsage } from './constants';
import type { WasmDevice } from './device';
import { DeviceObject, demandUsable } from './device-object';
import { demand } from './validation';

/** A range of a buffer as bound, in bytes. */
export interface BoundRange {
  readonly entry: LayoutEntry;
  readonly buffer: WasmBuffer;
  readonly offset: number;
  readonly size: number;
}

export class WasmBindGroup extends DeviceObject implements GPUBindGroup {
  declare readonly __brand: 'GPUBindGroup';
  readonly layout: WasmBindGroupLayout | undefined;
  /** By rising binding number. */
  readonly ranges: readonly BoundRange[];

  constructor(
    device: WasmDevice,
    label: string | undefined,
    layout: WasmBindGroupLayout | undefined,
    ranges: readonly BoundRange[],
  ) {
    super(device, label);
    this.layout = layout;
    this.ranges = ranges;
  }

  /** The bindings that take a dynamic offset, in the order in which the offsets are given. */
  get dynamicRanges(): BoundRange[] {
    return this.ranges.filter((range) => range.entry.hasDynamicOffset);
  }
}

/** Checks the rules for a bind group and returns its layout and ranges. @throws RuleBroken */
export function bindGroupContents(
  device: WasmDevice,
  descriptor: GPUBindGroupDescriptor,
): { layout: WasmBindGroupLayout; ranges: BoundRange[] } {
  const layout = demandUsable(descriptor.layout, WasmBindGroupLayout, device);
  const entries = [...descriptor.entries];
  demand(
    entries.length === layout.entries.length,
    `${entries.length} entries are given for a layout with ${layout.entries.length} bindings`,
  );
  const ranges = layout.entries.map((entry) => {
    const given = entries.find((candidate) => candidate.binding === entry.binding);
    demand(given !== undefined, `binding ${entry.binding} of the layout is missing`);
    return boundRange(device, entry, given.resource);
  });
  return { layout, ranges };
}

function boundRange(device: WasmDevice, entry: LayoutEntry, resource: GPUBindingResource): BoundRange {
  const at = `binding ${entry.binding}`;
  const given: GPUBufferBinding =
    resource instanceof WasmBuffer ? { buffer: resource } : (resource as GPUBufferBinding);
  demand(given.buffer instanceof WasmBuffer, `${at}: the resource is not a buffer`);
  const buffer = demandUsable(given.buffer, WasmBuffer, device);
  const offset = given.offset ?? 0;
  const size = given.size ?? Math.max(0, buffer.size - offset);
  const usage = entry.type === 'uniform' ? 'UNIFORM' : 'STORAGE';
  demand((buffer.usage & BufferUsage[usage]) !== 0, `${at}: buffer "${buffer.label}" lacks usage ${usage}`);
  demand(size > 0, `${at}: the bound range is empty`);
  demand(
    offset + size <= buffer.size,
    `${at}: range ${offset}..${offset + size} is outside buffer "${buffer.label}"`,
  );
  demand(
    size >= entry.minBindingSize,
    `${at}: ${size} bytes of buffer "${buffer.label}" are bound, the layout wants ${entry.minBindingSize}`,
  );
  const limit = entry.type === 'uniform' ? 'maxUniformBufferBindingSize' : 'maxStorageBufferBindingSize';
  demand(size <= device.limits[limit], `${at}: ${size} bytes are above ${limit} ${device.limits[limit]}`);
  demand(entry.type === 'uniform' || size % 4 === 0, `${at}: ${size} bytes are not a multiple of 4`);
  const alignment = offsetAlignment(device, entry);
  demand(offset % alignment === 0, `${at}: offset ${offset} is not a multiple of ${alignment}`);
  return { entry, buffer, offset, size };
}

/** What a binding's offset, dynamic or not, must be a multiple of, in bytes. */
export function offsetAlignment(device: WasmDevice, entry: LayoutEntry): number {
  const { minUniformBufferOffsetAlignment, minStorageBufferOffsetAlignment } = device.limits;
  return entry.type === 'uniform' ? minUniformBufferOffsetAlignment : minStorageBufferOffsetAlignment;
}
