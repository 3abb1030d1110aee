/**
 * Runs the WebGPU conformance suite against this project's own GPU, with the suite's own runner.
 *
 *   npm run cts -- [--suite DIR] [--workers N] [--logs DIR] [--verbose] [PATH ...]
 *
 * A PATH is a query of the suite, such as `webgpu:shader,execution,flow_control,*`. Exits with 1 when a case gives a wrong
 * result that is not in accepted.mjs; what is refused by name is not wrong.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { findSuite, runSuite } from './suite.mjs';
import { summarize, table } from './summary.mjs';

const DEFAULT_QUERIES = [
  'webgpu:shader,execution,flow_control,*',
  'webgpu:shader,execution,statement,*',
  'webgpu:shader,execution,expression,binary,*',
  'webgpu:shader,execution,expression,unary,*',
];
/** Failures whose log is printed; `--verbose` prints all. */
const SHOWN = 5;

const { values, positionals } = parseArgs({
  options: {
    suite: { type: 'string' },
    workers: { type: 'string', default: '0' },
    logs: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

const root = resolve(import.meta.dirname, '../..');
/** Takes the bundled GPU and the suite's own output; a folder for each run, so that several can go on beside each other. */
const folder = values.logs ? resolve(values.logs) : mkdtempSync(join(tmpdir(), 'tardigrade-cts-'));
mkdirSync(folder, { recursive: true });

/**
 * Bundles the GPU into one CommonJS file, the only kind that the suite's runner can load. It warns that `import.meta` is
 * empty there: only the browser's way to start a worker uses it.
 */
async function buildProvider() {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      lib: { entry: join(root, 'test/cts/provider.ts'), formats: ['cjs'], fileName: () => 'provider.cjs' },
    },
  });
  return join(folder, 'provider.cjs');
}

/** @param {string} suite */
function commitOf(suite) {
  try {
    return execFileSync('git', ['-C', suite, 'rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return 'unknown commit (no git checkout)';
  }
}

async function main() {
  const suite = findSuite(values.suite);
  const provider = await buildProvider();
  const summaries = [];
  for (const query of positionals.length > 0 ? positionals : DEFAULT_QUERIES) {
    const output = join(folder, `${query.replace(/[^a-z0-9]+/gi, '-')}.log`);
    const results = await runSuite({ suite, provider, flags: [`workers=${values.workers}`], query, output });
    const summary = summarize(query, results);
    summaries.push(summary);
    for (const { name, log } of summary.failed.slice(0, values.verbose ? undefined : SHOWN))
      console.log(`WRONG ${name}\n${log}\n`);
    for (const [what, cases] of summary.refusals) console.log(`refused: ${what} (${cases} cases)`);
    for (const { name, reason } of summary.accepted) console.log(`accepted: ${name}: ${reason}`);
  }
  console.log(`\nsuite ${commitOf(suite)}, ${values.workers} workers\n${table(summaries)}`);
  return summaries.some(({ failed }) => failed.length > 0) ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  if (!values.logs) rmSync(folder, { recursive: true, force: true });
}
