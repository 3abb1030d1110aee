import type { Redis, RedisOptions } from 'ioredis';
import { UserError } from '../../text';

/** BullMQ and the Redis that it stands on, loaded only where a queue is asked for. */
export interface QueueServer {
  readonly bullmq: typeof import('bullmq');
  readonly redis: Redis;
  /** The address for people, without a password. */
  readonly address: string;
  /** Ends the connection, once what was sent is answered. */
  close(): Promise<void>;
}

/** All sweeps of one Redis database share this queue: any worker may serve any of them. */
export const QUEUE_NAME = 'tardigrade-sweeps';

const CONNECT_TIMEOUT_MS = 5000;
const MOST_RECONNECT_DELAY_MS = 1000;

/**
 * Connects to `redis://[user:password@]host[:port][/database]` (or `rediss://`). Once connected, it reconnects by itself for
 * as long as that takes.
 * @param onNotice hears, in sentences for people, that Redis went away and that it came back
 * @throws UserError where BullMQ is not installed, the address is none, or nothing answers
 */
export async function connectQueue(
  url: string,
  onNotice: (message: string) => void = () => {},
): Promise<QueueServer> {
  const address = addressOf(url);
  const [bullmq, { Redis }] = await loadLibraries();
  let connected = false;
  const options: RedisOptions = {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // BullMQ's own rule: a command waits for the connection, however long that is away.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (connected ? Math.min(times * 100, MOST_RECONNECT_DELAY_MS) : null),
  };
  const redis = new Redis(url, options);
  let reason = 'it closed the connection';
  let away = false;
  redis.on('error', (error: NodeJS.ErrnoException) => {
    reason = error.code ?? error.message;
  });
  redis.on('reconnecting', () => {
    if (!away) onNotice(`Redis at ${address} is away (${reason}); waiting for it`);
    away = true;
  });
  redis.on('ready', () => {
    if (away) onNotice(`Redis at ${address} is back`);
    away = false;
  });
  try {
    await redis.connect();
    connected = true;
  } catch {
    redis.disconnect();
    throw new UserError(
      `no Redis answers at ${address} (${reason})`,
      'start one there, or name another address',
    );
  }
  return { bullmq, redis, address, close: () => closeRedis(redis) };
}

async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'ready') await redis.quit();
  else redis.disconnect();
}

function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === 'redis:' || url.protocol === 'rediss:') && url.hostname)
    return `${url.host}${url.pathname === '/' ? '' : url.pathname}`;
  throw new UserError(`'${text}' is no address of a Redis`, 'write one such as redis://localhost:6379');
}

async function loadLibraries() {
  try {
    return await Promise.all([import('bullmq'), import('ioredis')]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UserError('a queue needs BullMQ and ioredis', 'npm install bullmq ioredis');
  }
}
