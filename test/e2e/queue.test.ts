import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisIsMissing, TestRedis } from '../../src/sweep/queue/testing/redis';
import { ensureBuilt } from './build';
import { type Outcome, tardigrade } from './run';

/** A problem that takes its time: some 100 ms a shard. */
const SLOW = `
export const problem = {
  space: { variables: [{ name: 'x', type: 'float', min: 0, max: 1, scale: 'linear' }] },
  objectives: ['y'],
  constraints: [],
  async evaluate(genes) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const objectives = Float64Array.from(genes, (gene) => gene / 2 ** 32);
    return { objectives, violations: new Float64Array(), samples: objectives.map(() => 1), variance: objectives.map(() => 0) };
  },
};
`;

const ENGINE = ['--engine', 'wasm', '--workers', '0'];

describe.skipIf(redisIsMissing)('a sweep through a queue', { timeout: 180_000 }, () => {
  let redis: TestRedis;
  let folder: string;
  let file: string;
  const children = new Set<ChildProcess>();

  beforeAll(async () => {
    ensureBuilt();
    redis = await TestRedis.start();
    folder = await mkdtemp(join(tmpdir(), 'tardigrade-queue-'));
    file = join(folder, 'slow.mjs');
    await writeFile(file, SLOW);
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await redis.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A command that runs beside the test; it is killed with it. */
  function start(...args: string[]): { child: ChildProcess; ended: Promise<Outcome> } {
    let child: ChildProcess | undefined;
    const ended = tardigrade(args, {
      onStart: (process) => {
        child = process;
        children.add(process);
      },
    });
    return { child: child as unknown as ChildProcess, ended };
  }

  const startSweep = (out: string, rows: number, shards: number, ...more: string[]) =>
    start(
      ...['sweep', file, '--design', 'random', '--rows', String(rows), '--shards', String(shards)],
      ...['--queue', redis.url, '--out', out, ...ENGINE, ...more],
    );

  const startWorker = (...more: string[]) =>
    start('worker', '--queue', redis.url, '--takeover', '1s', ...ENGINE, ...more);

  async function shardsIn(out: string): Promise<string[]> {
    const names: string[] = await readdir(out).catch(() => []);
    return names.filter((name) => name.startsWith('shard-'));
  }

  /** Until the coordinator has told workers where the sweep is. */
  const announced = (out: string) => until(async () => existsSync(join(out, 'queue.json')));

  async function until(condition: () => Promise<boolean>): Promise<void> {
    while (!(await condition())) await sleep(20);
  }

  /** The rows that a result lists, in their order, as text. */
  async function rowsOf(out: string): Promise<string> {
    const { parts, range } = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    expect(parts.reduce((sum: number, part: { rows: number }) => sum + part.rows, 0)).toBe(range.rows);
    const texts = await Promise.all(
      parts.map(({ file }: { file: string }) => readFile(join(out, file), 'utf8')),
    );
    return texts.map((text) => text.slice(text.indexOf('\n') + 1)).join('');
  }

  it('survives workers that are killed, stopped and added, and a Redis that starts anew', async () => {
    const alone = join(folder, 'alone');
    const whole = ['sweep', file, '--design', 'random', '--rows', '480', '--out', alone, '--format', 'csv'];
    expect((await tardigrade([...whole, ...ENGINE])).code).toBe(0);

    const out = join(folder, 'shared');
    const sweep = startSweep(out, 480, 24, '--format', 'csv');
    const [killed, stopped] = [startWorker(), startWorker()];
    await until(async () => (await shardsIn(out)).length >= 3);
    killed.child.kill('SIGKILL');
    stopped.child.kill('SIGSTOP');
    const third = startWorker();
    await until(async () => (await shardsIn(out)).length >= 9);
    await redis.kill();
    await redis.start();
    await until(async () => (await shardsIn(out)).length >= 12);
    stopped.child.kill('SIGCONT');

    const { code, stderr, stdout } = await sweep.ended;
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('is away');
    expect(stdout).toContain('480 rows in 24 shards');
    expect(await shardsIn(out)).toHaveLength(24);
    expect((await readdir(out)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(await rowsOf(out)).toBe(await rowsOf(alone));

    third.child.kill('SIGINT');
    const { code: interrupted } = await third.ended;
    expect(interrupted).toBe(130);
    stopped.child.kill('SIGKILL');
  });

  it('goes on where a killed coordinator left off', async () => {
    const out = join(folder, 'resumed');
    const first = startSweep(out, 60, 12);
    const worker = startWorker('--idle', '5s', '--json');
    await until(async () => (await shardsIn(out)).length >= 2);
    first.child.kill('SIGKILL');
    await first.ended;
    // The worker ends what was dealt.
    expect(JSON.parse((await worker.ended).stdout)).toEqual({ shards: 12 });

    const refused = await startSweep(out, 60, 12).ended;
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('holds a result already; go on with it by --resume');
    const other = await startSweep(out, 61, 12, '--resume').ended;
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('holds the result of another sweep');
    const { code, stdout } = await startSweep(out, 60, 12, '--resume', '--json').ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rows: 60, shards: 12 });
  });

  it('refuses a worker that would make other rows, by name, and goes on with another', async () => {
    const out = join(folder, 'refused');
    const changed = join(folder, 'changed.mjs');
    await writeFile(changed, SLOW.replace('max: 1,', 'max: 2,'));
    const sweep = startSweep(out, 10, 2);
    await announced(out);
    const wrong = await startWorker(changed).ended;
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain(`${changed} is not what the coordinator sweeps: it has another problem`);
    expect(wrong.stderr).toContain("give this worker the coordinator's slow.mjs");
    const elsewhere = await startWorker('--out', folder).ended;
    expect(elsewhere.code).toBe(2);
    expect(elsewhere.stderr).toContain(`${folder} is not the folder of the sweep on this machine`);
    expect(await shardsIn(out)).toEqual([]);
    const right = startWorker();
    expect((await sweep.ended).code).toBe(0);
    right.child.kill('SIGINT');
    expect((await right.ended).code).toBe(130);
  });

  it('ends with the reason where a shard fails', async () => {
    const broken = join(folder, 'broken.mjs');
    await writeFile(broken, SLOW.replace('const objectives', "throw new Error('no luck'); const objectives"));
    const flags = ['--design', 'random', '--rows', '4', '--shards', '1', '--out', join(folder, 'broken')];
    const sweep = start('sweep', broken, ...flags, '--queue', redis.url, ...ENGINE);
    const worker = startWorker();
    const { code, stderr } = await sweep.ended;
    worker.child.kill('SIGINT');
    expect(code).toBe(1);
    const reason = `${broken}:8:11: Error: no luck; mend the module`;
    expect(stderr).toContain(`tardigrade failed: shard 1 of 1: ${reason}\n`);
    expect((await worker.ended).stderr).toContain(`shard 1 of 1 failed: ${reason}`);
  });
});
