import { describe, expect, it } from 'vitest';
import { createWasmGpu, wasmGpuGlobals } from './index';
import { dispatch, errorOf, openDevice, pipelineOf, readBack, storage, Usage } from './testing/device';

const { GPUOutOfMemoryError, GPUValidationError } = wasmGpuGlobals;
const bad = { size: 4, usage: 0 };

describe('error scopes', () => {
  it('catch in the innermost scope that wants the kind, and keep the first error', async () => {
    const device = await openDevice();
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    device.createBuffer({ ...bad, label: 'first' });
    device.createBuffer({ ...bad, label: 'second' });
    expect(await device.popErrorScope()).toBeNull();
    const error = await device.popErrorScope();
    expect(error).toBeInstanceOf(GPUValidationError);
    expect(error!.message).toContain('"first"');
  });

  it('that are not open cannot be popped', async () => {
    const device = await openDevice();
    await expect(device.popErrorScope()).rejects.toMatchObject({ name: 'OperationError' });
  });

  it('leave what they do not catch to the device event, once and with its handler attribute', async () => {
    const adapter = await createWasmGpu({ workers: 0 }).requestAdapter();
    const device = await adapter!.requestDevice();
    const seen: string[] = [];
    device.onuncapturederror = () => seen.push('replaced');
    device.onuncapturederror = (event) => {
      event.preventDefault();
      seen.push(event.error.message);
    };
    device.createBuffer({ ...bad, label: 'loose' });
    expect(seen).toEqual([]);
    await Promise.resolve();
    expect(seen).toEqual(['createBuffer "loose": usage is 0']);
  });

  it('get an out-of-memory error for a buffer that does not fit, and the device goes on', async () => {
    const device = await openDevice({ workers: 0, maxMemoryBytes: 4 * 65536 });
    const usage = Usage.COPY_DST;
    device.pushErrorScope('out-of-memory');
    const large = device.createBuffer({ size: 5 * 65536, usage });
    expect(await device.popErrorScope()).toBeInstanceOf(GPUOutOfMemoryError);
    expect(await errorOf(device, () => device.queue.writeBuffer(large, 0, new Uint8Array(4)))).toContain(
      'invalid',
    );
    expect(
      await errorOf(device, () => device.createBuffer({ size: 65536, usage }), 'out-of-memory'),
    ).toBeUndefined();
  });

  it('get what is not supported, by name', async () => {
    const device = await openDevice();
    const descriptor = { size: [4], format: 'r8unorm', usage: 4 } satisfies GPUTextureDescriptor;
    expect(await errorOf(device, () => device.createTexture(descriptor).createView())).toBe(
      'createTexture: textures are not supported (compute with buffers only)',
    );
    expect(await errorOf(device, () => device.createSampler())).toContain('samplers are not supported');
    expect(await errorOf(device, () => device.createQuerySet({ type: 'timestamp', count: 1 }))).toContain(
      'query sets',
    );
    const render = () => {
      const encoder = device.createCommandEncoder();
      encoder.beginRenderPass({ colorAttachments: [] }).end();
      encoder.finish();
    };
    expect(await errorOf(device, render)).toContain('render passes are not supported');
  });

  it('get dispatches that cannot be carried out: too many workgroups in all, no memory for scratch', async () => {
    const device = await openDevice({ workers: 0, maxMemoryBytes: 3 * 65536 });
    const buffer = storage(device, new Uint32Array(1));
    const binding = '@group(0) @binding(0) var<storage, read_write> out: array<u32>;';
    const run = (body: string, ...workgroups: [number, number]) => {
      const code = `${binding} @compute @workgroup_size(1) fn main() { ${body} }`;
      dispatch(device, pipelineOf(device, code), [buffer], ...workgroups);
    };
    expect(await errorOf(device, () => run('out[0]++;', 65535, 65535), 'internal')).toContain('2^31 - 1');
    const large = 'var a: array<u32, 65536>; a[out[0]] = 1u; out[0] = a[out[0] + 1u] + 7u;';
    expect(await errorOf(device, () => run(large, 1, 1), 'out-of-memory')).toContain('scratch');
    expect([...(await readBack(device, buffer))]).toEqual([0]);
  });

  it('get where a shader is wrong, and so does the compilation info', async () => {
    const device = await openDevice();
    const code = '@compute @workgroup_size(1)\nfn main() { let x: u32 = missing; }';
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ code });
    expect((await device.popErrorScope())!.message).toMatch(/^createShaderModule: 2:\d+: /);
    const { messages } = await module.getCompilationInfo();
    expect(messages[0]).toMatchObject({
      type: 'error',
      lineNum: 2,
      offset: code.indexOf('missing'),
      length: 7,
    });
    const descriptor = { layout: 'auto', compute: { module } } as const;
    expect(await errorOf(device, () => device.createComputePipeline(descriptor))).toContain('is invalid');
    await expect(device.createComputePipelineAsync(descriptor)).rejects.toMatchObject({
      name: 'GPUPipelineError',
      reason: 'validation',
    });
  });
});

describe('requestDevice', () => {
  it('refuses features and limits that the adapter lacks, and gives one device only', async () => {
    const gpu = createWasmGpu({ workers: 0 });
    const adapter = (await gpu.requestAdapter())!;
    const request = (descriptor: GPUDeviceDescriptor) => adapter.requestDevice(descriptor);
    await expect(request({ requiredFeatures: ['shader-f16'] })).rejects.toBeInstanceOf(TypeError);
    const { maxBufferSize } = adapter.limits;
    await expect(request({ requiredLimits: { maxBufferSize: maxBufferSize + 1 } })).rejects.toMatchObject({
      name: 'OperationError',
    });
    await expect(request({ requiredLimits: { maxNonsense: 1 } })).rejects.toMatchObject({
      name: 'OperationError',
    });
    const device = await request({ requiredLimits: { maxBufferSize } });
    expect(device.limits.maxBufferSize).toBe(maxBufferSize);
    expect(device.limits.maxBindGroups).toBe(4);
    await expect(request({})).rejects.toMatchObject({ name: 'OperationError' });
    expect(await gpu.requestAdapter({ forceFallbackAdapter: true })).toBeNull();
  });
});
