/**
 * A `GPU` object, as the WebGPU standard describes it, whose device runs WGSL compute shaders as WebAssembly: on worker
 * threads over shared memory, or on the calling thread. It has buffers and compute pipelines; what else the standard has
 * (textures, samplers, render pipelines, query sets) it refuses by name. Safe to import in browsers.
 *
 * @module
 */

import { WasmAdapter } from './adapter';
import { WasmBindGroup } from './bind-group';
import { WasmBindGroupLayout } from './bind-group-layout';
import { WasmBuffer } from './buffer';
import { WasmCommandEncoder } from './command-encoder';
import { WasmComputePass } from './compute-pass';
import { WasmComputePipeline } from './compute-pipeline';
import { BufferUsage, ColorWrite, MapMode, ShaderStage, TextureUsage } from './constants';
import { WasmDevice } from './device';
import {
  BaseError,
  InternalError,
  OutOfMemoryError,
  PipelineError,
  UncapturedErrorEvent,
  ValidationError,
} from './errors';
import { WasmGpu, type WasmGpuOptions } from './gpu';
import { WasmQueue } from './queue';
import { WasmShaderModule } from './shader-module';

export type { ImmediateQueue } from './immediate';
export type { WasmGpuOptions };

/** Creates a GPU that runs compute shaders as WebAssembly. @throws RangeError for a number of workers that is none */
export function createWasmGpu(options: WasmGpuOptions = {}): GPU {
  return new WasmGpu(options) as unknown as GPU;
}

/**
 * The names that the standard makes global, for programs that expect them: `Object.assign(globalThis, wasmGpuGlobals)`.
 * Nothing in this library needs them.
 */
export const wasmGpuGlobals = {
  GPUBufferUsage: BufferUsage,
  GPUMapMode: MapMode,
  GPUShaderStage: ShaderStage,
  GPUTextureUsage: TextureUsage,
  GPUColorWrite: ColorWrite,
  GPUError: BaseError,
  GPUValidationError: ValidationError,
  GPUOutOfMemoryError: OutOfMemoryError,
  GPUInternalError: InternalError,
  GPUPipelineError: PipelineError,
  GPUUncapturedErrorEvent: UncapturedErrorEvent,
  GPUAdapter: WasmAdapter,
  GPUDevice: WasmDevice,
  GPUQueue: WasmQueue,
  GPUBuffer: WasmBuffer,
  GPUBindGroup: WasmBindGroup,
  GPUBindGroupLayout: WasmBindGroupLayout,
  GPUShaderModule: WasmShaderModule,
  GPUComputePipeline: WasmComputePipeline,
  GPUCommandEncoder: WasmCommandEncoder,
  GPUComputePassEncoder: WasmComputePass,
};
