import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Each room and the rooms it may import; what is not listed it may not know. Leaves may be known by all. */
const LEAVES = ['math', 'text', 'files'];
const BELOW: Record<string, readonly string[]> = {
  math: [],
  text: [],
  files: [],
  wgsl: [],
  'wasm-gpu': ['wgsl'],
  gpu: ['wasm-gpu', 'wgsl'],
  space: ['gpu', 'wasm-gpu', 'wgsl'],
  problem: ['space', 'gpu', 'wgsl'],
  optimize: ['problem', 'space', 'gpu'],
  sweep: ['problem', 'space', 'gpu'],
  system: ['optimize', 'sweep', 'problem', 'space', 'gpu', 'wgsl'],
  calibrate: ['system'],
  export: ['system'],
  manage: ['system'],
  report: ['system', 'sweep', 'optimize'],
  cli: ['report', 'manage', 'export', 'calibrate', 'system', 'sweep', 'optimize', 'problem', 'space', 'gpu'],
};

const src = resolve(import.meta.dirname, '../src');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|js)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) ? [path] : [];
  });
}

function imports(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]);
}

const roomOf = (path: string) => relative(src, path).split(sep)[0];
const arrows = sources(src)
  .filter((file) => dirname(file) !== src)
  .flatMap((file) =>
    imports(file)
      .map((specifier) => resolve(dirname(file), specifier))
      .filter((target) => target.startsWith(src))
      .map((target) => ({
        file: relative(src, file),
        from: roomOf(file),
        to: roomOf(target),
        target: relative(src, target),
      })),
  )
  .filter((arrow) => arrow.from !== arrow.to);

describe('the rooms', () => {
  it('import only what is below them', () => {
    const wrong = arrows.filter(({ from, to }) => !LEAVES.includes(to) && !BELOW[from]?.includes(to));
    expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
  });

  it('are entered through their front door, or the one for Node alone', () => {
    const doors = ['', 'index', 'node'];
    const wrong = arrows.filter(({ to, target }) => !doors.some((door) => target === join(to, door)));
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('are all known', () => {
    const rooms = [...new Set(sources(src).map(roomOf))].filter((room) => !room.includes('.'));
    expect(rooms.filter((room) => !(room in BELOW))).toEqual([]);
  });
});

/** What a module of ours loads when it is loaded: files of ours, and names of packages. */
function loads(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(?:import|export)(?! type)[^;]*?from '([^']+)'/gm)].map((match) => match[1]);
}

describe('the public door', () => {
  it('is safe for browsers: nothing that it reaches loads what only Node has', () => {
    const seen = new Set<string>();
    const wrong: string[] = [];
    const visit = (file: string) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const specifier of loads(file)) {
        if (specifier.startsWith('node:')) wrong.push(`${relative(src, file)} loads ${specifier}`);
        const target = resolve(dirname(file), specifier);
        const found = [`${target}.ts`, join(target, 'index.ts')].find((path) => existsSync(path));
        if (specifier.startsWith('.') && found) visit(found);
      }
    };
    visit(join(src, 'index.ts'));
    expect(seen.size).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});
