import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWasmGpu } from '../../src/wasm-gpu';
import { PROGRAMS } from './programs';

const CHROMIUM = '/usr/bin/chromium';
const skip = !existsSync(CHROMIUM) && process.env.TARDIGRADE_REQUIRE_WEBGPU !== '1';
if (skip) console.warn('skipped: the GPU in a browser (install chromium)');

/** No blobs, no inline scripts, no eval but WebAssembly's: what a careful site sends. */
const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** The page's script: `runAll` runs every program on our GPU and gives what each wrote. */
const PAGE_SCRIPT = `
  import { createWasmGpu } from '${join(import.meta.dirname, '../../src/wasm-gpu')}';
  import { PROGRAMS } from '${join(import.meta.dirname, 'programs')}';
  globalThis.runAll = async (workers) => {
    const adapter = await createWasmGpu({ workers }).requestAdapter();
    const words = {};
    for (const [title, program] of Object.entries(PROGRAMS)) {
      const device = await (await createWasmGpu({ workers }).requestAdapter()).requestDevice();
      words[title] = [...(await program(device))];
      device.destroy();
    }
    return { description: adapter.info.description, words };
  };
`;

function serve(folder: string, isolated: boolean): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = request.url === '/' ? '/index.html' : request.url!;
    const body = await readFile(join(folder, path)).catch(() => undefined);
    const headers = { 'Content-Type': TYPES[extname(path)] ?? 'text/plain', 'Content-Security-Policy': CSP };
    response.writeHead(body ? 200 : 404, { ...headers, ...(isolated ? ISOLATION : {}) }).end(body);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe.skipIf(skip)('in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-gpu-page-'));
  let browser: Browser;
  let expected: Record<string, number[]>;

  beforeAll(async () => {
    const source = join(folder, 'source');
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><script type="module" src="./page.js"></script>',
    );
    writeFileSync(join(folder, 'page.js'), PAGE_SCRIPT);
    await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: { outDir: source, target: 'es2023', modulePreload: false },
    });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const adapter = await createWasmGpu({ workers: 0 }).requestAdapter();
    const device = await adapter!.requestDevice();
    const words = await Promise.all(Object.values(PROGRAMS).map((program) => program(device)));
    expected = Object.fromEntries(Object.keys(PROGRAMS).map((title, index) => [title, [...words[index]]]));
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  for (const [isolated, description] of [
    [true, 'WebAssembly, 2 workers'],
    [false, 'WebAssembly, 0 workers'],
  ] as const) {
    it(`gives the same bytes under a strict policy, ${isolated ? 'isolated' : 'not isolated'}`, async () => {
      const server = await serve(join(folder, 'source'), isolated);
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction('globalThis.runAll').catch(() => undefined);
      const outcome = await page.evaluate('globalThis.runAll(2)');
      expect(problems.filter((text) => !text.includes('404'))).toEqual([]);
      expect(outcome).toEqual({ description, words: expected });
      server.close();
    });
  }
});
