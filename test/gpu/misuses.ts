/** Uses of the interface that break one rule of the standard each; every GPU must report each of them. */
import { STAGE_COMPUTE, Usage } from './programs';

export type Misuse = (device: GPUDevice) => void;

const KERNEL = `
  @group(0) @binding(0) var<storage, read_write> out: array<u32, 4>;
  @compute @workgroup_size(1) fn main() { out[0] = 1u; }`;

function pipelineOf(device: GPUDevice, code = KERNEL, layout: GPUPipelineLayout | 'auto' = 'auto') {
  return device.createComputePipeline({ layout, compute: { module: device.createShaderModule({ code }) } });
}

function storage(device: GPUDevice, size = 1024, usage = Usage.STORAGE): GPUBuffer {
  return device.createBuffer({ size, usage });
}

function bind(device: GPUDevice, layout: GPUBindGroupLayout, ...resources: GPUBufferBinding[]): GPUBindGroup {
  return device.createBindGroup({
    layout,
    entries: resources.map((resource, binding) => ({ binding, resource })),
  });
}

/** Records a pass and submits it. */
function pass(device: GPUDevice, record: (pass: GPUComputePassEncoder) => void): void {
  const encoder = device.createCommandEncoder();
  const open = encoder.beginComputePass();
  record(open);
  open.end();
  device.queue.submit([encoder.finish()]);
}

function copy(device: GPUDevice, sizes: [number, number], ...range: [number, number, number]): void {
  const [from, to] = [storage(device, sizes[0], Usage.COPY_SRC), storage(device, sizes[1], Usage.COPY_DST)];
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(from, range[0], to, range[1], range[2]);
  encoder.finish();
}

function layoutOf(device: GPUDevice, buffer: GPUBufferBindingLayout): GPUBindGroupLayout {
  return device.createBindGroupLayout({ entries: [{ binding: 0, visibility: STAGE_COMPUTE, buffer }] });
}

export const MISUSES: Record<string, Misuse> = {
  'buffer without usage': (d) => d.createBuffer({ size: 4, usage: 0 }),
  'buffer mapped for reading and bound': (d) =>
    d.createBuffer({ size: 4, usage: Usage.MAP_READ | Usage.STORAGE }),
  'buffer above maxBufferSize': (d) =>
    d.createBuffer({ size: d.limits.maxBufferSize + 4, usage: Usage.STORAGE }),
  'shader that does not parse': (d) => d.createShaderModule({ code: 'fn main( {' }),
  'shader with a wrong type': (d) => d.createShaderModule({ code: 'fn f() -> u32 { return 1.5; }' }),
  'pipeline of an entry point that is not there': (d) =>
    d.createComputePipeline({
      layout: 'auto',
      compute: { module: d.createShaderModule({ code: KERNEL }), entryPoint: 'other' },
    }),
  'pipeline with a constant that is no override': (d) =>
    d.createComputePipeline({
      layout: 'auto',
      compute: { module: d.createShaderModule({ code: KERNEL }), constants: { missing: 1 } },
    }),
  'workgroup with too many invocations': (d) =>
    pipelineOf(d, '@compute @workgroup_size(256, 2) fn main() {}'),
  'workgroup too large in z': (d) => pipelineOf(d, '@compute @workgroup_size(1, 1, 65) fn main() {}'),
  'workgroup with too much memory': (d) =>
    pipelineOf(d, 'var<workgroup> w: array<u32, 4097>; @compute @workgroup_size(1) fn main() { w[0] = 1u; }'),
  'layout that lacks a binding of the shader': (d) =>
    pipelineOf(d, KERNEL, d.createPipelineLayout({ bindGroupLayouts: [] })),
  'layout with another type than the shader': (d) =>
    pipelineOf(
      d,
      KERNEL,
      d.createPipelineLayout({ bindGroupLayouts: [layoutOf(d, { type: 'read-only-storage' })] }),
    ),
  'layout that promises too few bytes': (d) =>
    pipelineOf(
      d,
      KERNEL,
      d.createPipelineLayout({ bindGroupLayouts: [layoutOf(d, { type: 'storage', minBindingSize: 8 })] }),
    ),
  'two layout entries with one number': (d) => {
    const entry = { binding: 1, visibility: STAGE_COMPUTE, buffer: {} };
    d.createBindGroupLayout({ entries: [entry, entry] });
  },
  'more storage buffers than the limit': (d) =>
    d.createBindGroupLayout({
      entries: Array.from({ length: d.limits.maxStorageBuffersPerShaderStage + 1 }, (_, binding) => ({
        binding,
        visibility: STAGE_COMPUTE,
        buffer: { type: 'storage' as const },
      })),
    }),
  'more bind groups than the limit': (d) =>
    d.createPipelineLayout({ bindGroupLayouts: Array.from({ length: 5 }, () => layoutOf(d, {})) }),
  'bind group without an entry': (d) => bind(d, layoutOf(d, {})),
  'bind group with a buffer of the wrong usage': (d) => bind(d, layoutOf(d, {}), { buffer: storage(d) }),
  'bind group with a misaligned offset': (d) =>
    bind(d, layoutOf(d, { type: 'storage' }), { buffer: storage(d), offset: 128 }),
  'bind group outside its buffer': (d) =>
    bind(d, layoutOf(d, { type: 'storage' }), { buffer: storage(d), offset: 512, size: 516 }),
  'bind group smaller than minBindingSize': (d) =>
    bind(d, layoutOf(d, { type: 'storage', minBindingSize: 64 }), { buffer: storage(d), size: 32 }),
  'storage binding of odd size': (d) =>
    bind(d, layoutOf(d, { type: 'storage' }), { buffer: storage(d), size: 6 }),
  'uniform binding above the limit': (d) =>
    bind(d, layoutOf(d, {}), { buffer: storage(d, 65536 + 256, Usage.UNIFORM) }),
  'dispatch without a pipeline': (d) => pass(d, (p) => p.dispatchWorkgroups(1)),
  'dispatch without a bind group': (d) =>
    pass(d, (p) => {
      p.setPipeline(pipelineOf(d));
      p.dispatchWorkgroups(1);
    }),
  'dispatch with the bind group of another automatic layout': (d) =>
    pass(d, (p) => {
      p.setPipeline(pipelineOf(d));
      p.setBindGroup(0, bind(d, pipelineOf(d).getBindGroupLayout(0), { buffer: storage(d) }));
      p.dispatchWorkgroups(1);
    }),
  'dispatch with too few bytes bound': (d) =>
    pass(d, (p) => {
      const layout = layoutOf(d, { type: 'storage' });
      p.setPipeline(pipelineOf(d, KERNEL, d.createPipelineLayout({ bindGroupLayouts: [layout] })));
      p.setBindGroup(0, bind(d, layout, { buffer: storage(d), size: 12 }));
      p.dispatchWorkgroups(1);
    }),
  'dispatch of too many workgroups': (d) =>
    pass(d, (p) => {
      p.setPipeline(pipelineOf(d, '@compute @workgroup_size(1) fn main() {}'));
      p.dispatchWorkgroups(1, 65536);
    }),
  'dispatch that reads and writes one buffer': (d) =>
    pass(d, (p) => {
      const code = `
        @group(0) @binding(0) var<storage, read_write> a: array<u32>;
        @group(0) @binding(1) var<storage, read> b: array<u32>;
        @compute @workgroup_size(1) fn main() { a[0] = b[0]; }`;
      const pipeline = pipelineOf(d, code);
      const buffer = storage(d);
      p.setPipeline(pipeline);
      p.setBindGroup(
        0,
        bind(d, pipeline.getBindGroupLayout(0), { buffer, size: 256 }, { buffer, offset: 256 }),
      );
      p.dispatchWorkgroups(1);
    }),
  'dispatch that writes overlapping ranges': (d) =>
    pass(d, (p) => {
      const code = `
        @group(0) @binding(0) var<storage, read_write> a: array<u32>;
        @group(0) @binding(1) var<storage, read_write> b: array<u32>;
        @compute @workgroup_size(1) fn main() { a[0] = b[0]; }`;
      const pipeline = pipelineOf(d, code);
      const buffer = storage(d);
      p.setPipeline(pipeline);
      p.setBindGroup(0, bind(d, pipeline.getBindGroupLayout(0), { buffer }, { buffer, offset: 256 }));
      p.dispatchWorkgroups(1);
    }),
  'indirect dispatch from a buffer without the usage': (d) =>
    pass(d, (p) => {
      p.setPipeline(pipelineOf(d, '@compute @workgroup_size(1) fn main() {}'));
      p.dispatchWorkgroupsIndirect(storage(d), 0);
    }),
  'dynamic offset that is missing': (d) =>
    pass(d, (p) => {
      const layout = layoutOf(d, { type: 'storage', hasDynamicOffset: true });
      p.setBindGroup(0, bind(d, layout, { buffer: storage(d), size: 256 }));
    }),
  'dynamic offset that is misaligned': (d) =>
    pass(d, (p) => {
      const layout = layoutOf(d, { type: 'storage', hasDynamicOffset: true });
      p.setBindGroup(0, bind(d, layout, { buffer: storage(d), size: 256 }), [128]);
    }),
  'dynamic offset out of the buffer': (d) =>
    pass(d, (p) => {
      const layout = layoutOf(d, { type: 'storage', hasDynamicOffset: true });
      p.setBindGroup(0, bind(d, layout, { buffer: storage(d), size: 512 }), [768]);
    }),
  'bind group above the limit': (d) =>
    pass(d, (p) => p.setBindGroup(4, bind(d, layoutOf(d, { type: 'storage' }), { buffer: storage(d) }))),
  'pass that is not ended': (d) => {
    const encoder = d.createCommandEncoder();
    encoder.beginComputePass();
    encoder.finish();
  },
  'encoder used while a pass is open': (d) => {
    const encoder = d.createCommandEncoder();
    const open = encoder.beginComputePass();
    encoder.clearBuffer(storage(d, 4, Usage.COPY_DST));
    open.end();
    encoder.finish();
  },
  'encoder finished twice': (d) => {
    const encoder = d.createCommandEncoder();
    encoder.finish();
    encoder.finish();
  },
  'debug group that is not closed': (d) => {
    const encoder = d.createCommandEncoder();
    encoder.pushDebugGroup('open');
    encoder.finish();
  },
  'command buffer submitted twice': (d) => {
    const commands = d.createCommandEncoder().finish();
    d.queue.submit([commands]);
    d.queue.submit([commands]);
  },
  'copy that is misaligned': (d) => copy(d, [64, 64], 2, 0, 4),
  'copy of a size that is no multiple of 4': (d) => copy(d, [64, 64], 0, 0, 6),
  'copy from outside the source': (d) => copy(d, [64, 128], 32, 0, 64),
  'copy to outside the destination': (d) => copy(d, [128, 64], 0, 32, 64),
  'copy within one buffer': (d) => {
    const buffer = storage(d, 64, Usage.COPY_SRC | Usage.COPY_DST);
    const encoder = d.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, buffer, 32, 16);
    encoder.finish();
  },
  'copy from a buffer without the usage': (d) => {
    const encoder = d.createCommandEncoder();
    encoder.copyBufferToBuffer(storage(d, 16), 0, storage(d, 16, Usage.COPY_DST), 0, 16);
    encoder.finish();
  },
  'write outside the buffer': (d) =>
    d.queue.writeBuffer(storage(d, 16, Usage.COPY_DST), 12, new Uint32Array(2)),
  'write to a misaligned offset': (d) =>
    d.queue.writeBuffer(storage(d, 16, Usage.COPY_DST), 2, new Uint32Array(1)),
  'write to a buffer without the usage': (d) => d.queue.writeBuffer(storage(d), 0, new Uint32Array(1)),
  'write to a buffer that is mapped': (d) =>
    d.queue.writeBuffer(
      d.createBuffer({ size: 16, usage: Usage.COPY_DST, mappedAtCreation: true }),
      0,
      new Uint32Array(1),
    ),
  'write to a buffer that was destroyed': (d) => {
    const buffer = storage(d, 16, Usage.COPY_DST);
    buffer.destroy();
    d.queue.writeBuffer(buffer, 0, new Uint32Array(1));
  },
  'group layout of a pipeline above the limit': (d) => pipelineOf(d).getBindGroupLayout(4),
};
