import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueServer } from './server';
import { ShardQueue } from './shard-queue';

/** A sweep that is cut into shards for workers. */
export interface QueuedSweep<Sweep> {
  /** Tells it from other sweeps; letters, digits and hyphens. */
  readonly id: string;
  /** What a worker needs to know of it: plain data. */
  readonly sweep: Sweep;
  readonly shards: number;
  /** The shards that have landed: what is not among them is given out. */
  landed(): Promise<ReadonlySet<number>>;
}

export interface CoordinateOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: QueueProgress) => void;
  /** How often to look, in milliseconds; 500 by default. */
  readonly pollMs?: number;
}

export interface QueueProgress {
  readonly landed: number;
  readonly shards: number;
  /** Workers that are connected. */
  readonly workers: number;
}

/** A shard that no worker could evaluate. */
export class ShardFailed extends Error {
  override readonly name = 'ShardFailed';
}

const POLL_MS = 500;
/** After so long without a shard, what is missing is dealt again, in case somebody emptied the queue. */
const QUIET_MS = 15_000;

/**
 * Deals the shards of a sweep out to the workers of a queue until all have landed. What has landed is read from where the
 * shards go, so that nothing is lost with Redis and nothing counted twice.
 * @throws ShardFailed where a shard failed again and again
 */
export async function coordinate<Sweep>(
  server: QueueServer,
  { id, sweep, shards, landed }: QueuedSweep<Sweep>,
  { signal, onProgress, pollMs = POLL_MS }: CoordinateOptions = {},
): Promise<void> {
  const { redis } = server;
  const queue = new ShardQueue(server, id, sweep, shards);
  const isConnected = () => redis.status === 'ready';
  let dealtMs = Number.NEGATIVE_INFINITY;
  // A Redis that comes back may have forgotten everything.
  const dealAgain = () => {
    dealtMs = Number.NEGATIVE_INFINITY;
  };
  redis.on('ready', dealAgain);
  try {
    await queue.forgive();
    let workers = 0;
    let done = await landed();
    while (done.size < shards) {
      // While Redis is away commands to it would wait, but shards may still land.
      if (isConnected()) {
        await queue.live();
        const [failure] = await queue.failures();
        if (failure) throw new ShardFailed(`shard ${failure.shard + 1} of ${shards}: ${failure.reason}`);
        workers = await queue.workers();
        if (performance.now() - dealtMs > QUIET_MS) {
          dealtMs = performance.now();
          await queue.deal(missingFrom(await landed(), shards));
        }
      }
      const before = done.size;
      done = await landed();
      if (done.size > before) dealtMs = performance.now();
      onProgress?.({ landed: done.size, shards, workers });
      if (done.size < shards) await sleep(pollMs, undefined, { signal });
    }
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    redis.off('ready', dealAgain);
    if (isConnected()) await queue.withdraw();
    await queue.close();
  }
}

function missingFrom(done: ReadonlySet<number>, shards: number): number[] {
  return Array.from({ length: shards }, (_, index) => index).filter((index) => !done.has(index));
}
