import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { createWasmGpu } from '../../wasm-gpu';
import { type Engine, openDawn, openEngine } from '../index';

/** SwiftShader from Debian's chromium package: with libvulkan1, a real WebGPU adapter on a machine with no GPU. */
const SWIFTSHADER_ICD = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** How a test opens an engine; `gpu` lets it stand between the engine and the GPU. */
export interface EngineUnderTest {
  readonly name: string;
  gpu(): Promise<GPU>;
  open(): Promise<Engine>;
}

async function openSoftwareDawn(): Promise<GPU | undefined> {
  // The Vulkan loader reads its environment when Dawn is created, and refuses to start without a runtime
  // directory.
  if (!process.env.VK_ICD_FILENAMES && existsSync(SWIFTSHADER_ICD))
    process.env.VK_ICD_FILENAMES = SWIFTSHADER_ICD;
  process.env.XDG_RUNTIME_DIR ??= '/tmp';
  try {
    const gpu = await openDawn();
    return (await gpu.requestAdapter()) ? gpu : undefined;
  } catch (error) {
    console.warn(`Dawn could not be opened: ${error}`);
    return undefined;
  }
}

/** Dawn on any adapter of this machine, the software one included; undefined where there is none. */
const dawn = await openSoftwareDawn();
if (!dawn && process.env.TARDIGRADE_REQUIRE_WEBGPU === '1') {
  throw new Error(
    'TARDIGRADE_REQUIRE_WEBGPU=1, and no WebGPU adapter is to be had: install chromium and libvulkan1',
  );
}

/** Every engine that this machine can run. */
export const ENGINES: readonly EngineUnderTest[] = [
  ...(dawn ? [under('Dawn', dawn)] : []),
  under('WebAssembly inline', createWasmGpu({ workers: 0 })),
  under('WebAssembly on 2 workers', createWasmGpu({ workers: 2 })),
];

function under(name: string, gpu: GPU): EngineUnderTest {
  return { name, gpu: async () => gpu, open: () => openEngine({ gpu }) };
}

/** Runs the same tests on every engine at hand, and says which one is missing. */
export function describeOnEngines(title: string, tests: (engine: EngineUnderTest) => void): void {
  for (const engine of ENGINES) describe(`${title} on ${engine.name}`, () => tests(engine));
  if (!dawn)
    describe.skip(`${title} on Dawn (skipped: no WebGPU adapter; install chromium and libvulkan1)`, () => {});
}
