import { describe, expect, it } from 'vitest';
import { dispatch, openDevice, pipelineOf, readBack, storage } from './testing/device';

/** Unequal work for each workgroup, and every invocation counted. */
const COLLATZ = `
@group(0) @binding(0) var<storage, read_write> steps: array<u32>;
@group(0) @binding(1) var<storage, read_write> total: atomic<u32>;
@compute @workgroup_size(8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  var n = id.x + 1u;
  var count = 0u;
  while (n != 1u) {
    n = select(n / 2u, 3u * n + 1u, n % 2u == 1u);
    count++;
  }
  steps[id.x] += count;
  atomicAdd(&total, count);
}`;

async function collatz(workers: number): Promise<Uint32Array[]> {
  const device = await openDevice({ workers });
  const steps = storage(device, new Uint32Array(8 * 300));
  const total = storage(device, new Uint32Array(1));
  const pipeline = pipelineOf(device, COLLATZ);
  // The first goes to the workers, later ones where they are quickest; a write between them must keep its place.
  for (let round = 0; round < 5; round++) {
    dispatch(device, pipeline, [steps, total], 300);
    if (round === 2) device.queue.writeBuffer(total, 0, new Uint32Array([1000]));
  }
  const results = [await readBack(device, steps), await readBack(device, total)];
  device.destroy();
  return results;
}

describe('workers', () => {
  it('give the same bytes as the calling thread', async () => {
    const [steps, total] = await collatz(0);
    const once = steps.reduce((sum, count) => sum + count / 5, 0);
    expect(steps[26]).toBe(5 * 111);
    expect([...total]).toEqual([1000 + 2 * once]);
    expect(await collatz(1)).toEqual([steps, total]);
    expect(await collatz(2)).toEqual([steps, total]);
  });

  it('learn new kernels while they wait', async () => {
    const device = await openDevice({ workers: 2 });
    const buffer = storage(device, new Uint32Array(64));
    for (let factor = 1; factor <= 20; factor++) {
      const add = `@group(0) @binding(0) var<storage, read_write> a: array<u32>;
        @compute @workgroup_size(4) fn main(@builtin(global_invocation_id) id: vec3u) { a[id.x] += ${factor}u * id.x; }`;
      dispatch(device, pipelineOf(device, add), [buffer], 16);
    }
    const words = await readBack(device, buffer);
    expect([...words]).toEqual(Array.from(words, (_, index) => 210 * index));
    device.destroy();
  });

  it('are waited for by onSubmittedWorkDone, and writes that follow a dispatch are taken by value', async () => {
    const device = await openDevice({ workers: 1 });
    const buffer = storage(device, new Uint32Array(2400));
    const total = storage(device, new Uint32Array(1));
    dispatch(device, pipelineOf(device, COLLATZ), [buffer, total], 300);
    const data = new Uint32Array([42]);
    device.queue.writeBuffer(total, 0, data);
    data[0] = 43;
    await device.queue.onSubmittedWorkDone();
    expect([...(await readBack(device, total))]).toEqual([42]);
    device.destroy();
  });
});
