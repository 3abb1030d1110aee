import { type BindingInfo, type CompiledKernel, CompileError, compileKernel } from '../wgsl';
import { WasmBindGroupLayout } from './bind-group-layout';
import { ShaderStage } from './constants';
import type { WasmDevice } from './device';
import { DeviceObject, demandUsable } from './device-object';
import type { Kernel } from './kernel';
import type { Limits } from './limits';
import { WasmPipelineLayout } from './pipeline-layout';
import { describe, WasmShaderModule } from './shader-module';
import { demand, RuleBroken } from './validation';

/** Ours alone; other implementations ignore members that they do not know. */
export interface WasmComputePipelineDescriptor extends GPUComputePipelineDescriptor {
  /**
   * A dispatch that takes longer on the calling thread is broken off, and the device is lost. Workers are ended by
   * destroying the device.
   */
  readonly timeLimitMs?: number;
}

export class WasmComputePipeline extends DeviceObject implements GPUComputePipeline {
  declare readonly __brand: 'GPUComputePipeline';
  /** Undefined for an invalid pipeline. */
  kernel: Kernel | undefined;
  /** Undefined for an invalid pipeline. */
  layout: WasmPipelineLayout | undefined;

  /** Checks the rules for a pipeline and compiles its kernel. @throws RuleBroken, and the pipeline stays without a kernel */
  build(descriptor: WasmComputePipelineDescriptor): CompiledKernel {
    const { layout, compute, timeLimitMs } = descriptor;
    const explicit = layout === 'auto' ? undefined : demandUsable(layout, WasmPipelineLayout, this.device);
    const module = demandUsable(compute.module, WasmShaderModule, this.device);
    const info = compile(this.device, module, compute, timeLimitMs !== undefined);
    checkWorkgroup(info, this.device.limits);
    if (explicit) checkBindings(info.bindings, explicit);
    this.layout = explicit ?? this.#autoLayout(info.bindings);
    return info;
  }

  getBindGroupLayout(index: number): WasmBindGroupLayout {
    const layout = this.layout?.groups[index];
    const { maxBindGroups } = this.device.limits;
    if (this.valid && layout) return layout;
    // A group that the pipeline does not use has an empty layout.
    const empty = new WasmBindGroupLayout(this.device, '', [], this);
    empty.valid = this.device.attempt('getBindGroupLayout', () => {
      demand(this.valid, `pipeline "${this.label}" is invalid`);
      demand(index < maxBindGroups, `index ${index} is not below maxBindGroups ${maxBindGroups}`);
    });
    return empty;
  }

  #autoLayout(bindings: readonly BindingInfo[]): WasmPipelineLayout {
    const groups: WasmBindGroupLayout[] = [];
    const groupCount = Math.max(0, ...bindings.map((binding) => binding.group + 1));
    for (let group = 0; group < groupCount; group++) {
      const entries = bindings
        .filter((binding) => binding.group === group)
        .map(({ binding, type, minBindingSize }) => ({
          binding,
          type,
          minBindingSize,
          visibility: ShaderStage.COMPUTE,
          hasDynamicOffset: false,
        }));
      groups.push(new WasmBindGroupLayout(this.device, '', entries, this));
    }
    demand(
      groupCount <= this.device.limits.maxBindGroups,
      `@group(${groupCount - 1}) is above maxBindGroups`,
    );
    return new WasmPipelineLayout(this.device, '', groups);
  }
}

function compile(
  device: WasmDevice,
  module: WasmShaderModule,
  stage: GPUProgrammableStage,
  interruptible: boolean,
): CompiledKernel {
  for (const [name, value] of Object.entries(stage.constants ?? {}))
    if (!Number.isFinite(value)) throw new TypeError(`constant "${name}" is ${value}, not a finite number`);
  try {
    return compileKernel(module.parsed, stage.entryPoint, {
      constants: stage.constants as Record<string, number> | undefined,
      sharedMemory: device.sharesMemory,
      interruptible,
    });
  } catch (error) {
    if (error instanceof CompileError) throw new RuleBroken(describe(error.diagnostics));
    throw error;
  }
}

function checkWorkgroup({ workgroupSize, workgroupBytes }: CompiledKernel, limits: Limits): void {
  for (const [index, axis] of (['X', 'Y', 'Z'] as const).entries()) {
    const limit = limits[`maxComputeWorkgroupSize${axis}`];
    const size = workgroupSize[index];
    demand(size >= 1 && size <= limit, `workgroup size ${size} in ${axis} is not in 1..${limit}`);
  }
  const invocations = workgroupSize[0] * workgroupSize[1] * workgroupSize[2];
  const { maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupStorageSize } = limits;
  demand(
    invocations <= maxComputeInvocationsPerWorkgroup,
    `${invocations} invocations are above maxComputeInvocationsPerWorkgroup ${maxComputeInvocationsPerWorkgroup}`,
  );
  demand(
    workgroupBytes <= maxComputeWorkgroupStorageSize,
    `${workgroupBytes} bytes are above maxComputeWorkgroupStorageSize ${maxComputeWorkgroupStorageSize}`,
  );
}

function checkBindings(bindings: readonly BindingInfo[], layout: WasmPipelineLayout): void {
  for (const { group, binding, type, minBindingSize } of bindings) {
    const at = `@group(${group}) @binding(${binding})`;
    const entry = layout.groups[group]?.entries.find((candidate) => candidate.binding === binding);
    demand(entry !== undefined, `${at} of the shader is not in the pipeline layout`);
    demand((entry.visibility & ShaderStage.COMPUTE) !== 0, `${at} is not visible to compute shaders`);
    demand(entry.type === type, `${at} is ${type} in the shader and ${entry.type} in the layout`);
    demand(
      entry.minBindingSize === 0 || entry.minBindingSize >= minBindingSize,
      `${at}: the shader needs ${minBindingSize} bytes, the layout promises ${entry.minBindingSize}`,
    );
  }
}
