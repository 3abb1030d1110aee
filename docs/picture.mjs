// Remakes README's picture from the report that `npm start` wrote: `npm run picture`.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const report = resolve(process.argv[2] ?? 'out/online-boutique/report.html');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1180, height: 2350 }, colorScheme: 'light' });
await page.goto(pathToFileURL(report).href);
await page.screenshot({ path: resolve(import.meta.dirname, 'report.png') });
await browser.close();
