import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt, ROOT } from './build';
import { runNode } from './run';

beforeAll(ensureBuilt, 120_000);

it('examples/own-fitness.mjs minimises a fitness of one’s own in twenty lines', async () => {
  const script = join(ROOT, 'examples/own-fitness.mjs');
  const text = await readFile(script, 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  const { code, stdout, stderr } = await runNode(script, []);
  expect(code, stderr).toBe(0);
  const [summary, values] = stdout.trimEnd().split('\n');
  const [, value, evaluations] = /^f = (\S+) after (\d+) evaluations, engine: \S/.exec(summary)!;
  expect(Number(value)).toBeLessThanOrEqual(0.01);
  expect(Number(evaluations)).toBeLessThan(200_000);
  expect(values.split(' ')).toHaveLength(10);
  for (const x of values.split(' ').map(Number)) expect(Math.abs(x)).toBeLessThan(0.01);
});

it('examples/ask-tell.mjs finds the trade-off between weight and weakness', async () => {
  const { code, stdout, stderr } = await runNode(join(ROOT, 'examples/ask-tell.mjs'), []);
  expect(code, stderr).toBe(0);
  const rows = stdout.trimEnd().split('\n');
  // The lightest is one layer of paper as thin as allowed, the strongest eight of steel.
  expect(rows.some((row) => /^0\.5\d* 1 0 -> 0\.5\d 1\.000$/.test(row))).toBe(true);
  expect(rows.some((row) => /^0\.5\d* 8 1 -> 32\.\d\d 0\.083$/.test(row))).toBe(true);
});
