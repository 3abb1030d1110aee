// Remakes README's pictures of the demo from dist/demo: `npm run demo:shots`.
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from '../test/demo/serve.mjs';

const GENERATION = 12;
const folder = resolve(process.argv[2] ?? resolve(import.meta.dirname, '../dist/demo'));
const server = await serve(folder, { isolated: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless=new',
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
for (const { name, colorScheme, width, height, part } of /** @type {const} */ ([
  { name: 'demo', colorScheme: 'light', width: 1440, height: 900, part: 'body' },
  { name: 'demo-arena-dark', colorScheme: 'dark', width: 1440, height: 900, part: '#arena' },
])) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  await page.goto(`${server.url}#generation=${GENERATION}`);
  await page.getByText(`Generation ${GENERATION} ·`).waitFor({ timeout: 180_000 });
  await page.locator('.strip-good').nth(5).waitFor({ timeout: 60_000 });
  await page.getByText('on fresh test episodes').waitFor();
  // In the middle of the rush.
  await page.getByRole('slider', { name: 'Moment of the episode' }).fill('24000');
  const path = resolve(import.meta.dirname, `${name}.png`);
  await page.locator(part).screenshot({ path });
  console.log(path);
  await page.close();
}
await browser.close();
await server.close();
