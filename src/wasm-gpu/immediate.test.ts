import { describe, expect, it } from 'vitest';
import type { WasmComputePipeline } from './compute-pipeline';
import type { ImmediateQueue } from './immediate';
import { dispatch, openDevice, pipelineOf, readBack, storage, Usage } from './testing/device';

/** out[i] += step[0] */
const ADD = `
@group(0) @binding(0) var<storage, read> step: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
@compute @workgroup_size(4) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&out)) { out[id.x] += step[0]; }
}`;

async function open(workers = 0) {
  const device = await openDevice({ workers });
  const queue = device.queue as GPUQueue & ImmediateQueue;
  const pipeline = pipelineOf(device, ADD);
  const step = storage(device, Uint32Array.of(3));
  const out = storage(device, new Uint32Array(10));
  const group = groupOf(device, pipeline, [step, out]);
  return { device, queue, pipeline, step, out, group, add: { pipeline, group, workgroups: [3] as const } };
}

function groupOf(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  buffers: readonly GPUBuffer[],
): GPUBindGroup {
  return device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
}

describe('work that runs where it is asked for', () => {
  it('is done in order, and what it left is copied', async () => {
    const { queue, out, add } = await open();
    const [all, part] = queue.runNow(
      [add, add],
      [
        { buffer: out, byteLength: 40 },
        { buffer: out, byteOffset: 4, byteLength: 8 },
      ],
    )!;
    expect([...all]).toEqual(Array(10).fill(6));
    expect([...part]).toEqual([6, 6]);
    queue.runNow([add], []);
    expect([...all]).toEqual(Array(10).fill(6));
  });

  it('mixes with what is submitted', async () => {
    const { device, queue, pipeline, step, out, add } = await open(2);
    const results: number[] = [];
    for (let i = 0; i < 40; i++) {
      const now = i % 2 === 0 ? queue.runNow([add], [{ buffer: out, byteLength: 40 }]) : undefined;
      if (!now) dispatch(device, pipeline, [step, out], 3);
      if (i > 20 && i % 2 === 0) expect(now).toBeDefined();
      results.push(now ? now[0][0] : (await readBack(device, out))[0]);
    }
    expect(results).toEqual(Array.from({ length: 40 }, (_, i) => 3 * (i + 1)));
    device.destroy();
  });

  it('waits for nothing: what has to wait is refused', async () => {
    const { device, queue, pipeline, step, out, add } = await open(2);
    // So often that it is known to be short.
    for (let i = 0; i < 20; i++) {
      dispatch(device, pipeline, [step, out], 3);
      await readBack(device, out);
    }
    expect(queue.runNow([add], [])).toBeDefined();
    dispatch(device, pipelineOf(device, ADD), [step, storage(device, new Uint32Array(100_000))], 25_000);
    expect(queue.runNow([add], [])).toBeUndefined();
    expect([...(await readBack(device, out))]).toEqual(Array(10).fill(63));
    device.destroy();
  });

  it('is refused where together it would take long', async () => {
    const { device, queue, add } = await open(2);
    const { kernel } = add.pipeline as WasmComputePipeline;
    kernel!.workgroupMs = 0.15 / 3;
    expect(queue.runNow(Array(100).fill(add), [])).toBeUndefined();
    expect(queue.runNow(Array(10).fill(add), [])).toBeDefined();
    device.destroy();
  });

  it('is counted anew each time', async () => {
    const { device, queue, pipeline, step } = await open(2);
    const many = storage(device, new Uint32Array(20_000));
    const long = { pipeline, group: groupOf(device, pipeline, [step, many]), workgroups: [5000] as const };
    const { kernel } = pipeline as WasmComputePipeline;
    // Together far longer than what may run in one go.
    for (let startMs = performance.now(); performance.now() - startMs < 30; ) {
      kernel!.workgroupMs = 1e-9;
      expect(queue.runNow([long], [])).toBeDefined();
    }
    device.destroy();
  });

  it('breaks no rule: what would is refused, with nothing done and nothing reported', async () => {
    const { device, queue, pipeline, step, out, add } = await open();
    const elsewhere = await open();
    const gone = storage(device, new Uint32Array(10));
    const onGone = { ...add, group: groupOf(device, pipeline, [step, gone]) };
    expect(queue.runNow([onGone], [])).toBeDefined();
    const mapped = device.createBuffer({
      size: 40,
      usage: Usage.STORAGE | Usage.COPY_SRC,
      mappedAtCreation: true,
    });
    const onMapped = { ...add, group: groupOf(device, pipeline, [step, mapped]) };
    gone.destroy();
    const unread = device.createBuffer({ size: 40, usage: Usage.STORAGE });
    for (const [dispatches, reads] of [
      [[add, onGone], []],
      [[add, onMapped], []],
      [[add, elsewhere.add], []],
      [[add, { ...add, workgroups: [65_536] }], []],
      [[add, { ...add, workgroups: [1, -1] }], []],
      [[add, { ...add, workgroups: [65_535, 65_535] }], []],
      [[add], [{ buffer: out, byteLength: 44 }]],
      [[add], [{ buffer: out, byteOffset: 2, byteLength: 4 }]],
      [[add], [{ buffer: gone, byteLength: 4 }]],
      [[add], [{ buffer: unread, byteLength: 4 }]],
      [[add], [{ buffer: elsewhere.out, byteLength: 4 }]],
    ] as Parameters<ImmediateQueue['runNow']>[])
      expect(queue.runNow(dispatches, reads)).toBeUndefined();
    expect([...(await readBack(device, out))]).toEqual(Array(10).fill(0));
    device.destroy();
    expect(queue.runNow([add], [])).toBeUndefined();
  });

  it('leaves a device lost whose kernel runs longer than its pipeline allows', async () => {
    const { device, queue, out } = await open();
    const code = `
@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@compute @workgroup_size(1) fn main() {
  for (var i = 0u; i < 0xffffffffu; i++) { out[0] = out[0] * 747796405u + i; }
}`;
    const module = device.createShaderModule({ code });
    const descriptor = { layout: 'auto', compute: { module }, timeLimitMs: 20 } as const;
    const pipeline = device.createComputePipeline(descriptor);
    const group = groupOf(device, pipeline, [out]);
    expect(queue.runNow([{ pipeline, group, workgroups: [1] }], [])).toBeUndefined();
    expect(await device.lost).toMatchObject({ message: 'a kernel ran longer than 20 ms' });
  });
});
