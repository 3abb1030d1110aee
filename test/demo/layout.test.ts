import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Demo, generation, noBrowser, pause, soon, TEST_TIMEOUT_MS } from './page';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [1440, 1024, 390];

/** Pairs of texts and controls, neither inside the other, that cover each other by more than a rounding error. */
function overlaps(): string[] {
  const seen = [...document.querySelectorAll<HTMLElement>('#app *')].filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    const words = [...element.childNodes].some(
      (node) => node.nodeType === 3 && node.textContent!.trim() !== '',
    );
    const control = /^(BUTTON|SELECT|INPUT)$/.test(element.tagName);
    // What is drawn over one another on purpose is inside of drawings; what is hidden covers nothing.
    return (
      (words || control) &&
      width > 1 &&
      height > 1 &&
      !element.closest('svg, .u-wrap, .visually-hidden, .table-scroll')
    );
  });
  // A text that wraps has a rectangle a line.
  const lines = seen.map((element) => [...element.getClientRects()]);
  const covers = (a: DOMRect, b: DOMRect) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  return seen.flatMap((a, i) =>
    seen.flatMap((b, k) => {
      if (k <= i || a.contains(b) || b.contains(a)) return [];
      const covered = lines[i].some((line) => lines[k].some((other) => covers(line, other)));
      return covered ? [`"${a.textContent}" and "${b.textContent}"`] : [];
    }),
  );
}

/** Elements of the page that stick out of it sideways. */
function sticksOut(): string[] {
  const { clientWidth } = document.documentElement;
  if (document.documentElement.scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll('#app *')]
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
    .map((element) => `${element.tagName}.${element.getAttribute('class')}`);
}

async function seriousProblems(page: Page): Promise<string[]> {
  // Playwright's own evaluation is not held to the page's content security policy; a script tag would be.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

describe.skipIf(noBrowser)('the layout', { timeout: TEST_TIMEOUT_MS }, () => {
  let demo: Demo;
  let page: Page;
  beforeAll(async () => {
    demo = await Demo.open();
    ({ page } = await demo.visit('#population=12&faults=0.5&rules=envoy-best-practice-2'));
    await generation(page, 1);
    await pause(page);
    await page.locator('.strip-good').nth(5).waitFor();
    await page.getByText('Change it while it runs').click();
    await page.getByRole('button', { name: 'Open the editor' }).click();
    await page
      .locator('.lab-status')
      .getByText(/^Generation/)
      .waitFor();
  });
  afterAll(() => demo?.close());

  it.each(WIDTHS)('nothing overlaps and nothing sticks out at a width of %i', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    // Charts follow their container after a frame or two.
    await soon(() => page.evaluate(overlaps)).toEqual([]);
    await soon(() => page.evaluate(sticksOut)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('axe finds nothing serious in the %s theme', async (colorScheme) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme });
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('the theme can be chosen against the system’s, and is kept', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    expect(await background()).not.toBe(light);
    const dark = await background();
    await page.reload();
    expect(await background()).toBe(dark);
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('system');
    expect(await background()).toBe(light);
  });
});
