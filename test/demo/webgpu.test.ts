import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Demo, drop, generation, generationShown, noBrowser, rest, TEST_TIMEOUT_MS } from './page';

/** What a software adapter builds and runs in seconds: its driver takes minutes for the kernels of a larger one. */
const SMALL_YAML = `tardigrade: 1
name: Small
source: written by hand
zones: [a]
proxies: 1
traffic:
  rate: 10/s
  classes:
    get: { share: 100%, entry: web/get, objective: 50ms }
services:
  web:
    replicas: 1
    maxReplicas: 3
    workers: 1
    cost: 10
    operations:
      get: { self: { exponential: 20ms } }
links:
  default: { delay: 1ms }
windows: { warmup: 1s, healthy: 1s, onset: 1s, steady: 1s, recovery: 1s }
faults:
  - { name: rush, kind: overload, factor: 3, rate: 10/year, duration: 10m }
policy:
  mesh: { timeout: 1s }
knobs:
  - { field: timeout, range: [50ms, 5s] }
  - { field: retries, range: [0, 2] }
  - { field: replicas, scope: { service: web }, range: [1, 3] }
objectives: [downtime, cost]
`;

describe.skipIf(noBrowser)('the demo with WebGPU', { timeout: TEST_TIMEOUT_MS }, () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await Demo.open({ webgpu: true });
  });
  afterAll(() => demo?.close());

  it('prefers WebAssembly to a software adapter, and comes to the same digest on both', async () => {
    const { page, complaints } = await demo.visit('#population=8&generation=0');
    await generation(page, 0);
    const machine = page.getByRole('region', { name: 'The machine' });
    await machine.getByText(/is a software one; WebAssembly is faster/).waitFor();
    await machine.getByRole('button', { name: 'Compare engines' }).click();
    await machine.getByText('The same to the last bit.').waitFor({ timeout: 100_000 });
    await expect(machine.locator('.digests code').count()).resolves.toBe(2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('evolves on WebGPU when it is told to, to the digest that WebAssembly came to', async () => {
    const { page, complaints } = await demo.visit('#scenario=file&population=8&generation=3');
    await drop(page, 'small.yaml', SMALL_YAML);
    await page.getByRole('heading', { name: 'Small' }).waitFor();
    await generation(page, 3);
    await rest(page);
    expect(await generationShown(page)).toBe(3);
    const machine = page.getByRole('region', { name: 'The machine' });
    const digest = machine.locator('.digest-line');
    const onWebAssembly = await digest.textContent();
    expect(onWebAssembly).toMatch(/^Generation 3: [0-9a-f]{24}/);
    await machine.getByRole('combobox', { name: 'Engine' }).selectOption('WebGPU');
    // Not by the adapter's name: while WebAssembly computes, that stands in the reason why.
    await machine.getByText('WebGPU was asked for.').waitFor();
    await generation(page, 3);
    await rest(page);
    expect(await generationShown(page)).toBe(3);
    expect(await digest.textContent()).toBe(onWebAssembly);
    await page.getByRole('article', { name: 'Evolved' }).locator('.figures').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
