import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, ROOT } from './build';
import { runNode, tardigrade } from './run';

/** Ishigami's function, whose indices are known. */
const ISHIGAMI = `
import { defineSpace, functionProblem } from ${JSON.stringify(join(ROOT, 'dist/index.js'))};
const angle = (name) => ({ name, type: 'float', min: -3.14159265, max: 3.14159265, scale: 'linear' });
export const problem = functionProblem({
  space: defineSpace([angle('x'), angle('y'), angle('z')]),
  objectives: ['value'],
  evaluate: ({ x, y, z }) => Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x),
});
`;

const duckDb = existsSync(join(ROOT, 'node_modules/@duckdb/node-api'));

let folder: string;
let out: string;
beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'tardigrade-analyze-'));
  const module = join(folder, 'ishigami.mjs');
  await writeFile(module, ISHIGAMI);
  out = join(folder, 'ishigami');
  const flags = [
    '--design',
    'saltelli',
    '--rows',
    '5120',
    '--seed',
    '3',
    '--engine',
    'wasm',
    '--workers',
    '0',
  ];
  const { code, stderr } = await tardigrade(['sweep', module, ...flags, '--out', out]);
  expect(code, stderr).toBe(0);
});

describe('tardigrade analyze', () => {
  it('prints what matters and the best rows, and draws a page', async () => {
    const { code, stdout } = await tardigrade(['analyze', out, '--quiet', '--best', '2']);
    expect(code).toBe(0);
    expect(stdout).toContain('5,120 rows of the saltelli design; all feasible.');
    expect(stdout).toMatch(/first order +total\nx +0\.3\d +0\.5\d\n +0\.\d\d … 0\.\d\d/);
    expect(stdout).toMatch(/row +value +x +y +z\n\d+ +-10\.\d+/);
    const page = await readFile(join(out, 'analysis.html'), 'utf8');
    expect(page).toContain('<h1>ishigami.mjs</h1>');
    expect(stdout).toContain(`Wrote ${join(out, 'analysis.html')}`);
  });

  it('gives the same as one JSON document', async () => {
    const page = join(folder, 'elsewhere.html');
    const { code, stdout } = await tardigrade(['analyze', out, '--json', '--html', page]);
    expect(code).toBe(0);
    expect(existsSync(page)).toBe(true);
    const { design, rows, complete, outputs, pareto } = JSON.parse(stdout);
    expect({ design, rows, complete, pareto }).toEqual({
      design: { name: 'saltelli', rows: 5120, seed: 3 },
      rows: 5120,
      complete: true,
      pareto: undefined,
    });
    const [{ name, best, sobol, effects }] = outputs;
    expect(name).toBe('value');
    expect(best).toHaveLength(10);
    expect(Object.keys(best[0])).toEqual(['row', 'x', 'y', 'z', 'value']);
    expect(effects.map(({ variable }: { variable: string }) => variable)).toEqual(['x', 'y', 'z']);
    const [x, y, z] = sobol.indices;
    expect(x.first.estimate).toBeCloseTo(0.3139, 1);
    expect(y.total.estimate).toBeCloseTo(0.4424, 1);
    expect(z.total.low).toBeLessThan(0.2437);
    expect(z.total.high).toBeGreaterThan(0.2437);
  });

  it.skipIf(!duckDb)('answers SQL where DuckDB is installed', async () => {
    const query = 'select count(*) as n, min(value) as least, max(row) as last from result';
    const json = await tardigrade(['analyze', out, '--sql', query, '--json']);
    expect(json.code, json.stderr).toBe(0);
    const [answer] = JSON.parse(json.stdout);
    expect(answer).toMatchObject({ n: 5120, last: 5119 });
    expect(answer.least).toBeLessThan(-10);
    const printed = await tardigrade(['analyze', out, '--sql', query]);
    expect(printed.stdout).toMatch(/^n +least +last\n5120 +-10\.\d+ +5119\n$/);
    const wrong = await tardigrade(['analyze', out, '--sql', 'select nothing from result']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("the table is 'result'");
  });

  it('has an example that does it from a script', async () => {
    const script = join(ROOT, 'examples/analyze.mjs');
    const { code, stdout, stderr } = await runNode(script, [join(folder, 'script'), String(34 * 64)]);
    expect(code, stderr).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(32);
    expect(lines[0]).toMatch(/^x\[0\]: -?0\.\d{3} alone \(-?0\.\d{3} to 0\.\d{3}\), 0\.\d{3} in all$/);
  });

  it('refuses what is no result', async () => {
    const { code, stdout, stderr } = await tardigrade(['analyze', folder]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('there is no result of a sweep');
  });
});
