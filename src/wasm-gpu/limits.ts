import { operationError } from './errors';
import { enforceRange } from './validation';

/** Of a dispatch in all: linear workgroup indices are signed 32-bit numbers in kernels. */
export const MAX_WORKGROUPS = 2 ** 31 - 1;

/** The standard's default limits: what a device has when nobody asks for more. */
const defaults = {
  maxTextureDimension1D: 8192,
  maxTextureDimension2D: 8192,
  maxTextureDimension3D: 2048,
  maxTextureArrayLayers: 256,
  maxBindGroups: 4,
  maxBindGroupsPlusVertexBuffers: 24,
  maxBindingsPerBindGroup: 1000,
  maxDynamicUniformBuffersPerPipelineLayout: 8,
  maxDynamicStorageBuffersPerPipelineLayout: 4,
  maxSampledTexturesPerShaderStage: 16,
  maxSamplersPerShaderStage: 16,
  maxStorageBuffersInFragmentStage: 8,
  maxStorageBuffersInVertexStage: 8,
  maxStorageBuffersPerShaderStage: 8,
  maxStorageTexturesInFragmentStage: 4,
  maxStorageTexturesInVertexStage: 4,
  maxStorageTexturesPerShaderStage: 4,
  maxUniformBuffersPerShaderStage: 12,
  maxUniformBufferBindingSize: 65536,
  maxStorageBufferBindingSize: 134217728,
  minUniformBufferOffsetAlignment: 256,
  minStorageBufferOffsetAlignment: 256,
  maxVertexBuffers: 8,
  maxBufferSize: 268435456,
  maxVertexAttributes: 16,
  maxVertexBufferArrayStride: 2048,
  maxInterStageShaderVariables: 16,
  maxColorAttachments: 8,
  maxColorAttachmentBytesPerSample: 32,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupSizeY: 256,
  maxComputeWorkgroupSizeZ: 64,
  maxComputeWorkgroupsPerDimension: 65535,
  maxImmediateSize: 0,
};

export type LimitName = keyof typeof defaults;
export type Limits = Record<LimitName, number>;

/** Limits as the standard's interface shows them. */
export type SupportedLimits = Limits & GPUSupportedLimits;

/** What our adapter offers beyond the defaults: memory, bindings and bigger workgroups cost WebAssembly nothing. */
const offered: Partial<Limits> = {
  maxStorageBuffersPerShaderStage: 16,
  maxDynamicStorageBuffersPerPipelineLayout: 16,
  maxDynamicUniformBuffersPerPipelineLayout: 12,
  maxStorageBufferBindingSize: 2 ** 30,
  maxBufferSize: 2 ** 30,
  maxComputeWorkgroupStorageSize: 65536,
  maxComputeInvocationsPerWorkgroup: 1024,
  maxComputeWorkgroupSizeX: 1024,
  maxComputeWorkgroupSizeY: 1024,
};

/** The limits of an adapter whose memory may grow to `maxMemoryBytes`. */
export function adapterLimits(maxMemoryBytes: number): Limits {
  const limits = { ...defaults, ...offered };
  // The standard promises the default at least; an allocation that then fails is an out-of-memory error.
  limits.maxBufferSize = Math.max(defaults.maxBufferSize, Math.min(limits.maxBufferSize, maxMemoryBytes));
  limits.maxStorageBufferBindingSize = Math.max(
    defaults.maxStorageBufferBindingSize,
    Math.min(limits.maxStorageBufferBindingSize, maxMemoryBytes),
  );
  return limits;
}

/**
 * The limits of a device for which `required` was asked of an adapter with limits `available`.
 * @throws OperationError for an unknown limit or one better than the adapter's, TypeError for what is no size
 */
export function deviceLimits(available: Limits, required: Record<string, number | undefined> = {}): Limits {
  const limits = { ...defaults };
  for (const [key, value] of Object.entries(required)) {
    if (value === undefined) continue;
    enforceRange(value, `requiredLimits.${key}`);
    if (!(key in defaults)) throw operationError(`requestDevice: "${key}" is no limit`);
    const name = key as LimitName;
    if (name.startsWith('min')) {
      if (value < available[name] || !Number.isInteger(Math.log2(value)))
        throw operationError(`requestDevice: ${name} ${value} is below the adapter's ${available[name]}`);
      limits[name] = Math.min(limits[name], value);
    } else {
      if (!(value >= 0 && value <= available[name]))
        throw operationError(`requestDevice: ${name} ${value} is above the adapter's ${available[name]}`);
      limits[name] = Math.max(limits[name], value);
    }
  }
  return limits;
}
