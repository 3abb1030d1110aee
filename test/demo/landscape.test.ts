import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Demo, generation, generationShown, noBrowser, soon, TEST_TIMEOUT_MS, type Visit } from './page';

const fitness = (body: string) => `fn evaluate(c: Candidate, e: Episode) -> Score {\n${body}\n}\n`;

describe.skipIf(noBrowser)('a fitness of one’s own', { timeout: TEST_TIMEOUT_MS }, () => {
  let demo: Demo;
  let visit: Visit;
  let page: Page;
  let panel: Locator;
  beforeAll(async () => {
    demo = await Demo.open();
    visit = await demo.visit('#population=8&generation=0');
    ({ page } = visit);
    panel = page.getByRole('region', { name: 'Your own fitness' });
    await generation(page, 0);
  });
  afterAll(() => demo?.close());

  const status = () => panel.getByRole('status').textContent();
  const write = async (text: string) => {
    const editor = panel.getByRole('textbox', { name: 'Fitness in WGSL' });
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
    await panel.getByRole('button', { name: 'Run' }).click();
  };

  it('is loaded when asked for, and a population finds the lowest point', async () => {
    await panel.getByRole('button', { name: 'Open the editor' }).click();
    await soon(status).toMatch(/^Generation \d+: .+ at x = /);
    await expect(panel.locator('.individual').count()).resolves.toBeGreaterThan(3);
    const drawn = await panel.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(data).size;
    });
    expect(drawn).toBeGreaterThan(20);
    await write(
      fitness('  let dx = c.x - 2.5;\n  let dy = c.y + 1.0;\n  return Score(array(dx * dx + dy * dy));'),
    );
    await soon(status).toMatch(/at x = 2\.(49|50)\d+, y = -(0\.99|1\.0)\d+/);
    expect(visit.complaints).toEqual([]);
  });

  it('a mistake is shown at its line', async () => {
    await write(fitness('  let value = c.x * c.z;\n  return Score(array(value));'));
    await soon(status).toContain("2:21: struct Candidate has no member 'z'");
    await panel.locator('.cm-lint-marker-error').first().waitFor();
    const line = panel.locator('.cm-line', { hasText: 'let value' });
    await expect(line.locator('.cm-lintRange-error').textContent()).resolves.toMatch(/[cz.]/);
  });

  it('the domain is the visitor’s own, and a link reopens what runs', async () => {
    await write(fitness('  let dx = c.x - 70.0;\n  return Score(array(dx * dx + abs(c.y)));'));
    await panel.getByRole('combobox', { name: 'Algorithm' }).selectOption('L-SHADE');
    await panel.getByRole('spinbutton', { name: 'x to' }).fill('100');
    await page.keyboard.press('Enter');
    await soon(status).toMatch(/at x = (69\.[5-9]|70\.[0-4])/);
    await page.waitForFunction(() => location.hash.includes('lshade') && location.hash.includes('100'));
    const again = (await demo.visit(new URL(page.url()).hash)).page;
    const reopened = again.getByRole('region', { name: 'Your own fitness' });
    await reopened.getByRole('textbox', { name: 'Fitness in WGSL' }).getByText('c.x - 70.0').waitFor();
    await expect(reopened.getByRole('spinbutton', { name: 'x to' }).inputValue()).resolves.toBe('100');
    await expect(reopened.getByRole('combobox', { name: 'Algorithm' }).inputValue()).resolves.toBe('lshade');
    await again.context().close();
  });

  it('NaN everywhere is said, and draws nothing', async () => {
    await write(fitness('  return Score(array(sqrt(-1.0 - c.x * c.x)));'));
    await soon(status).toContain('nothing but NaN');
  });

  it('a kernel that never ends is stopped, and the page goes on', async () => {
    await write(
      fitness('  var i = 0.0;\n  while (i > -1.0) { i = abs(i + c.x); }\n  return Score(array(i));'),
    );
    await soon(status).toContain('was stopped; does one of its loops never end?');
    const before = await generationShown(page);
    await page.getByRole('button', { name: 'Step' }).click();
    await generation(page, before + 1);
    await write(fitness('  return Score(array(abs(c.x) + abs(c.y)));'));
    await soon(status).toMatch(/^Generation \d+: .+ at x = /);
    expect(visit.complaints).toEqual([]);
  });
});
