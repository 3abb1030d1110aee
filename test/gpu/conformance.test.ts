import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDawn } from '../../src/gpu';
import { createWasmGpu } from '../../src/wasm-gpu';
import { MISUSES } from './misuses';
import { PROGRAMS } from './programs';

/** SwiftShader as Debian's chromium package installs it: a real WebGPU adapter on a machine with no GPU. */
const SWIFTSHADER_ICD = '/usr/lib/chromium/vk_swiftshader_icd.json';

async function openSoftwareDawn(): Promise<GPU | undefined> {
  if (!process.env.VK_ICD_FILENAMES && existsSync(SWIFTSHADER_ICD))
    process.env.VK_ICD_FILENAMES = SWIFTSHADER_ICD;
  process.env.XDG_RUNTIME_DIR ??= '/tmp';
  const gpu = await openDawn();
  return (await gpu.requestAdapter()) ? gpu : undefined;
}

const dawn = await openSoftwareDawn();
const gpus: Record<string, GPU | undefined> = {
  'the calling thread': createWasmGpu({ workers: 0 }),
  '1 worker': createWasmGpu({ workers: 1 }),
  '2 workers': createWasmGpu({ workers: 2 }),
  Dawn: dawn,
};

async function openDevice(gpu: GPU): Promise<GPUDevice> {
  const adapter = await gpu.requestAdapter();
  return adapter!.requestDevice();
}

it('Dawn takes part, or its absence is told', ({ skip }) => {
  if (!dawn && process.env.TARDIGRADE_REQUIRE_WEBGPU !== '1')
    skip('no WebGPU adapter: install chromium for its SwiftShader, and libvulkan1');
  expect(dawn).toBeDefined();
});

describe('the same host program gives the same bytes on every GPU', () => {
  for (const [title, program] of Object.entries(PROGRAMS)) {
    it(title, async () => {
      const results = new Map<string, Uint32Array>();
      for (const [name, gpu] of Object.entries(gpus)) {
        if (!gpu) continue;
        const device = await openDevice(gpu);
        device.pushErrorScope('validation');
        results.set(name, await program(device));
        expect((await device.popErrorScope())?.message, name).toBeUndefined();
        device.destroy();
      }
      const [expected] = results.values();
      expect(expected.some((word) => word !== 0)).toBe(true);
      for (const [name, words] of results) expect(words, name).toEqual(expected);
    });
  }
});

describe('every GPU reports', async () => {
  for (const [name, gpu] of Object.entries({
    'the calling thread': gpus['the calling thread'],
    Dawn: dawn,
  })) {
    const device = gpu && (await openDevice(gpu));
    for (const [title, misuse] of Object.entries(MISUSES)) {
      it.skipIf(!device)(`${title} (${name})`, async () => {
        device!.pushErrorScope('validation');
        misuse(device!);
        expect((await device!.popErrorScope())?.message).toMatch(/./);
      });
    }
  }
});
