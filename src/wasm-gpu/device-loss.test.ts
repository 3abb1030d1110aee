import { describe, expect, it, vi } from 'vitest';
import { dispatch, errorOf, MapMode, openDevice, pipelineOf, storage, Usage } from './testing/device';

/** Runs for as long as anybody lets it, or nearly: 2^32 turns for each invocation. */
const ENDLESS = `
@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) id: vec3u) {
  var x = id.x;
  for (var i = 0u; i < 0xffffffffu; i++) { x = x * 747796405u + i; }
  out[id.x] = x;
}`;

describe('destroy', () => {
  it('loses the device in the middle of a dispatch, and what waited for it is told', async () => {
    const device = await openDevice({ workers: 2 });
    const staging = device.createBuffer({ size: 4, usage: Usage.MAP_READ | Usage.COPY_DST });
    dispatch(device, pipelineOf(device, ENDLESS), [storage(device, new Uint32Array(1000))], 1000);
    const mapped = staging.mapAsync(MapMode.READ);
    const done = device.queue.onSubmittedWorkDone();
    device.destroy();
    expect(await device.lost).toMatchObject({ reason: 'destroyed' });
    await expect(mapped).rejects.toMatchObject({ name: 'AbortError' });
    await done;
  });

  it('unmaps buffers, and nothing is reported or done afterwards', async () => {
    const device = await openDevice();
    const buffer = device.createBuffer({ size: 4, usage: Usage.COPY_DST, mappedAtCreation: true });
    device.destroy();
    expect(buffer.mapState).toBe('unmapped');
    expect(await errorOf(device, () => device.createBuffer({ size: 4, usage: 0 }))).toBeUndefined();
    expect(
      await errorOf(device, () => device.queue.writeBuffer(buffer, 1, new Uint8Array(4))),
    ).toBeUndefined();
    const read = device.createBuffer({ size: 4, usage: Usage.MAP_READ });
    await expect(read.mapAsync(MapMode.READ)).rejects.toMatchObject({ name: 'AbortError' });
    await device.queue.onSubmittedWorkDone();
    buffer.destroy();
  });

  it('leaves a device lost whose kernel, on the calling thread, runs longer than its pipeline allows', async () => {
    const device = await openDevice({ workers: 0 });
    const descriptor = {
      layout: 'auto',
      compute: { module: device.createShaderModule({ code: ENDLESS }) },
      timeLimitMs: 20,
    } as const;
    const pipeline = device.createComputePipeline(descriptor);
    dispatch(device, pipeline, [storage(device, new Uint32Array(1000))], 1000);
    expect(await device.lost).toMatchObject({ reason: 'unknown', message: 'a kernel ran longer than 20 ms' });
  });

  it('leaves a device lost whose worker thread died, with the reason', async () => {
    const { Worker } = await import('node:worker_threads');
    const threads: InstanceType<typeof Worker>[] = [];
    const post = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (
      this: InstanceType<typeof Worker>,
    ) {
      threads.push(this);
    });
    const device = await openDevice({ workers: 1 });
    post.mockRestore();
    await threads[0].terminate();
    const { reason, message } = await device.lost;
    expect(reason).toBe('unknown');
    expect(message).toContain('worker thread 0 died');
  });
});
