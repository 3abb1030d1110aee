import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadPolicy, loadScenario } from '../../src/system';
import {
  Demo,
  figure,
  generation,
  generationShown,
  noBrowser,
  pause,
  rest,
  soon,
  TEST_TIMEOUT_MS,
  type Visit,
} from './page';

const THREE_TIER = loadScenario(
  readFileSync(resolve(import.meta.dirname, '../../examples/three-tier.yaml'), 'utf8'),
  'three-tier.yaml',
);

const percentOf = (text: string | null) => Number.parseFloat(text ?? '');

/** What a visitor without a GPU does and sees. */
describe.skipIf(noBrowser)('the demo on a CPU', { timeout: TEST_TIMEOUT_MS }, () => {
  let demo: Demo;
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    demo = await Demo.open();
    // Few generations, as the link that is made of them below runs them all again.
    visit = await demo.visit('#population=12&generation=1');
    ({ page } = visit);
  });
  afterAll(() => demo?.close());
  afterEach(() => expect(visit.complaints).toEqual([]));

  it('evolves at once, and says on what and why', async () => {
    await generation(page, 1);
    const machine = page.getByRole('region', { name: 'The machine' });
    await expect(machine.textContent()).resolves.toMatch(/WebAssembly, \d+ workers? There is no WebGPU here/);
    await expect(page.locator('.headline').textContent()).resolves.toMatch(
      /Downtime .+ with evolved settings for \$\d+ a month, .+ with the best fixed rules/,
    );
  });

  it('tests what it recommends when it rests, and says how sure that is', async () => {
    await rest(page);
    await soon(() => page.locator('.headline').textContent()).toMatch(
      /^Downtime on fresh test episodes, \d+ of each fault: \S+ min a year \(95 %: \S+ to \S+\) with evolved settings for .+, \S+ min a year \(95 %: \S+ to \S+\) with the best fixed rules/,
    );
  });

  it('draws the system: services, their replicas in zones, traffic that moves', async () => {
    const system = page.getByRole('region', { name: 'Three-tier shop' });
    for (const name of ['clients', 'web', 'app', 'database'])
      await system.locator('.node text', { hasText: new RegExp(`^${name}$`) }).waitFor();
    await expect(system.locator('.replica').count()).resolves.toBe(6);
    await expect(system.locator('.zone').allTextContents()).resolves.toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    const level = () =>
      system
        .locator('.replica .level')
        .evaluateAll((all) => all.map((one) => one.getAttribute('height')).join());
    const moment = system.getByRole('slider', { name: 'Moment of the episode' });
    await moment.fill('5000');
    await system.getByText('5 s · no fault').waitFor();
    const calm = await level();
    await moment.fill('15000');
    await system.getByText('15 s · rush').waitFor();
    await soon(level).not.toBe(calm);
    // What runs today is past saving by now: no call to the database comes back in time.
    await moment.fill('30000');
    await soon(() => system.locator('.edge.failing').count()).toBeGreaterThan(0);
    await system.getByRole('button', { name: 'Evolved' }).click();
    await soon(() => system.locator('.edge.failing').count()).toBe(0);
  });

  it('a storm of retries outlives its cause, and a retry budget ends it', async () => {
    const recovery = figure(page, 'Fixed rules', 'well again after');
    await soon(() => recovery.textContent()).toBe('never');
    await expect(figure(page, 'Fixed rules', 'attempts').textContent().then(Number)).resolves.toBeGreaterThan(
      8,
    );
    await page.getByRole('checkbox', { name: 'with a retry budget of 20 %' }).check();
    await soon(() => recovery.textContent()).toMatch(/^\d.* m?s$/);
    await page.getByRole('checkbox', { name: 'with a retry budget of 20 %' }).uncheck();
    await soon(() => recovery.textContent()).toBe('never');
  });

  it('the fault comes when and as hard as the sliders say', async () => {
    const served = figure(page, 'Fixed rules', 'served well');
    const before = await served.textContent();
    await page.getByRole('slider', { name: 'How hard' }).fill('0.25');
    await soon(() => served.textContent()).not.toBe(before);
    const mild = percentOf(await served.textContent());
    expect(mild).toBeGreaterThan(percentOf(before));
    await page.getByRole('slider', { name: 'When' }).fill('16000');
    const shade = page.getByRole('article', { name: 'Fixed rules' }).locator('.fault-shade').first();
    await soon(() => shade.evaluate((element) => Number.parseFloat(element.style.left))).toBeGreaterThan(30);
    await page.getByRole('slider', { name: 'How hard' }).fill('1');
    await page.getByRole('slider', { name: 'When' }).fill('8000');
  });

  it('goes through several faults, one after the other, and shows who is ejected', async () => {
    await page.getByRole('checkbox', { name: 'app errors' }).check();
    await page.getByRole('checkbox', { name: 'rush' }).uncheck();
    await page.getByRole('combobox', { name: 'Policy of Fixed rules' }).selectOption('envoy-best-practice-2');
    const rules = page.getByRole('article', { name: 'Fixed rules' });
    await rules.getByText(/web -> app #\d, ejected/).waitFor();
    await page.getByRole('checkbox', { name: 'database crash' }).check();
    await soon(() => rules.locator('figure').first().locator('.fault-shade').count()).toBe(2);
  });

  it('pauses, steps, and takes changes while it runs', async () => {
    await rest(page);
    const rested = await generationShown(page);
    await page.getByRole('button', { name: 'Evolve on' }).click();
    await generation(page, rested + 1);
    await pause(page);
    const before = await generationShown(page);
    await page.getByRole('button', { name: 'Step' }).click();
    await generation(page, before + 1);
    await rest(page);
    expect(await generationShown(page)).toBe(before + 1);

    await page.getByText('Change it while it runs').click();
    const change = async (label: string, value: string) => {
      await page.getByRole('spinbutton', { name: label }).fill(value);
      await page.keyboard.press('Enter');
    };
    const comesToRestAt = async (shown: number) => {
      await generation(page, shown);
      await rest(page);
      expect(await generationShown(page)).toBe(shown);
    };
    await change('Population', '16');
    await comesToRestAt(before + 2);
    await change('Mutation rate', '0.2');
    await comesToRestAt(before + 3);
    await change('Cost at most', '300');
    await comesToRestAt(before + 4);
    const log = page.getByRole('list', { name: 'Live changes' });
    await expect(log.textContent()).resolves.toMatch(
      new RegExp(
        `^Generation ${before + 2} population 16Generation ${before + 3} mutation .*0.2.*Generation ${before + 4} bounds \\[null,null,300\\]$`,
      ),
    );
    const costs = await page
      .getByRole('option')
      .evaluateAll((all) =>
        all
          .filter((one) => one.getAttribute('aria-label')?.includes('Cost'))
          .map((one) => Number(/Cost \$(\d+)/.exec(one.getAttribute('aria-label')!)![1])),
      );
    expect(costs.every((cost) => cost <= 300)).toBe(true);
  });

  it('changes made one right after the other are all in force', async () => {
    const limits = page.getByRole('spinbutton', { name: / at most/ });
    await limits.nth(0).fill('100000');
    await limits.nth(1).fill('100000');
    await page.keyboard.press('Enter');
    await expect(limits.nth(0).inputValue()).resolves.toBe('100000');
    const last = page.getByRole('list', { name: 'Live changes' }).getByRole('listitem').last();
    await soon(() => last.textContent()).toMatch(/^Generation \d+ bounds \[100000,100000,300\]$/);
    await rest(page);
  });

  it('what is being typed stays while generations come', async () => {
    await page.getByRole('button', { name: 'Evolve on' }).click();
    const seed = page.getByRole('spinbutton', { name: 'Seed' });
    await seed.press('ControlOrMeta+a');
    await seed.press('7');
    await generation(page, (await generationShown(page)) + 2);
    await seed.press('7');
    await expect(seed.inputValue()).resolves.toBe('77');
    await seed.press('ControlOrMeta+a');
    await seed.press('1');
    await seed.blur();
    await pause(page);
  });

  it('a candidate shows its knobs, what they buy, its way through every fault, and can be taken away', async () => {
    // Points may lie on each other: whichever is on top is chosen.
    await page.getByRole('listbox').getByRole('option').first().click({ force: true });
    const candidate = page.getByRole('region', { name: 'The candidate' });
    await candidate.getByText('The point you chose.').waitFor();
    await soon(() => candidate.locator('.strip-good').count()).toBe(THREE_TIER.faults.length);
    await candidate.getByRole('button', { name: 'What does each change buy?' }).click();
    await candidate.getByRole('columnheader', { name: 'Cost, if undone' }).waitFor();
    await expect(candidate.locator('tr.changed td.figure').first().textContent()).resolves.toMatch(
      /^([+−].+|0)$/,
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      candidate.getByRole('button', { name: 'Download policy.yaml' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('policy.yaml');
    const policy = loadPolicy(readFileSync(await download.path(), 'utf8'), 'policy.yaml', THREE_TIER);
    expect(policy.values.length).toBeGreaterThanOrEqual(THREE_TIER.knobs.length);
  });

  it('its link reopens exactly this', async () => {
    const stateOf = async (of: Page) => ({
      generation: await generationShown(of),
      front: await of
        .getByRole('listbox')
        .getByRole('option')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
      knobs: await of
        .getByRole('region', { name: 'Knobs' })
        .locator('tr')
        .evaluateAll((rows) =>
          rows.map((row) => [...row.children].slice(0, 4).map((cell) => cell.textContent)),
        ),
      changes: await of.locator('.changes').textContent(),
    });
    const shown = await generationShown(page);
    await soon(async () => new URL(page.url()).hash).toMatch(new RegExp(`generation=${shown}&.*genes=`));
    const { hash } = new URL(page.url());
    const expected = await stateOf(page);
    const { page: again, complaints } = await demo.visit(hash);
    await generation(again, expected.generation);
    await again.getByRole('button', { name: 'Evolve on' }).waitFor();
    expect(await stateOf(again)).toEqual(expected);
    expect(complaints).toEqual([]);
    await again.context().close();
  });

  it('on another engine the same run is made again, to the same digest', async () => {
    const { page: other, complaints } = await demo.visit('#population=8');
    const machine = other.getByRole('region', { name: 'The machine' });
    const digest = machine.locator('.digest-line');
    const engine = machine.getByRole('combobox', { name: 'Engine' });
    const reason = machine.getByText('There is no WebGPU here');
    await generation(other, 1);
    // In the middle of a generation, and at rest.
    await engine.selectOption('WebAssembly');
    await reason.waitFor({ state: 'detached' });
    await rest(other);
    const expected = await digest.textContent();
    expect(expected).toMatch(/^Generation \d+: [0-9a-f]{24}/);
    await engine.selectOption('Best there is');
    await reason.waitFor();
    await rest(other);
    expect(await digest.textContent()).toBe(expected);
    await soon(() => other.locator('.school .waiting').count()).toBe(0);
    expect(await other.locator('.notice').allTextContents()).toEqual([]);
    expect(complaints).toEqual([]);
    await other.context().close();
  });

  it('starts over with another seed', async () => {
    await page.getByRole('spinbutton', { name: 'Seed' }).fill('5');
    await page.keyboard.press('Enter');
    await soon(() => generationShown(page)).toBeLessThan(3);
    await page.getByText('seed 5', { exact: false }).first().waitFor();
    await generation(page, 1);
  });
});
