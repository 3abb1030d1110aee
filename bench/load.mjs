import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

export const root = resolve(import.meta.dirname, '..');

/**
 * Bundles a benchmark, shaders and all, and loads it.
 * @param {string} entry a file of this folder, such as `main.ts`
 */
export async function load(entry) {
  return import(pathToFileURL(await bundle(entry)).href);
}

/**
 * Bundles a benchmark into one file.
 * @param {string} entry a file of this folder, such as `main.ts`
 * @returns {Promise<string>} where it lies
 */
export async function bundle(entry) {
  const outDir = join(root, '.cache/bench', entry.replace(/\W/g, '-'));
  await build({
    root,
    logLevel: 'error',
    build: {
      ssr: join('bench', entry),
      outDir,
      emptyOutDir: true,
      lib: false,
      sourcemap: false,
      rolldownOptions: { output: { entryFileNames: 'bundle.js' } },
    },
  });
  return join(outDir, 'bundle.js');
}
