import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Demo, generation, noBrowser, TEST_TIMEOUT_MS } from './page';

/** The software adapter is slow: the least of everything. */
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
});
