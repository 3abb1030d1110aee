import { checkBindingCounts, WasmBindGroupLayout } from './bind-group-layout';
import type { WasmDevice } from './device';
import { DeviceObject, demandUsable } from './device-object';
import { demand } from './validation';

export class WasmPipelineLayout extends DeviceObject implements GPUPipelineLayout {
  declare readonly __brand: 'GPUPipelineLayout';
  /** By group number; undefined where the pipeline binds nothing. */
  readonly groups: readonly (WasmBindGroupLayout | undefined)[];

  constructor(
    device: WasmDevice,
    label: string | undefined,
    groups: readonly (WasmBindGroupLayout | undefined)[],
  ) {
    super(device, label);
    this.groups = groups;
  }
}

/** Checks the rules for a pipeline layout and returns its groups. @throws RuleBroken */
export function pipelineLayoutGroups(
  device: WasmDevice,
  descriptor: GPUPipelineLayoutDescriptor,
): (WasmBindGroupLayout | undefined)[] {
  const groups = [...descriptor.bindGroupLayouts].map((layout) =>
    layout ? demandUsable(layout, WasmBindGroupLayout, device) : undefined,
  );
  const { maxBindGroups } = device.limits;
  demand(
    groups.length <= maxBindGroups,
    `${groups.length} bind groups are more than maxBindGroups ${maxBindGroups}`,
  );
  demand(
    groups.every((group) => !group?.exclusiveTo),
    "a layout of a pipeline made with layout 'auto' cannot be part of another layout",
  );
  checkBindingCounts(
    groups.flatMap((group) => group?.entries ?? []),
    device.limits,
  );
  return groups;
}
