import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../../files';
import { parseShardFolder, shardFolder } from '../result/merge';
import type { Shard } from '../shard';

/** A shard's folder while it is being written; whatever still has this name after a sweep is worth nothing. */
const UNFINISHED = '.unfinished-';

/** The shards whose folders are there. A folder appears whole or not at all. */
export async function landedShards(folder: string, of: number): Promise<Set<number>> {
  const shards = (await readdir(folder)).map(parseShardFolder);
  return new Set(shards.flatMap((shard) => (shard?.of === of ? [shard.index] : [])));
}

/**
 * Writes a shard's folder under another name, then lets it land. Where it is there, or another process lands it first, that one
 * stays: both hold the same rows.
 */
export async function landShard(
  folder: string,
  shard: Shard,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const hasLanded = async () => (await landedShards(folder, shard.of)).has(shard.index);
  if (await hasLanded()) return;
  const temporary = join(folder, `${UNFINISHED}${shardFolder(shard)}-${randomUUID()}`);
  try {
    await write(temporary);
    await rename(temporary, join(folder, shardFolder(shard)));
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!(await hasLanded())) throw error;
  }
}

/** Removes what workers that died left behind. */
export async function removeUnfinishedShards(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name.startsWith(UNFINISHED));
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}
