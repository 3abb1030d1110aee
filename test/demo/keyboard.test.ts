import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Demo, figure, generation, generationShown, noBrowser, rest, soon, TEST_TIMEOUT_MS } from './page';

const MOST_STOPS = 60;

/** Presses Tab until what has the focus is called this; fails where the focus cannot be seen on the way. */
async function tabTo(page: Page, name: RegExp, backwards = false): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement;
      const label =
        element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent;
      const shown = element.matches('input[type=file]') ? element.nextElementSibling! : element;
      return {
        name: element === document.body ? '(nothing)' : (label ?? ''),
        outline: getComputedStyle(shown).outlineStyle,
      };
    });
    passed.push(focus.name);
    expect(focus, `${passed.join(', ')}: focus on ${focus.name}`).toMatchObject({
      outline: expect.not.stringMatching(/^none$/),
    });
    if (name.test(focus.name)) return;
  }
  throw new Error(`Tab does not come to ${name}`);
}

describe.skipIf(noBrowser)('with the keyboard alone', { timeout: TEST_TIMEOUT_MS }, () => {
  let demo: Demo;
  let page: Page;
  beforeAll(async () => {
    demo = await Demo.open();
    ({ page } = await demo.visit('#population=12', { reducedMotion: 'reduce' }));
    await generation(page, 1);
  });
  afterAll(() => demo?.close());

  it('the main story can be gone through: provoke a collapse, prevent it, evolve, choose, take away', async () => {
    await tabTo(page, /^Skip to the arena/);
    await tabTo(page, /^Moment of the episode/);
    await page.keyboard.press('ArrowRight');
    await tabTo(page, /^slow database/);
    await page.keyboard.press('Space');
    await soon(() => page.locator('.school-rules .fault-shade').count()).toBe(6);
    await page.keyboard.press('Space');
    await tabTo(page, /^How hard/);
    await page.keyboard.press('ArrowRight');
    await page.getByText('1.25 × as declared').waitFor();

    await tabTo(page, /^Pause/);
    await page.keyboard.press('Enter');
    await rest(page);
    const before = await generationShown(page);
    await tabTo(page, /^Step/);
    await page.keyboard.press('Space');
    await generation(page, before + 1);
    // Whoever steps by keyboard steps again: the button keeps the focus.
    await rest(page);
    await page.keyboard.press('Space');
    await generation(page, before + 2);

    await tabTo(page, /^Downtime .* min a year/);
    const chosen = () => page.evaluate(() => document.activeElement!.getAttribute('aria-label'));
    const [first, options] = [await chosen(), await page.getByRole('option').count()];
    if (options > 1) {
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.getByText('The point you chose.').waitFor();
      expect([first, await chosen()].every((label) => label?.startsWith('Downtime'))).toBe(true);
    }

    await tabTo(page, /^with a retry budget/);
    const recovery = figure(page, 'Fixed rules', 'well again after');
    await soon(() => recovery.textContent()).toBe('never');
    await page.keyboard.press('Space');
    await soon(() => recovery.textContent()).not.toBe('never');

    await tabTo(page, /^Download policy.yaml/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('policy.yaml');
  });
});
