import type { Queue } from 'bullmq';
import { QUEUE_NAME, type QueueServer } from './server';
import { jobIdOf, liveKeyOf, type ShardTask } from './task';

/** A worker that fails on a shard is no proof that all do. */
const ATTEMPTS = 3;
const RETRY_DELAY_MS = 1000;
/** A coordinator that says nothing for so long is taken for dead. */
const LIVE_MS = 60_000;

/** The coordinator's side of the queue: the tasks of one sweep in it. */
export class ShardQueue<Sweep> {
  readonly #queue: Queue<ShardTask<Sweep>>;
  readonly #redis: QueueServer['redis'];
  readonly #id: string;
  readonly #sweep: Sweep;
  readonly #shards: number;

  constructor({ bullmq, redis }: QueueServer, id: string, sweep: Sweep, shards: number) {
    this.#queue = new bullmq.Queue<ShardTask<Sweep>>(QUEUE_NAME, { connection: redis });
    // Connection errors are told by the server, which waits until they end.
    this.#queue.on('error', () => {});
    this.#redis = redis;
    this.#id = id;
    this.#sweep = sweep;
    this.#shards = shards;
  }

  /** Says that the sweep is coordinated: workers then refuse what they cannot serve, and otherwise forget it. */
  async live(): Promise<void> {
    await this.#redis.set(liveKeyOf(this.#id), '', 'PX', LIVE_MS);
  }

  /** Puts shards into the queue; those that are in it already stay as they are. */
  async deal(shards: readonly number[]): Promise<void> {
    await this.#queue.addBulk(
      shards.map((index) => ({
        name: 'shard',
        data: { id: this.#id, sweep: this.#sweep, shard: { index, of: this.#shards } },
        opts: {
          jobId: jobIdOf(this.#id, index),
          attempts: ATTEMPTS,
          backoff: { type: 'fixed', delay: RETRY_DELAY_MS },
          removeOnComplete: true,
        },
      })),
    );
  }

  /** The shards that failed as often as they may, and why. */
  async failures(): Promise<{ shard: number; reason: string }[]> {
    const failed = await this.#failed();
    return failed.map(({ data, failedReason }) => ({ shard: data.shard.index, reason: failedReason }));
  }

  /** Forgets failures, so that their shards may be dealt again. */
  async forgive(): Promise<void> {
    for (const job of await this.#failed()) await job.remove();
  }

  /** Workers that are connected, busy or not. */
  workers(): Promise<number> {
    return this.#queue.getWorkersCount();
  }

  /** Ends the sweep: takes back what failed and what no worker has begun. A worker that has begun ends its shard. */
  async withdraw(): Promise<void> {
    await this.#redis.del(liveKeyOf(this.#id));
    await this.forgive();
    const shards = Array.from({ length: this.#shards }, (_, index) => index);
    await Promise.all(shards.map((index) => this.#queue.remove(jobIdOf(this.#id, index))));
  }

  close(): Promise<void> {
    return this.#queue.close();
  }

  async #failed() {
    const failed = await this.#queue.getFailed();
    return failed.filter(({ data }) => data.id === this.#id);
  }
}
