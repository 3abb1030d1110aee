import { resolve } from 'node:path';
import { describeSweep, type FormatName } from '../../sweep';
import {
  connectQueue,
  coordinate,
  landedShards,
  mergeShards,
  type QueueProgress,
  type QueueServer,
  removeUnfinishedShards,
  ShardFailed,
} from '../../sweep/node';
import { UserError } from '../../text';
import { CommandFailed } from '../command';
import { clock } from '../generation-line';
import type { Progress } from '../progress';
import { type SessionFlags, withEngine } from '../session';
import { openTask, type TaskFlags } from '../sweep-task';
import type { Terminal } from '../terminal';
import { type Announcement, announce, type Notice } from './announcement';
import { claimSweep } from './claim';

export interface QueueFlags extends TaskFlags, SessionFlags {
  readonly queue: string;
  readonly shards: number | undefined;
  readonly format: FormatName;
  readonly resume: boolean;
  readonly json: boolean;
}

/** Shards where nobody says: each is what a worker that dies has done in vain. */
const USUAL_SHARDS = 64;
const MOST_SHARDS = 10_000;
/** After so long without a worker somebody must be told. */
const NO_WORKER_MS = 3000;

/** Deals a sweep out to the workers of a queue, and makes one result of what lands in the folder. */
export async function queueSweep(
  path: string,
  folder: string,
  flags: QueueFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  await withEngine(flags, terminal, async (engine, progress) => {
    const startMs = performance.now();
    const { problem, design, options } = await openTask(engine, path, flags);
    const shards = Math.min(flags.shards ?? USUAL_SHARDS, design.count);
    const announcement = announce(path, flags, shards, describeSweep(problem, design, options));
    const server = await connectQueue(flags.queue, (message) => progress.remark(message));
    try {
      await claimSweep(folder, announcement, flags.resume);
      await deal(server, announcement, folder, progress, signal);
    } finally {
      await server.close();
    }
    await removeUnfinishedShards(folder);
    await mergeShards(folder);
    progress.end();
    const seconds = (performance.now() - startMs) / 1000;
    const { design: header } = announcement.manifest;
    if (flags.json)
      return terminal.printJson({ out: folder, design: header, shards, rows: header.count, seconds });
    terminal.print(
      `${header.count.toLocaleString('en-US')} rows in ${shards} shards, ${clock(seconds * 1000)}. Wrote ${folder}/manifest.json.`,
    );
  });
}

async function deal(
  server: QueueServer,
  { id, shards, manifest }: Announcement,
  folder: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const notice: Notice = { version: manifest.version, folder: resolve(folder) };
  const before = (await landedShards(folder, shards)).size;
  if (before > 0) progress.remark(`resumed: ${before} of ${shards} shards are there`);
  const startMs = performance.now();
  let lonely = false;
  const onProgress = ({ landed, workers }: QueueProgress) => {
    const nowMs = performance.now();
    if (workers === 0 && !lonely && nowMs - startMs > NO_WORKER_MS) {
      lonely = true;
      progress.remark(
        `no worker is there: start some with tardigrade worker --queue redis://${server.address}`,
      );
    }
    progress.update(() => {
      const left = ((nowMs - startMs) * (shards - landed)) / (landed - before);
      const parts = [`${landed} of ${shards} shards`, `${workers} ${workers === 1 ? 'worker' : 'workers'}`];
      return [...parts, ...(landed > before ? [`${clock(left)} left`] : [])].join(' · ');
    });
  };
  const landed = () => landedShards(folder, shards);
  try {
    await coordinate(server, { id, sweep: notice, shards, landed }, { signal, onProgress });
  } catch (error) {
    if (signal.aborted)
      progress.remark(`${(await landed()).size} of ${shards} shards are in ${folder}; go on with --resume`);
    throw error instanceof ShardFailed ? new CommandFailed(error.message) : error;
  }
}

/** Throws UserError for flags that do not go with a queue. */
export function checkQueueFlags(flags: {
  readonly shard: unknown;
  readonly shards: number | undefined;
  readonly merge: boolean;
}): void {
  if (flags.shard !== undefined)
    throw new UserError(
      '--queue and --shard exclude each other',
      'leave --shard out: workers take every share',
    );
  if ((flags.shards ?? 0) > MOST_SHARDS)
    throw new UserError(
      `--shards ${flags.shards} is more than a queue takes well`,
      `deal ${MOST_SHARDS} shards at most`,
    );
  if (flags.merge)
    throw new UserError(
      '--queue and --merge exclude each other',
      'leave --merge out: a queued sweep ends with it',
    );
}
