import type { Job } from 'bullmq';
import { UserError } from '../../text';
import { QUEUE_NAME, type QueueServer } from './server';
import { liveKeyOf, type ShardTask } from './task';

export interface WorkOptions<Sweep> {
  /**
   * Evaluates a shard and leaves it where it belongs. Doing so twice, or beside another worker, must be harmless. A UserError
   * says that this worker cannot serve the sweep: the shard goes back to the others, and the worker ends with it; unless nobody
   * coordinates that sweep any more, whose shard is then forgotten.
   */
  readonly evaluate: (task: ShardTask<Sweep>, signal: AbortSignal) => Promise<void>;
  /** A worker that was silent for so long loses its shard to another, in milliseconds; 30,000 by default. */
  readonly takeoverMs?: number;
  /** Ends the worker after so long without a shard, in milliseconds; never by default. */
  readonly idleMs?: number;
  /** Ends the worker: its shard goes back to the others. */
  readonly signal?: AbortSignal;
  /** Hears of every shard that is done, and of every one that failed. */
  readonly onShard?: (task: ShardTask<Sweep>, failure?: Error) => void;
}

const TAKEOVER_MS = 30_000;
/** A shard that ends so many workers in turn is given up. */
const MOST_TAKEOVERS = 10;
/** How long a command waits after Redis went away before it is tried again. */
const RETRY_DELAY_MS = 500;
/** How long an idle worker asks at a time. */
const POLL_S = 5;
const IDLE_CHECK_MS = 100;

/**
 * Serves the queue, a shard at a time, until it is told to end or has nothing to do.
 * @returns how many shards it evaluated
 * @throws UserError where this worker cannot serve a sweep; the signal's reason where that ended it
 */
export async function work<Sweep>(
  { bullmq, redis }: QueueServer,
  { evaluate, takeoverMs = TAKEOVER_MS, idleMs, signal, onShard }: WorkOptions<Sweep>,
): Promise<number> {
  const ending = new AbortController();
  let failure: unknown;
  const end = (reason?: unknown) => {
    failure ??= reason;
    ending.abort(reason);
  };
  let shards = 0;
  let busy = false;
  let idleSinceMs = performance.now();

  const serve = async (job: Job<ShardTask<Sweep>>, token?: string) => {
    busy = true;
    try {
      await evaluate(job.data, ending.signal);
      shards++;
      onShard?.(job.data);
    } catch (error) {
      if (error instanceof UserError) {
        if ((await redis.exists(liveKeyOf(job.data.id))) === 0) return;
        end(error);
      }
      if (ending.signal.aborted) {
        if (redis.status === 'ready') await job.moveToWait(token);
        throw new bullmq.WaitingError();
      }
      onShard?.(job.data, error as Error);
      throw error;
    } finally {
      busy = false;
      idleSinceMs = performance.now();
    }
  };
  const worker = new bullmq.Worker<ShardTask<Sweep>>(QUEUE_NAME, serve, {
    connection: redis,
    autorun: false,
    lockDuration: takeoverMs,
    stalledInterval: takeoverMs / 2,
    maxStalledCount: MOST_TAKEOVERS,
    runRetryDelay: RETRY_DELAY_MS,
    drainDelay: POLL_S,
  });
  // Lost connections mend themselves; a shard that another worker took over has landed all the same.
  worker.on('error', () => {});

  const interrupt = () => end(signal?.reason);
  signal?.addEventListener('abort', interrupt);
  if (signal?.aborted) interrupt();
  const idleTimer = setInterval(() => {
    if (idleMs !== undefined && !busy && performance.now() - idleSinceMs > idleMs) end();
  }, IDLE_CHECK_MS);
  try {
    const running = worker.run();
    if (!ending.signal.aborted)
      await new Promise((resolve) => ending.signal.addEventListener('abort', resolve, { once: true }));
    await worker.close(redis.status !== 'ready');
    await running;
  } finally {
    clearInterval(idleTimer);
    signal?.removeEventListener('abort', interrupt);
  }
  if (failure !== undefined) throw failure;
  return shards;
}
