/**
 * Benchmarks, each against its goal: `npm run bench -- [NAME ...]`, where a NAME is a file of this folder, such as
 * `simulator-vs-cpp`. Exits with 1 only when two implementations disagree; a goal that is missed is printed as missed.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');
const outDir = join(root, '.cache/bench/build');

await build({
  root,
  logLevel: 'error',
  build: { ssr: 'bench/main.ts', outDir, emptyOutDir: true, lib: false, sourcemap: false },
});
const { runBenchmarks } = await import(pathToFileURL(join(outDir, 'main.js')).href);
process.exit(await runBenchmarks(root, process.argv.slice(2)));
