import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOP_YAML } from '../../src/system/testing/shop';
import { Demo, drop, generation, generationShown, noBrowser, rest, TEST_TIMEOUT_MS } from './page';

/** Tells the page that its tab is hidden, or is seen again. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

describe.skipIf(noBrowser)(
  'when something goes wrong, the page says what and goes on',
  { timeout: TEST_TIMEOUT_MS },
  () => {
    let demo: Demo;
    beforeAll(async () => {
      demo = await Demo.open();
    });
    afterAll(() => demo?.close());

    it('a dropped file that is broken: its line, column and mend; the scenario before stays', async () => {
      const { page, complaints } = await demo.visit('#population=8');
      await generation(page, 1);
      await drop(page, 'mine.yaml', 'tardigrade: 1\nname: Mine\nservices: [not, a, map]\n');
      await page
        .getByRole('status')
        .getByText(/^mine\.yaml:3:11: services: .+;.+/)
        .waitFor();
      await page.getByRole('heading', { name: 'Three-tier shop' }).waitFor();
      const before = await generationShown(page);
      await generation(page, before + 1);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('a scenario’s names are text, whatever they hold', async () => {
      const { page, complaints } = await demo.visit('#population=8');
      const evil = '<img src=x onerror=alert(1)>';
      await drop(
        page,
        'evil.yaml',
        SHOP_YAML.replace('name: Shop', `name: '${evil}'`).replaceAll('name: crash', `name: '${evil}'`),
      );
      await page.getByRole('heading', { name: evil }).waitFor();
      await page.getByRole('checkbox', { name: evil }).waitFor();
      expect(await page.locator('img').count()).toBe(0);
      await generation(page, 0);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('a link to a file says that it carries none, and reopens the rest when the file is there', async () => {
      const hash = '#scenario=file&population=8&seed=3&generation=2&faults=1';
      const { page, complaints } = await demo.visit(hash);
      await page
        .getByRole('status')
        .getByText('The link is about a scenario file that it does not carry')
        .waitFor();
      await page.getByRole('heading', { name: 'Three-tier shop' }).waitFor();
      await drop(page, 'shop.yaml', SHOP_YAML);
      await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor();
      await generation(page, 2);
      await rest(page);
      expect(await generationShown(page)).toBe(2);
      await page.locator('.faults label:nth-of-type(2) input:checked').waitFor();
      await expect(page.locator('.faults input:checked').count()).resolves.toBe(1);
      await page.getByText('seed 3').first().waitFor();
      await page.getByText('drop the same file').waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('a tab that is hidden waits, and goes on when it is seen', async () => {
      const { page } = await demo.visit('#population=8&generation=10');
      await generation(page, 1);
      await setHidden(page, true);
      await rest(page);
      const waited = await generationShown(page);
      await page.waitForTimeout(1000);
      expect(await generationShown(page)).toBe(waited);
      await setHidden(page, false);
      await page.getByText('it waited while this tab was hidden').waitFor();
      // As far as it was going before.
      await generation(page, 10);
      await rest(page);
      expect(await generationShown(page)).toBe(10);
      await page.context().close();
    });

    it('a device that is lost is replaced, and the result is the same', async () => {
      const { page } = await demo.visit('#population=8&generation=2');
      await page
        .getByText(/^WebAssembly, /)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Lose the device' }).click();
      await page
        .getByRole('status')
        .getByText(/was lost .+ another was opened and the work runs again/)
        .waitFor();
      await generation(page, 2);
      const front = (of: Page) =>
        of.getByRole('option').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
      const { page: undisturbed } = await demo.visit('#population=8&generation=2');
      await generation(undisturbed, 2);
      expect(await front(page)).toEqual(await front(undisturbed));
      await page.context().close();
      await undisturbed.context().close();
    });

    it('a GPU that is refused: WebAssembly goes on', async () => {
      const { page } = await demo.visit('#population=8&engine=webgpu');
      await page
        .getByRole('status')
        .getByText(/^WebGPU was asked for and cannot be had: .+ WebAssembly goes on in its place\.$/)
        .waitFor();
      await generation(page, 1);
      await page.context().close();
    });

    it('a link that makes no sense is read as far as it does', async () => {
      const { page } = await demo.visit('#population=8&seed=many&nonsense=1&genes=00000000');
      await page
        .getByRole('status')
        .getByText('The link says something about seed, nonsense that makes no sense')
        .waitFor();
      await generation(page, 0);
      // Genes of another scenario.
      await page.getByText('The one to recommend so far.').waitFor();
      await page.context().close();
    });
  },
);

describe.skipIf(noBrowser)('on a host that sends no isolation headers', { timeout: TEST_TIMEOUT_MS }, () => {
  it('one thread computes, and the page says so', async () => {
    const demo = await Demo.open({ isolated: false });
    const { page, complaints } = await demo.visit('#population=8');
    await generation(page, 1);
    const machine = page.getByRole('region', { name: 'The machine' });
    await machine.getByText('This host does not isolate the page, so one thread computes.').waitFor();
    expect(complaints).toEqual([]);
    await demo.close();
  });
});
