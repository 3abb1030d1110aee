import type { Job } from 'bullmq';
import { UserError } from '../../text';
import { QUEUE_NAME, type QueueServer } from './server';
import { liveKeyOf, type ShardTask } from './task';

/**
 * Evaluates a shard and leaves it where it belongs. Doing so twice, or beside another worker, must be harmless. Whatever it
 * throws is the shard's failure.
 */
export type Evaluate = (signal: AbortSignal) => Promise<void>;

export interface WorkOptions<Sweep> {
  /**
   * Gets ready for a shard. A UserError says that this worker cannot serve the sweep: the shard goes back to the others, and
   * the worker ends with it; unless nobody coordinates that sweep any more, whose shard is then forgotten.
   */
  readonly open: (task: ShardTask<Sweep>) => Promise<Evaluate>;
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
export function work<Sweep>(server: QueueServer, options: WorkOptions<Sweep>): Promise<number> {
  return new ShardWorker(server, options).run();
}

class ShardWorker<Sweep> {
  readonly #server: QueueServer;
  readonly #options: WorkOptions<Sweep>;
  readonly #ending = new AbortController();
  /** What is to be thrown once it has ended. */
  #failure: unknown;
  #shards = 0;
  #busy = false;
  #idleSinceMs = performance.now();

  constructor(server: QueueServer, options: WorkOptions<Sweep>) {
    this.#server = server;
    this.#options = options;
  }

  async run(): Promise<number> {
    const { bullmq, redis } = this.#server;
    const { takeoverMs = TAKEOVER_MS, idleMs = Number.POSITIVE_INFINITY, signal } = this.#options;
    const worker = new bullmq.Worker<ShardTask<Sweep>>(QUEUE_NAME, (job, token) => this.#serve(job, token), {
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
    worker.on('ready', () => {
      this.#idleSinceMs = performance.now();
    });
    const interrupt = () => this.#end(signal?.reason);
    signal?.addEventListener('abort', interrupt);
    if (signal?.aborted) interrupt();
    const idleTimer = setInterval(() => {
      if (!this.#busy && performance.now() - this.#idleSinceMs > idleMs) this.#end();
    }, IDLE_CHECK_MS);
    try {
      const running = worker.run();
      await aborted(this.#ending.signal);
      await worker.close(redis.status !== 'ready');
      await running;
    } finally {
      clearInterval(idleTimer);
      signal?.removeEventListener('abort', interrupt);
    }
    if (this.#failure !== undefined) throw this.#failure;
    return this.#shards;
  }

  #end(failure?: unknown): void {
    this.#failure ??= failure;
    this.#ending.abort(failure);
  }

  async #serve(job: Job<ShardTask<Sweep>>, token?: string): Promise<void> {
    const { onShard } = this.#options;
    this.#busy = true;
    try {
      const evaluate = await this.#opened(job.data);
      if (!evaluate) return;
      await evaluate(this.#ending.signal);
      this.#shards++;
      onShard?.(job.data);
    } catch (error) {
      if (this.#ending.signal.aborted) await this.#giveBack(job, token);
      onShard?.(job.data, error as Error);
      throw error;
    } finally {
      this.#busy = false;
      this.#idleSinceMs = performance.now();
    }
  }

  /** Undefined where the shard is to be forgotten. */
  async #opened(task: ShardTask<Sweep>): Promise<Evaluate | undefined> {
    try {
      return await this.#options.open(task);
    } catch (error) {
      if (error instanceof UserError) {
        if (!(await this.#isCoordinated(task))) return undefined;
        this.#end(error);
      }
      throw error;
    }
  }

  async #isCoordinated({ id }: ShardTask<Sweep>): Promise<boolean> {
    return (await this.#server.redis.exists(liveKeyOf(id))) === 1;
  }

  /** Puts a shard back at the head of the queue. */
  async #giveBack(job: Job, token: string | undefined): Promise<never> {
    const { bullmq, redis } = this.#server;
    if (redis.status === 'ready') await job.moveToWait(token);
    throw new bullmq.WaitingError();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
