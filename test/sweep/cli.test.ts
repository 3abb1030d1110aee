import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readResult } from '../../src/sweep/node';
import { SHOP_YAML } from '../../src/system/testing/shop';
import { ensureBuilt, ROOT } from '../e2e/build';
import { runNode, tardigrade } from '../e2e/run';

/** A problem of JavaScript's own, which needs a moment for every row of a batch. */
const SLOW_MODULE = `
export const problem = {
  space: { variables: [
    { name: 'x', type: 'float', min: 0, max: 1, scale: 'linear' },
    { name: 'on', type: 'switch' },
  ] },
  objectives: ['sum'],
  constraints: [],
  async evaluate(genes) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    const count = genes.length / 2;
    const objectives = Float64Array.from({ length: count }, (_, i) => genes[2 * i] + genes[2 * i + 1]);
    return { objectives, violations: new Float64Array(), samples: new Float64Array(count).fill(1), variance: new Float64Array(count) };
  },
};
`;
const SMALL = ['--rows', '600', '--part-rows', '50', '--seed', '3', '--engine', 'wasm', '--workers', '0'];

let folder: string;
let slow: string;

beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'tardigrade-sweep-cli-'));
  slow = await save('slow.mjs', SLOW_MODULE);
});

async function save(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Every file of a folder with its bytes. */
async function contents(out: string): Promise<Record<string, string>> {
  const names = (await readdir(out)).sort();
  const bytes = await Promise.all(names.map((name) => readFile(join(out, name), 'latin1')));
  return Object.fromEntries(names.map((name, i) => [name, bytes[i]]));
}

/** All rows of a result, by column. */
async function rowsOf(out: string): Promise<unknown[][]> {
  const columns: unknown[][] = [];
  for await (const { data } of (await readResult(out)).batches())
    data.forEach((values, i) => {
      columns[i] ??= [];
      columns[i].push(...Array.from(values as ArrayLike<unknown>));
    });
  return columns;
}

/** Sends a signal once the manifest lists a part, in the middle of the next ones. */
function killAfterParts(out: string, parts: number, child: ChildProcess, signal: NodeJS.Signals): void {
  const path = join(out, 'manifest.json');
  // Nothing awaited: a look that overlaps the next one would send the signal twice.
  const timer = setInterval(() => {
    if (!existsSync(path) || JSON.parse(readFileSync(path, 'utf8')).parts.length < parts) return;
    clearInterval(timer);
    child.kill(signal);
  }, 5);
  child.on('exit', () => clearInterval(timer));
}

describe('tardigrade sweep', () => {
  it('has help with an example', async () => {
    const { code, stdout } = await tardigrade(['sweep', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}tardigrade sweep /);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('goes on after %s to the same bytes', async (signal) => {
    const [whole, cut] = [join(folder, `whole-${signal}`), join(folder, `cut-${signal}`)];
    expect(await tardigrade(['sweep', slow, '--out', whole, '--quiet', ...SMALL])).toMatchObject({ code: 0 });
    const stopped = await tardigrade(['sweep', slow, '--out', cut, ...SMALL], {
      onStart: (child) => killAfterParts(cut, 3, child, signal),
    });
    if (signal === 'SIGINT') {
      expect(stopped.code).toBe(130);
      expect(stopped.stderr).toMatch(/lists is whole; go on with --resume\ninterrupted\n$/);
    } else expect(stopped.signal).toBe('SIGKILL');
    const before = await readResult(cut);
    expect(before.complete).toBe(false);
    expect(before.rows).toBeGreaterThanOrEqual(150);

    const resumed = await tardigrade(['sweep', slow, '--out', cut, '--resume', ...SMALL]);
    expect(resumed).toMatchObject({ code: 0, stderr: expect.stringMatching(/resumed: \d+ rows are there/) });
    expect(await contents(cut)).toEqual(await contents(whole));
  });

  it('gives the same rows in three shards as in one', async () => {
    const [whole, parted] = [join(folder, 'one'), join(folder, 'three')];
    await tardigrade(['sweep', slow, '--out', whole, '--design', 'lhs', ...SMALL]);
    for (const shard of ['1/3', '2/3', '3/3']) {
      const run = await tardigrade([
        'sweep',
        slow,
        '--out',
        parted,
        '--design',
        'lhs',
        '--shard',
        shard,
        ...SMALL,
      ]);
      expect(run).toMatchObject({
        code: 0,
        stderr: expect.stringContaining(`shard ${shard.replace('/', ' of ')}`),
      });
    }
    const merged = await tardigrade(['sweep', parted, '--merge', '--json']);
    expect(merged).toMatchObject({ code: 0 });
    expect(JSON.parse(merged.stdout)).toMatchObject({ rows: 600, parts: 12 });
    expect(await rowsOf(parted)).toEqual(await rowsOf(whole));
  });

  it('takes its share from the environment of an array, and says so', async () => {
    const env = {
      SLURM_ARRAY_TASK_ID: '4',
      SLURM_ARRAY_TASK_COUNT: '3',
      SLURM_ARRAY_TASK_MIN: '2',
      SLURM_ARRAY_TASK_MAX: '6',
    };
    const args = ['sweep', slow, '--out', join(folder, 'array'), '--json', ...SMALL];
    const { code, stdout, stderr } = await tardigrade(args, { env });
    expect(code).toBe(0);
    expect(stderr).toContain('shard 2 of 3, from SLURM_ARRAY_TASK_ID');
    expect(JSON.parse(stdout)).toMatchObject({ range: { first: 200, rows: 200 }, rows: 200 });
  });

  it('sweeps a scenario: knobs with their units, and every measure', async () => {
    const shop = await save('shop.yaml', SHOP_YAML.replace('rate: 20/s', 'rate: 6/s'));
    const out = join(folder, 'shop');
    const args = [
      'sweep',
      shop,
      '--out',
      out,
      '--rows',
      '6',
      '--replications',
      '2',
      '--format',
      'csv',
      '--quiet',
    ];
    expect(await tardigrade(args)).toMatchObject({ code: 0 });
    const { columns, rows, manifest } = await readResult(out);
    expect(rows).toBe(6);
    expect(manifest).toMatchObject({ replications: 2, problem: { seed: 1, precision: 'exact' } });
    const named = (name: string) => columns.find((column) => column.name === name);
    expect(named('downtimeMinPerYear')).toMatchObject({ unit: 'min/year', role: 'objective' });
    expect(named('p99WorstMs')).toMatchObject({ unit: 'ms', role: 'other' });
    expect(named('costPerMonth_variance')).toMatchObject({ role: 'variance' });
    expect(columns.filter(({ role, unit }) => role === 'variable' && unit === 'us').length).toBeGreaterThan(
      0,
    );
    const names = columns.map(({ name }) => name);
    const [cost] = (await rowsOf(out)).slice(names.indexOf('costPerMonth')) as number[][];
    expect(Math.min(...cost)).toBeGreaterThan(0);
    // The same on another number of workers, and in the middle of a longer list of its own rows.
    const again = join(folder, 'again');
    const list = ['--design', join(out, 'part-0000000000.csv'), '--workers', '0'];
    await tardigrade([...args.slice(0, 2), '--out', again, '--replications', '2', '--quiet', ...list]);
    expect(await rowsOf(again)).toEqual(await rowsOf(out));
  });
});

describe('what cannot be swept', () => {
  it.each([
    ['no.mjs', 'export const nothing = 1;', /no\.mjs exports no problem; export one as problem/],
    [
      'broken.mjs',
      'export const problem = {',
      /broken\.mjs cannot be loaded: .*Unexpected end of input; mend/,
    ],
    [
      'maker.mjs',
      'export default function make(engine) {\n  return engine.nothing.at(0);\n}',
      /maker\.mjs:2:25: TypeError: .*; mend the module\n$/,
    ],
    ['rows.txt', 'x', /rows\.txt is neither a scenario nor a module; name a file that ends in \.yaml/],
    [
      'shader.mjs',
      `import { defineSpace, shaderProblem } from '${join(ROOT, 'dist/index.js')}';
       export default (engine) => shaderProblem(engine, {
         space: defineSpace([{ name: 'x', type: 'float', min: 0, max: 1, scale: 'linear' }]),
         objectives: ['f'],
         wgsl: 'fn evaluate(c: Candidate, e: Episode) -> Score {\\n  return Score(array(c.y));\\n}',
       });`,
      /shader\.mjs: its shader does not compile; mend it:\n(.*\n)*.*:2:22: /,
    ],
  ])('%s is told, with 2, and nothing is written', async (name, text, message) => {
    const path = await save(name, text);
    const out = join(folder, 'never');
    const { code, stdout, stderr } = await tardigrade(['sweep', path, '--out', out, '--quiet', ...SMALL]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });

  it('a fitness that throws is told by its own line', async () => {
    const text = `export const problem = {
  space: { variables: [{ name: 'x', type: 'switch' }] }, objectives: ['f'], constraints: [],
  evaluate(genes) {
    return [0].map((i) => genes[i].missing.value);
  },
};`;
    const path = await save('throws.mjs', text);
    const args = ['sweep', path, '--out', join(folder, 'thrown'), '--quiet', ...SMALL];
    const { code, stderr } = await tardigrade(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/throws\.mjs:4:44: TypeError: .*; mend the module\n$/);
  });

  it.each([
    [['--design', 'sobl'], "there is no design 'sobl'; did you mean 'sobol'?\n"],
    [['--design', 'grid'], 'a grid has as many rows as its levels give, not --rows; give --levels\n'],
    [['--shard', '4/3'], "--shard cannot be '4/3'; give a share such as 2/8\n"],
    [
      ['--out', '/dev/null/out'],
      /^\/dev\/null\/out: nothing can be written there \(ENOTDIR\); name a folder/,
    ],
  ])('nor by %j', async (flags, message) => {
    const { code, stderr } = await tardigrade(['sweep', slow, '--quiet', ...SMALL, ...flags]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('replications are not taken where they would all be the same', async () => {
    const example = join(ROOT, 'examples/problem.mjs');
    const args = ['sweep', example, '--out', join(folder, 'replicated'), '--quiet', '--replications', '2'];
    expect(await tardigrade([...args, ...SMALL])).toMatchObject({
      code: 2,
      stderr: `--replications is for noise, and ${example} exports a problem without any; leave it out, or make the problem noisy\n`,
    });
  });

  it('a folder that holds a result is not written over', async () => {
    const out = join(folder, 'held');
    await tardigrade(['sweep', slow, '--out', out, ...SMALL]);
    const { code, stderr } = await tardigrade(['sweep', slow, '--out', out, '--quiet', ...SMALL]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `${out} holds a result already; go on with it by --resume, or name another --out\n`,
    });
  });
});

describe('the example', () => {
  it('sweeps from a script', async () => {
    const out = join(folder, 'script');
    const { code, stdout } = await runNode(join(ROOT, 'examples/sweep.mjs'), [out, '512']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/the best of 512 rows: \d+/);
    const { columns } = await readResult(out);
    expect(columns).toHaveLength(34);
  });
});
