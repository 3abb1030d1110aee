/** Host programs that use nothing but the standard: run on any GPU, each must give the same bytes. */

/** The standard's flags, which Node does not define. */
export const Usage = {
  MAP_READ: 1,
  MAP_WRITE: 2,
  COPY_SRC: 4,
  COPY_DST: 8,
  UNIFORM: 0x40,
  STORAGE: 0x80,
  INDIRECT: 0x100,
};
export const MAP_MODE_READ = 1;
export const STAGE_COMPUTE = 4;

export type Program = (device: GPUDevice) => Promise<Uint32Array>;

function bufferOf(device: GPUDevice, words: readonly number[] | Uint32Array, usage: number): GPUBuffer {
  const buffer = device.createBuffer({ size: 4 * words.length, usage, mappedAtCreation: true });
  new Uint32Array(buffer.getMappedRange()).set(words);
  buffer.unmap();
  return buffer;
}

function pipelineOf(
  device: GPUDevice,
  code: string,
  constants?: Record<string, number>,
): Promise<GPUComputePipeline> {
  const module = device.createShaderModule({ code });
  return device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module, entryPoint: 'main', constants },
  });
}

function group(
  device: GPUDevice,
  layout: GPUBindGroupLayout,
  resources: readonly (GPUBufferBinding | GPUBuffer)[],
): GPUBindGroup {
  const entries = resources.map((resource, binding) => ({
    binding,
    resource: 'buffer' in resource ? resource : { buffer: resource },
  }));
  return device.createBindGroup({ layout, entries });
}

/** Submits what `record` records, then reads `source` back. */
async function submitAndRead(
  device: GPUDevice,
  source: GPUBuffer,
  record: (encoder: GPUCommandEncoder) => void,
): Promise<Uint32Array> {
  const staging = device.createBuffer({ size: source.size, usage: Usage.MAP_READ | Usage.COPY_DST });
  const encoder = device.createCommandEncoder();
  record(encoder);
  encoder.copyBufferToBuffer(source, 0, staging, 0, source.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(MAP_MODE_READ);
  const words = new Uint32Array(staging.getMappedRange().slice(0));
  staging.destroy();
  return words;
}

const STORAGE = Usage.STORAGE | Usage.COPY_SRC | Usage.COPY_DST;

const hash: Program = async (device) => {
  const code = `
    @group(0) @binding(0) var<storage, read> seeds: array<u32>;
    @group(0) @binding(1) var<storage, read_write> hashes: array<u32>;
    override rounds = 1u;
    @compute @workgroup_size(16, 2, 2)
    fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
      let i = id.x + 16u * groups.x * (id.y + 2u * groups.y * id.z);
      if (i >= arrayLength(&hashes)) { return; }
      var state = seeds[i % arrayLength(&seeds)] ^ i;
      for (var r = 0u; r < rounds; r++) {
        state = state * 747796405u + 2891336453u;
        state = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
        state = (state >> 22u) ^ state;
      }
      hashes[i] = state;
    }`;
  const pipeline = await pipelineOf(device, code, { rounds: 3 });
  const seeds = bufferOf(device, [1, 0x80000000, 0xffffffff], Usage.STORAGE);
  const hashes = device.createBuffer({ size: 4 * 1500, usage: STORAGE });
  return submitAndRead(device, hashes, (encoder) => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group(device, pipeline.getBindGroupLayout(0), [seeds, hashes]));
    pass.dispatchWorkgroups(3, 4, 2);
    pass.end();
  });
};

const histogram: Program = async (device) => {
  const code = `
    @group(0) @binding(0) var<storage, read_write> bins: array<atomic<u32>>;
    @compute @workgroup_size(64)
    fn main(@builtin(global_invocation_id) id: vec3u) {
      let value = (id.x * 2654435761u) >> 20u;
      atomicAdd(&bins[value % 61u], 1u);
      atomicMax(&bins[61], value);
      atomicXor(&bins[62], value * value);
    }`;
  const pipeline = await pipelineOf(device, code);
  const bins = device.createBuffer({ size: 4 * 63, usage: STORAGE });
  const bound = group(device, pipeline.getBindGroupLayout(0), [bins]);
  return submitAndRead(device, bins, (encoder) => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bound);
    for (const workgroups of [1, 50, 200]) pass.dispatchWorkgroups(workgroups);
    pass.end();
  });
};

const dynamicOffsets: Program = async (device) => {
  const code = `
    struct Factor { value: u32, shift: vec2u }
    @group(0) @binding(0) var<uniform> factor: Factor;
    @group(1) @binding(3) var<storage, read_write> out: array<u32>;
    @compute @workgroup_size(4)
    fn main(@builtin(local_invocation_index) i: u32) { out[i] = out[i] * factor.value + factor.shift.y; }`;
  const layout = (binding: number, type: GPUBufferBindingType) =>
    device.createBindGroupLayout({
      entries: [{ binding, visibility: STAGE_COMPUTE, buffer: { type, hasDynamicOffset: true } }],
    });
  const layouts = [layout(0, 'uniform'), layout(3, 'storage')];
  const pipeline = device.createComputePipeline({
    layout: device.createPipelineLayout({ bindGroupLayouts: layouts }),
    compute: { module: device.createShaderModule({ code }) },
  });
  const words = new Uint32Array(256);
  for (const [index, value] of [3, 5, 7].entries()) words.set([value, 0, 0, index + 1], 64 * index);
  const factors = bufferOf(device, words, Usage.UNIFORM);
  const out = bufferOf(device, new Uint32Array(192).fill(1), STORAGE);
  const uniforms = group(device, layouts[0], [{ buffer: factors, size: 16 }]);
  const storage = device.createBindGroup({
    layout: layouts[1],
    entries: [{ binding: 3, resource: { buffer: out, size: 16 } }],
  });
  return submitAndRead(device, out, (encoder) => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    for (const [factor, target] of [
      [0, 0],
      [1, 256],
      [2, 512],
      [2, 0],
    ]) {
      pass.setBindGroup(0, uniforms, [256 * factor]);
      pass.setBindGroup(1, storage, new Uint32Array([9, target]), 1, 1);
      pass.dispatchWorkgroups(1);
    }
    pass.end();
  });
};

const indirect: Program = async (device) => {
  const code = `
    @group(0) @binding(0) var<storage, read_write> sizes: array<u32>;
    @group(0) @binding(1) var<storage, read_write> seen: array<atomic<u32>>;
    @compute @workgroup_size(2)
    fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_id) local: vec3u) {
      atomicAdd(&seen[id.x + 4u * id.y + 16u * id.z], 1u + local.x);
      sizes[0] = 4u;
    }`;
  const pipeline = await pipelineOf(device, code);
  const sizes = device.createBuffer({ size: 16, usage: STORAGE });
  const args = bufferOf(device, [0, 2, 3, 1, 0, 0], Usage.INDIRECT | Usage.COPY_DST);
  const seen = device.createBuffer({ size: 256, usage: STORAGE });
  const bound = group(device, pipeline.getBindGroupLayout(0), [sizes, seen]);
  const run = (encoder: GPUCommandEncoder, offset: number) => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bound);
    pass.dispatchWorkgroupsIndirect(args, offset);
    pass.end();
  };
  return submitAndRead(device, seen, (encoder) => {
    run(encoder, 4);
    run(encoder, 12);
    // What the first dispatch wrote decides the size of the third.
    encoder.copyBufferToBuffer(sizes, 0, args, 0, 4);
    run(encoder, 0);
  });
};

const copies: Program = async (device) => {
  const a = bufferOf(device, [1, 2, 3, 4, 5, 6], STORAGE);
  const b = device.createBuffer({ size: 32, usage: STORAGE });
  device.queue.writeBuffer(b, 4, new Float32Array([0.5, -0, Number.POSITIVE_INFINITY]), 1);
  return submitAndRead(device, b, (encoder) => {
    encoder.copyBufferToBuffer(a, 8, b, 16, 16);
    encoder.clearBuffer(b, 20, 4);
    encoder.clearBuffer(a);
    encoder.copyBufferToBuffer(a, 0, b, 28, 4);
  });
};

const statement: Program = async (device) => {
  const code = `
    struct Cell { kind: u32, at: vec3i, weights: array<f32, 3> }
    @group(0) @binding(0) var<storage, read_write> cells: array<Cell>;
    fn bump(at: ptr<function, vec3i>, by: i32) -> bool { (*at) += vec3i(by, -by, by * by); return (*at).z > 20; }
    @compute @workgroup_size(1)
    fn main(@builtin(global_invocation_id) id: vec3u) {
      var at = vec3i(id);
      var turns = 0;
      loop {
        switch turns % 4 {
          case 0 { turns += 3; }
          case 1, 2: { turns++; if bump(&at, turns) { break; } turns++; }
          default { turns += 2; continue; }
        }
        continuing { at.y >>= 1u; break if turns > i32(5u + id.x); }
      }
      cells[id.x].kind = u32(turns) | (u32(at.z) << 16u);
      cells[id.x].at = at;
      for (var i = 0; i < 3; i++) { cells[id.x].weights[i] = f32(turns * i) * 0.25; }
    }`;
  const pipeline = await pipelineOf(device, code);
  const cells = device.createBuffer({ size: 48 * 20, usage: STORAGE });
  return submitAndRead(device, cells, (encoder) => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group(device, pipeline.getBindGroupLayout(0), [cells]));
    pass.dispatchWorkgroups(20);
    pass.end();
  });
};

export const PROGRAMS: Record<string, Program> = {
  'hashes in three dimensions, with an override constant': hash,
  'atomic counts over several dispatches': histogram,
  'dynamic offsets of explicit layouts': dynamicOffsets,
  'indirect dispatches, one sized by another': indirect,
  'copies, clears and writes': copies,
  'structs, pointers, switches and loops': statement,
};
