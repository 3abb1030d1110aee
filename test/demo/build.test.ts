import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDemo } from './page';

/** Of all that is loaded without asking, compressed. */
const MOST_KIB = 600;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('the built demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tardigrade-demo-'));
  let page: string;
  beforeAll(async () => {
    await buildDemo(folder);
    page = readFileSync(join(folder, 'index.html'), 'utf8');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is small', () => {
    const bytes = filesIn(folder).reduce((sum, file) => sum + gzipSync(readFileSync(file)).byteLength, 0);
    expect(bytes / 1024).toBeLessThan(MOST_KIB);
  });

  it('can lie in any folder of any host', () => {
    const links = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(1);
    expect(links.filter((link) => !/^(\.\/|data:)/.test(link))).toEqual([]);
  });

  it('holds itself to a strict policy, and keeps to it: no inline script, no inline style', () => {
    const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page)![1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*|https?:/);
    expect(page.match(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/g)).toBeNull();
  });
});

describe('the demo’s source', () => {
  const demo = resolve(import.meta.dirname, '../../demo');

  it('uses the public API and nothing private', () => {
    const sources = filesIn(demo).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('vite.config.ts'));
    expect(sources.length).toBeGreaterThan(30);
    const inside = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)]
        .map(([, path]) => resolve(file, '..', path))
        .filter((path) => !path.startsWith(demo) && !path.includes('/examples/')),
    );
    expect(inside).toEqual([]);
  });
});
