import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Demo, figure, noBrowser, soon, TEST_TIMEOUT_MS } from './page';

describe.skipIf(noBrowser)('another scenario', { timeout: TEST_TIMEOUT_MS }, () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await Demo.open();
  });
  afterAll(() => demo?.close());

  it('is loaded when it is chosen, drawn, and put through its own faults', async () => {
    const { page, complaints } = await demo.visit('#population=8');
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.getByRole('combobox', { name: 'Scenario' }).selectOption('TrainTicket');
    const system = page.getByRole('region', { name: 'TrainTicket' });
    await system.getByText('ts-seat-service', { exact: true }).waitFor();
    expect(loaded.filter((url) => url.includes('train-ticket'))).toHaveLength(1);
    // One for the clients.
    await expect(system.locator('.graph .node').count()).resolves.toBe(25 + 1);
    await expect(system.getByText('Nezha').textContent()).resolves.toContain('(MIT)');
    const served = figure(page, 'Fixed rules', 'served well');
    await served.waitFor();
    const underFault = Number.parseFloat((await served.textContent())!);
    expect(underFault).toBeGreaterThan(0);
    await system.getByRole('checkbox', { name: /^station-crash/ }).uncheck();
    await soon(async () => Number.parseFloat((await served.textContent())!)).toBeGreaterThan(underFault);
    expect(complaints).toEqual([]);
  });
});
