import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** What lets a page share memory between threads; a host that cannot send it gets the single-threaded engine. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  root: import.meta.dirname,
  // Any folder of any file host will do.
  base: './',
  resolve: { alias: { tardigrade: resolve(import.meta.dirname, '../src/index.ts') } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  preview: { headers: ISOLATION, port: 4173 },
  server: { headers: ISOLATION },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: '../dist/demo',
    emptyOutDir: true,
    // A data: URL is no 'self' to the page's content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
