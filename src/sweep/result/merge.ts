import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from '../../files';
import { UserError } from '../../text';
import { type Shard, WHOLE } from '../shard';
import { manifestIn, wholeParts } from './folder-sink';
import { differenceBetween, isComplete, MANIFEST_FILE, type Manifest, writeManifest } from './manifest';

/** A shard's folder below the sweep's. */
export function shardFolder({ index, of }: Shard): string {
  const digits = String(of).length;
  return `shard-${String(index + 1).padStart(digits, '0')}-of-${of}`;
}

/** The shard that a folder's name is of; undefined where it is none. */
export function parseShardFolder(name: string): Shard | undefined {
  const match = /^shard-(\d+)-of-(\d+)$/.exec(name);
  return match ? { index: Number(match[1]) - 1, of: Number(match[2]) } : undefined;
}

/** A shard's manifest, and where it lies below the sweep's folder. */
export interface ShardManifest {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * The manifests of all shard folders below a folder, of the parts that are whole there. Throws UserError where there is none.
 */
export async function shardManifests(folder: string): Promise<ShardManifest[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  const found = await Promise.all(
    names
      .filter(parseShardFolder)
      .sort()
      .map(async (name) => {
        const path = join(folder, name);
        const manifest = await manifestIn(path);
        return manifest
          ? [{ folder: name, manifest: { ...manifest, parts: await wholeParts(path, manifest) } }]
          : [];
      }),
  );
  if (found.length === 0)
    throw new UserError(`${folder}: there is no result of a sweep`, 'name the folder given to --out');
  return found.flat();
}

/**
 * The manifest of the whole, of which every shard is there exactly once.
 * @throws UserError where one is missing, there twice, unfinished or of another sweep
 */
export function combineShards(shards: readonly ShardManifest[]): Manifest {
  const [{ manifest: first }] = shards;
  const { of } = first.shard;
  const seen = new Map<number, string>();
  for (const { folder, manifest } of shards) {
    const difference =
      differenceBetween(first, manifest) ??
      (['version', 'files'] as const).find((key) => first[key] !== manifest[key]) ??
      (manifest.shard.of === of ? undefined : 'number of shards');
    if (difference)
      throw new UserError(
        `${folder} is of another sweep than ${shards[0].folder}: it has another ${difference}`,
        'remove the one that does not belong there',
      );
    const { index } = manifest.shard;
    const twin = seen.get(index);
    if (twin !== undefined)
      throw new UserError(
        `shard ${index + 1} of ${of} is there twice, in ${twin} and ${folder}`,
        'remove one',
      );
    if (!isComplete(manifest))
      throw new UserError(
        `shard ${index + 1} of ${of} is not finished`,
        `run it again with --shard ${index + 1}/${of} --resume`,
      );
    seen.set(index, folder);
  }
  const missing = Array.from({ length: of }, (_, index) => index).find((index) => !seen.has(index));
  if (missing !== undefined)
    throw new UserError(
      `shard ${missing + 1} of ${of} is missing`,
      `run it with --shard ${missing + 1}/${of}`,
    );
  return {
    ...first,
    shard: WHOLE,
    range: { first: 0, rows: first.design.count },
    parts: shards
      .flatMap(({ folder, manifest }) =>
        manifest.parts.map((part) => ({ ...part, file: `${folder}/${part.file}` })),
      )
      .sort((a, b) => a.first - b.first),
  };
}

/** Writes the manifest of the whole above the shard folders; their files stay where they are. */
export async function mergeShards(folder: string): Promise<Manifest> {
  const manifest = combineShards(await shardManifests(folder));
  await writeAtomic(join(folder, MANIFEST_FILE), writeManifest(manifest));
  return manifest;
}
