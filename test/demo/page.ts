import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import { serve } from './serve.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Whether there is no browser to test in; where WebGPU is required it is an error instead. */
export const noBrowser = !existsSync(CHROMIUM) && process.env.TARDIGRADE_REQUIRE_WEBGPU !== '1';
if (noBrowser) console.warn('skipped: the demo in a browser (install chromium)');

/** Generous: a machine that does other work besides is no failure of the page. */
const LONGEST_WAIT_MS = 45_000;
export const TEST_TIMEOUT_MS = 150_000;

const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
/** So that no adapter is found, whatever the machine has. */
const NO_GPU = ['--disable-gpu', '--use-webgpu-adapter=none'];

export interface DemoOptions {
  /** The software WebGPU adapter, or none at all. */
  readonly webgpu?: boolean;
  /** Whether the host sends the headers that let threads share memory. */
  readonly isolated?: boolean;
}

/** Builds the demo as `npm run build:demo` does, into another folder. */
export async function buildDemo(folder: string): Promise<void> {
  await build({
    configFile: resolve(import.meta.dirname, '../../demo/vite.config.ts'),
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'error',
  });
}

/** The built demo on a loopback server, and a browser to look at it with. */
export class Demo {
  readonly #browser: Browser;
  readonly #server: Awaited<ReturnType<typeof serve>>;
  readonly #folder: string;

  private constructor(browser: Browser, server: Awaited<ReturnType<typeof serve>>, folder: string) {
    this.#browser = browser;
    this.#server = server;
    this.#folder = folder;
  }

  static async open({ webgpu = false, isolated = true }: DemoOptions = {}): Promise<Demo> {
    const folder = mkdtempSync(join(tmpdir(), 'tardigrade-demo-'));
    await buildDemo(folder);
    const args = ['--headless=new', '--no-sandbox', ...QUIET, ...(webgpu ? SOFTWARE_GPU : NO_GPU)];
    const browser = await chromium.launch({ executablePath: CHROMIUM, args });
    return new Demo(browser, await serve(folder, { isolated }), folder);
  }

  get url(): string {
    return this.#server.url;
  }

  /** Opens the page in a browser profile of its own, with everything collected that it should not do. */
  async visit(hash = '', options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.#browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(LONGEST_WAIT_MS);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const foreign = !request.url().startsWith(this.url) && !/^(data|blob):/.test(request.url());
      if (foreign) complaints.push(`request to ${request.url()}`);
    });
    await page.goto(this.url + hash);
    return { page, complaints };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    rmSync(this.#folder, { recursive: true });
  }
}

export interface Visit {
  readonly page: Page;
  /** Errors and warnings on the console, violations of the content security policy, requests to foreign hosts. */
  readonly complaints: readonly string[];
}

/** Expects what is read from a page to become something, in time: simulations take theirs. */
export function soon<T>(read: () => Promise<T>) {
  return expect.poll(read, { timeout: LONGEST_WAIT_MS });
}

/** Waits until the evolution has come to this generation. */
export async function generation(page: Page, atLeast: number): Promise<void> {
  await page.waitForFunction(
    (least) =>
      Number(/Generation (\d+)/.exec(document.querySelector('.status')?.textContent ?? '')?.[1] ?? -1) >=
      least,
    atLeast,
  );
}

/** The generation on screen. */
export async function generationShown(page: Page): Promise<number> {
  return Number(/\d+/.exec((await page.locator('.status').textContent()) ?? '')![0]);
}

/** Pauses, and waits until the generation that was under way is shown. */
export async function pause(page: Page): Promise<void> {
  // In one go: the run may come to its rest between a look and a click.
  await page
    .getByRole('button', { name: /^(Pause|Evolve on)$/ })
    .evaluate((button: HTMLElement) => button.textContent === 'Pause' && button.click());
  await rest(page);
}

/** Waits until the evolution rests. */
export async function rest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Evolve on' }).waitFor();
  await page.getByRole('button', { name: 'Step', disabled: false }).waitFor();
}

/** Drops a file on the page as a visitor does. */
export async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName));
      return transfer;
    },
    [name, text] as const,
  );
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
}

/** A figure of one school in the arena, by its label. */
export function figure(page: Page, school: string, label: string) {
  return page
    .getByRole('article', { name: school })
    .locator('.figures > div', { hasText: label })
    .locator('dd');
}
