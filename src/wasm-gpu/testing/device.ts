import { createWasmGpu, type WasmGpuOptions, wasmGpuGlobals } from '../index';

export const { GPUBufferUsage: Usage, GPUMapMode: MapMode, GPUShaderStage: Stage } = wasmGpuGlobals;

/** A device of our own GPU. Errors that a test does not catch in a scope fail it. */
export async function openDevice(
  options: WasmGpuOptions = { workers: 0 },
  descriptor?: GPUDeviceDescriptor,
): Promise<GPUDevice> {
  const adapter = await createWasmGpu(options).requestAdapter();
  const device = await adapter!.requestDevice(descriptor);
  device.addEventListener('uncapturederror', (event) => {
    throw new Error(`uncaught: ${(event as GPUUncapturedErrorEvent).error.message}`);
  });
  return device;
}

/** What `work` reports as an error of kind `filter`, or undefined. */
export async function errorOf(
  device: GPUDevice,
  work: () => unknown,
  filter: GPUErrorFilter = 'validation',
): Promise<string | undefined> {
  device.pushErrorScope(filter);
  work();
  return (await device.popErrorScope())?.message;
}

/** The contents of a buffer with usage COPY_SRC. */
export async function readBack(device: GPUDevice, source: GPUBuffer): Promise<Uint32Array> {
  const staging = device.createBuffer({ size: source.size, usage: Usage.MAP_READ | Usage.COPY_DST });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(source, 0, staging, 0, source.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(MapMode.READ);
  const words = new Uint32Array(staging.getMappedRange().slice(0));
  staging.destroy();
  return words;
}

/** A buffer with usages STORAGE, COPY_SRC and COPY_DST that holds `data`. */
export function storage(device: GPUDevice, data: Uint32Array<ArrayBuffer>): GPUBuffer {
  const usage = Usage.STORAGE | Usage.COPY_SRC | Usage.COPY_DST;
  const buffer = device.createBuffer({ size: data.byteLength, usage });
  device.queue.writeBuffer(buffer, 0, data);
  return buffer;
}

/** Records and submits one dispatch of `pipeline` with `buffers[i]` at @group(0) @binding(i). */
export function dispatch(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  buffers: readonly GPUBuffer[],
  ...workgroups: [x: number, y?: number]
): void {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    }),
  );
  pass.dispatchWorkgroups(...workgroups);
  pass.end();
  device.queue.submit([encoder.finish()]);
}

export function pipelineOf(device: GPUDevice, code: string): GPUComputePipeline {
  return device.createComputePipeline({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code }) },
  });
}
