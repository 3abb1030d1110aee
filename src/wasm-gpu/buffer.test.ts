import { describe, expect, it } from 'vitest';
import { errorOf, MapMode, openDevice, readBack, storage, Usage } from './testing/device';

describe('mapping', () => {
  it('at creation gives zeros, and writes back what was written when unmapped', async () => {
    const device = await openDevice();
    const usage = Usage.COPY_SRC;
    const buffer = device.createBuffer({ size: 16, usage, mappedAtCreation: true });
    expect(buffer.mapState).toBe('mapped');
    const range = buffer.getMappedRange(8, 8);
    expect([...new Uint32Array(range)]).toEqual([0, 0]);
    new Uint32Array(range).set([7, 8]);
    buffer.unmap();
    expect(range.byteLength).toBe(0);
    expect(buffer.mapState).toBe('unmapped');
    expect([...(await readBack(device, buffer))]).toEqual([0, 0, 7, 8]);
  });

  it('for writing replaces the mapped part only', async () => {
    const device = await openDevice();
    const buffer = device.createBuffer({
      size: 24,
      usage: Usage.MAP_WRITE | Usage.COPY_SRC,
      mappedAtCreation: true,
    });
    new Uint32Array(buffer.getMappedRange()).fill(1);
    buffer.unmap();
    const mapped = buffer.mapAsync(MapMode.WRITE, 8, 8);
    expect(buffer.mapState).toBe('pending');
    await mapped;
    expect(() => buffer.getMappedRange(0, 8)).toThrow('outside the mapped');
    new Uint32Array(buffer.getMappedRange(8, 8)).set([5, 6]);
    buffer.unmap();
    expect([...(await readBack(device, buffer))]).toEqual([1, 1, 5, 6, 1, 1]);
  });

  it('for reading does not write back', async () => {
    const device = await openDevice();
    const buffer = device.createBuffer({ size: 8, usage: Usage.MAP_READ | Usage.COPY_DST });
    device.queue.writeBuffer(buffer, 0, new Uint32Array([3, 4]));
    await buffer.mapAsync(MapMode.READ);
    new Uint32Array(buffer.getMappedRange()).fill(9);
    buffer.unmap();
    await buffer.mapAsync(MapMode.READ);
    expect([...new Uint32Array(buffer.getMappedRange())]).toEqual([3, 4]);
  });

  it('hands out no byte twice, and nothing misaligned', async () => {
    const device = await openDevice();
    const buffer = device.createBuffer({ size: 32, usage: Usage.COPY_DST, mappedAtCreation: true });
    buffer.getMappedRange(0, 16);
    expect(() => buffer.getMappedRange(8, 8)).toThrow('handed out already');
    expect(() => buffer.getMappedRange(20, 4)).toThrow('multiple of 8');
    expect(() => buffer.getMappedRange(16, 3)).toThrow('multiple of 4');
    expect(buffer.getMappedRange(16).byteLength).toBe(16);
  });

  it('is rejected and reported when the usage or the range is wrong', async () => {
    const device = await openDevice();
    const buffer = device.createBuffer({ size: 16, usage: Usage.MAP_READ | Usage.COPY_DST });
    const mapping = async (mode: number, offset?: number, size?: number) => {
      device.pushErrorScope('validation');
      const name = await buffer.mapAsync(mode, offset, size).then(
        () => 'mapped',
        (error: Error) => error.name,
      );
      return `${name}: ${(await device.popErrorScope())?.message}`;
    };
    expect(await mapping(MapMode.WRITE)).toMatch(/^OperationError: .*lacks usage MAP_WRITE/);
    expect(await mapping(MapMode.READ, 4)).toMatch(/^OperationError: .*multiple of 8/);
    expect(await mapping(MapMode.READ, 8, 12)).toMatch(/^OperationError: .*outside/);
    expect(await mapping(MapMode.READ | MapMode.WRITE)).toMatch(/^OperationError: .*mode 3/);
  });

  it('that is pending is given up by unmap, and a second one is refused at once', async () => {
    const device = await openDevice();
    const buffer = device.createBuffer({ size: 16, usage: Usage.MAP_READ | Usage.COPY_DST });
    const first = buffer.mapAsync(MapMode.READ);
    device.pushErrorScope('validation');
    const second = buffer.mapAsync(MapMode.READ);
    buffer.unmap();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    await expect(second).rejects.toMatchObject({ name: 'OperationError' });
    expect((await device.popErrorScope())?.message).toContain('pending already');
    expect(buffer.mapState).toBe('unmapped');
  });
});

describe('copies', () => {
  it('move and clear the ranges given, in order', async () => {
    const device = await openDevice();
    const from = storage(device, new Uint32Array([1, 2, 3, 4]));
    const to = storage(device, new Uint32Array([9, 9, 9, 9]));
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 4, to, 8, 8);
    encoder.clearBuffer(to, 8, 4);
    encoder.clearBuffer(from);
    device.queue.submit([encoder.finish()]);
    expect([...(await readBack(device, to))]).toEqual([9, 9, 0, 3]);
    expect([...(await readBack(device, from))]).toEqual([0, 0, 0, 0]);
  });

  it('of whole buffers need no offsets', async () => {
    const device = await openDevice();
    const from = storage(device, new Uint32Array([1, 2]));
    const to = storage(device, new Uint32Array([9, 9, 9]));
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, to);
    device.queue.submit([encoder.finish()]);
    expect([...(await readBack(device, to))]).toEqual([1, 2, 9]);
  });

  it('writeBuffer counts elements of typed arrays and bytes of buffers', async () => {
    const device = await openDevice();
    const buffer = storage(device, new Uint32Array(4));
    device.queue.writeBuffer(buffer, 4, new Uint16Array([1, 2, 3, 4, 5, 6]), 2, 2);
    device.queue.writeBuffer(buffer, 8, new Uint32Array([7, 8]).buffer, 4);
    expect([...(await readBack(device, buffer))]).toEqual([0, 3 + (4 << 16), 8, 0]);
    expect(() => device.queue.writeBuffer(buffer, 0, new Uint32Array(2), 1, 2)).toThrow('outside');
    expect(() => device.queue.writeBuffer(buffer, 0, new Uint8Array(3))).toThrow('multiple of 4');
  });
});

describe('a buffer', () => {
  it('whose memory was used before starts as zeros', async () => {
    const device = await openDevice();
    const first = storage(device, new Uint32Array(1000).fill(0xdeadbeef));
    first.destroy();
    const second = device.createBuffer({ size: 4000, usage: Usage.COPY_SRC });
    expect((await readBack(device, second)).every((word) => word === 0)).toBe(true);
  });

  it('that is destroyed or mapped cannot be used by a submit', async () => {
    const device = await openDevice();
    const usage = Usage.MAP_WRITE | Usage.COPY_SRC;
    const from = device.createBuffer({ size: 4, usage, mappedAtCreation: true, label: 'from' });
    const to = storage(device, new Uint32Array(1));
    const submit = () => {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(from, 0, to, 0, 4);
      device.queue.submit([encoder.finish()]);
    };
    expect(await errorOf(device, submit)).toContain('"from" is used in a submit while it is mapped');
    from.unmap();
    expect(await errorOf(device, submit)).toBeUndefined();
    from.destroy();
    expect(await errorOf(device, submit)).toContain('"from" is used in a submit after it was destroyed');
  });
});
