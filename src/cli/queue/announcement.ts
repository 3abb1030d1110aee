import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeAtomic } from '../../files';
import type { FormatName, SweepHeader } from '../../sweep';
import { emptyManifest, formatOf, type Manifest } from '../../sweep/node';
import { UserError } from '../../text';
import type { TaskFlags } from '../sweep-task';

/** Where a queued sweep is announced, in its folder: a worker that finds the file sees the coordinator's folder. */
const ANNOUNCEMENT_FILE = 'queue.json';

/** What a worker must know of a sweep to make any of its shards. */
export interface Announcement {
  /** A hash of all that the rows, and how they are kept, depend on. */
  readonly id: string;
  /** Absolute path of what is swept, on the coordinator's machine. */
  readonly file: string;
  readonly flags: TaskFlags;
  readonly shards: number;
  /** The whole sweep, no row of it made. */
  readonly manifest: Manifest;
}

/** What the queue itself holds of a sweep: where the rest is. */
export interface Notice {
  /** The release that coordinates. Another one might make other rows. */
  readonly version: string;
  /** Absolute path of the sweep's folder, on the coordinator's machine. */
  readonly folder: string;
}

/** The announcement of a sweep. */
export function announce(
  path: string,
  flags: TaskFlags & { readonly format: FormatName },
  shards: number,
  header: SweepHeader,
): Announcement {
  const manifest = emptyManifest(header, flags.format);
  const id = createHash('sha256').update(JSON.stringify({ manifest, shards })).digest('hex').slice(0, 16);
  const { rows, levels, seed, replications, 'part-rows': partRows } = flags;
  const design = flags.design && formatOf(flags.design) ? resolve(flags.design) : flags.design;
  const chosen = { design, rows, levels, seed, replications, 'part-rows': partRows };
  return { id, file: resolve(path), flags: chosen, shards, manifest };
}

export async function writeAnnouncement(folder: string, announcement: Announcement): Promise<void> {
  await writeAtomic(join(folder, ANNOUNCEMENT_FILE), `${JSON.stringify(announcement, null, 2)}\n`);
}

/** The announcement in a folder; undefined where there is none. Only the release that wrote it can read it. */
export async function readAnnouncement(folder: string): Promise<Announcement | undefined> {
  const path = join(folder, ANNOUNCEMENT_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Announcement;
  } catch {
    throw new UserError(`${path} is no announcement of a sweep`, 'remove it, or name another --out');
  }
}
