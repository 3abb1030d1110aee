import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../text';
import { coordinate, ShardFailed } from './coordinate';
import { connectQueue, type QueueServer } from './server';
import { ShardQueue } from './shard-queue';
import type { ShardTask } from './task';
import { redisIsMissing, TestRedis } from './testing/redis';
import { type WorkOptions, work } from './work';

const TAKEOVER_MS = 400;

describe.skipIf(redisIsMissing)('a sweep in a queue', () => {
  let redis: TestRedis;
  let ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    redis = await TestRedis.start();
  });
  afterEach(async () => {
    await Promise.all(ends.map((end) => end()));
    ends = [];
  });
  afterAll(() => redis.close());

  async function connect(): Promise<QueueServer> {
    const server = await connectQueue(redis.url);
    ends.push(() => server.close());
    return server;
  }

  /** A sweep whose shards land in memory, and how often each was evaluated. */
  function sweepOf(id: string, shards: number) {
    const times = new Map<number, number>();
    const landed = async () => new Set(times.keys());
    return { times, queued: { id, sweep: `the sweep ${id}`, shards, landed } };
  }

  /** A worker that lets shards land; it ends with the test. */
  async function startWorker({
    evaluate = async () => {},
    ...options
  }: Partial<WorkOptions<string>> & {
    readonly evaluate?: (task: ShardTask<string>, signal: AbortSignal) => Promise<void>;
  }) {
    const server = await connectQueue(redis.url);
    const ending = new AbortController();
    const working = work<string>(server, {
      open: async (task) => (signal) => evaluate(task, signal),
      takeoverMs: TAKEOVER_MS,
      signal: ending.signal,
      ...options,
    });
    const ended = working.finally(() => server.close());
    ended.catch(() => {});
    ends.push(async () => {
      ending.abort(new Error('the test is over'));
      await ended.catch(() => {});
    });
    return { ended, end: (reason: Error) => ending.abort(reason) };
  }

  const lands =
    (times: Map<number, number>, ms = 1) =>
    async ({ shard }: ShardTask<string>, signal: AbortSignal) => {
      await sleep(ms, undefined, { signal });
      times.set(shard.index, (times.get(shard.index) ?? 0) + 1);
    };

  it('is dealt out to all workers, each shard once', async () => {
    const { times, queued } = sweepOf('plain', 30);
    const served = [0, 0];
    for (const i of [0, 1])
      await startWorker({
        evaluate: async (task, signal) => {
          expect(task).toMatchObject({ id: 'plain', sweep: 'the sweep plain', shard: { of: 30 } });
          served[i]++;
          await lands(times, 5)(task, signal);
        },
      });
    const progress: number[] = [];
    await coordinate(await connect(), queued, {
      pollMs: 20,
      onProgress: ({ landed, workers }) => {
        progress.push(landed);
        expect(workers).toBe(2);
      },
    });
    expect([...times.values()]).toEqual(Array(30).fill(1));
    expect(Math.min(...served)).toBeGreaterThan(5);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(30);
  });

  it('leaves alone what has landed before', async () => {
    const { times, queued } = sweepOf('resumed', 5);
    times.set(1, 0).set(3, 0);
    await startWorker({ evaluate: lands(times) });
    await coordinate(await connect(), queued, { pollMs: 20 });
    expect([...times].sort(([a], [b]) => a - b)).toEqual([0, 1, 2, 3, 4].map((i) => [i, i % 2 ? 0 : 1]));
  });

  it('goes back to the others where a worker cannot serve it, or is ended', async () => {
    const { times, queued } = sweepOf('refused', 3);
    const refusal = new UserError('this is not my sweep', 'give me another');
    const wrong = await startWorker({
      open: async () => {
        throw refusal;
      },
    });
    const slow = await startWorker({ evaluate: lands(times, 60_000) });
    const coordinating = coordinate(await connect(), queued, { pollMs: 20 });
    await expect(wrong.ended).rejects.toBe(refusal);
    await sleep(100);
    const reason = new Error('enough');
    slow.end(reason);
    await expect(slow.ended).rejects.toBe(reason);
    expect(times.size).toBe(0);
    await startWorker({ evaluate: lands(times) });
    await coordinating;
    expect([...times.values()]).toEqual([1, 1, 1]);
  });

  it('that nobody coordinates any more is forgotten by a worker that cannot serve it', async () => {
    const server = await connect();
    const queue = new ShardQueue(server, 'orphaned', 'the sweep orphaned', 2);
    ends.push(() => queue.close());
    await queue.deal([0, 1]);
    let met = 0;
    const worker = await startWorker({
      idleMs: 300,
      open: async () => {
        met++;
        throw new UserError('its folder is gone', 'nothing');
      },
    });
    expect(await worker.ended).toBe(0);
    expect(met).toBe(2);
  });

  it('fails with a shard that fails again and again, and tries it anew when begun again', async () => {
    const { times, queued } = sweepOf('failing', 3);
    let broken = true;
    const failures: string[] = [];
    await startWorker({
      evaluate: async (task, signal) => {
        // Whatever an evaluation throws is the shard's failure, a mistake of the user's too.
        if (broken && task.shard.index === 1) throw new UserError('out of luck', 'try again');
        await lands(times)(task, signal);
      },
      onShard: (_, failure) => {
        if (failure) failures.push(failure.message);
      },
    });
    const server = await connect();
    const failed = coordinate(server, queued, { pollMs: 20 });
    await expect(failed).rejects.toThrow(new ShardFailed('shard 2 of 3: out of luck; try again'));
    expect(failures).toEqual(Array(3).fill('out of luck; try again'));
    broken = false;
    await coordinate(server, queued, { pollMs: 20 });
    expect(times.size).toBe(3);
  });

  it('survives a Redis that forgets everything', async () => {
    const { times, queued } = sweepOf('forgotten', 12);
    await startWorker({ evaluate: lands(times, 50) });
    const notices: string[] = [];
    const server = await connectQueue(redis.url, (message) => notices.push(message));
    ends.push(() => server.close());
    const coordinating = coordinate(server, queued, { pollMs: 20 });
    while (times.size < 3) await sleep(10);
    await redis.kill();
    await sleep(200);
    await redis.start();
    await coordinating;
    expect(times.size).toBe(12);
    expect(notices.map((notice) => notice.replace(/ at .*? is/, ' is'))).toEqual([
      expect.stringContaining('Redis is away'),
      'Redis is back',
    ]);
  });

  it('is withdrawn where the coordinator is interrupted', async () => {
    const { times, queued } = sweepOf('withdrawn', 8);
    const interruption = new AbortController();
    const coordinating = coordinate(await connect(), queued, { pollMs: 20, signal: interruption.signal });
    await sleep(100);
    interruption.abort(new Error('stop'));
    await expect(coordinating).rejects.toThrow('stop');
    const worker = await startWorker({ evaluate: lands(times), idleMs: 200 });
    expect(await worker.ended).toBe(0);
  });
});

describe('a queue’s address', () => {
  it.each(['localhost:6379', 'http://localhost', 'redis://'])('is not %s', async (url) => {
    await expect(connectQueue(url)).rejects.toThrow(UserError);
  });

  it.skipIf(redisIsMissing)('must be one where a Redis answers', async () => {
    await expect(connectQueue('redis://:secret@127.0.0.1:1')).rejects.toThrow(
      'no Redis answers at 127.0.0.1:1 (ECONNREFUSED)',
    );
  });
});
