import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { redisIsMissing, TestRedis } from '../src/sweep/queue/testing/redis';
import type { Outcome } from './figure';
import { interleaved } from './rounds';

const ROWS = 512;
const SHARDS = 64;
const REPLICATIONS = 2;
const ROUNDS = 3;

/** Each worker is one core: its kernels run inline. */
const ONE_CORE = ['--engine', 'wasm', '--workers', '0', '--json', '--quiet'];

/** A sweep of the example scenario through a queue of one worker and of two: seconds of the whole command. */
export async function queueWorkers(root: string): Promise<Outcome> {
  if (redisIsMissing) return { figures: [], skipped: 'there is no redis-server' };
  const outDir = join(root, '.cache/bench/cli');
  await build({ root, logLevel: 'error', build: { outDir } });
  const cli = join(outDir, 'cli.js');
  const folder = await mkdtemp(join(tmpdir(), 'tardigrade-bench-queue-'));
  const redis = await TestRedis.start();

  const command = (...args: string[]): [ChildProcess, Promise<string>] => {
    const child = spawn(process.execPath, [cli, ...args, '--queue', redis.url, ...ONE_CORE], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    return [child, new Promise((resolve) => child.on('close', () => resolve(stdout)))];
  };
  const sweepWith = async (workers: number) => {
    const out = await mkdtemp(join(folder, 'swept-'));
    const running = Array.from({ length: workers }, () => command('worker'));
    const scenario = join(root, 'examples/online-boutique.yaml');
    const size = ['--rows', String(ROWS), '--shards', String(SHARDS), '--replications', String(REPLICATIONS)];
    const [, swept] = command('sweep', scenario, ...size, '--out', out);
    const { seconds } = JSON.parse(await swept);
    for (const [child] of running) child.kill('SIGKILL');
    return seconds as number;
  };

  try {
    const medians = await interleaved({ one: () => sweepWith(1), two: () => sweepWith(2) }, ROUNDS);
    return {
      figures: [
        {
          name: 'a sweep of the example, two workers of a queue against one',
          value: medians.one / medians.two,
          unit: 'times as fast',
          goal: { atLeast: 1.8 },
        },
        { name: `${ROWS} rows, one worker`, value: medians.one, unit: 's' },
        { name: `${ROWS} rows, two workers`, value: medians.two, unit: 's' },
      ],
    };
  } finally {
    await redis.close();
    await rm(folder, { recursive: true, force: true });
  }
}
