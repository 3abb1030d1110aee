import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import packageManifest from '../../../package.json' with { type: 'json' };
import { claimFolder, TEMPORARY, writeAtomic } from '../../files';
import { UserError } from '../../text';
import type { RowRange } from '../design';
import type { FormatName } from '../formats/format';
import type { PartWriter, Sink, SweepHeader } from '../sink';
import {
  differenceBetween,
  MANIFEST_FILE,
  MANIFEST_FORMAT,
  type Manifest,
  type PartRecord,
  parseManifest,
  sameJson,
  writeManifest,
} from './manifest';
import { PartFile, UNFINISHED } from './part-file';
import { variableSchema } from './variable-schema';

/** What kind of files a result is kept in, and whether it goes on with one that is there. */
export interface FolderSinkOptions {
  readonly files?: FormatName;
  /** Go on with the result that the folder holds; otherwise a folder with one is refused. */
  readonly resume?: boolean;
}

/**
 * A result in a folder: part files, and a manifest that lists those that are whole. A part is written under another name,
 * flushed, renamed, and only then listed, so that a process may die at any moment: what is listed is whole, and what is
 * not is made again.
 * @throws UserError from `open` where nothing can be written there, or another result is in the way; later on where another
 * process takes the folder over
 */
export function folderSink(
  folder: string,
  { files = 'parquet', resume = false }: FolderSinkOptions = {},
): Sink {
  const path = join(folder, MANIFEST_FILE);
  let manifest: Manifest;
  let saving = Promise.resolve();

  /** A process that opens a folder clears away what another one is writing there. */
  const orTakenAway = <T>(writing: Promise<T>): Promise<T> =>
    writing.catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new UserError(
        `${folder}: what was being written there was taken away, as by another process that goes on with this result`,
        'leave it to that one, or go on with --resume; a folder takes one process at a time',
      );
    });

  const list = (part: PartRecord): Promise<void> => {
    const parts = [...manifest.parts, part].sort((a, b) => a.first - b.first);
    manifest = { ...manifest, parts };
    saving = orTakenAway(saving.then(() => writeAtomic(path, writeManifest(manifest))));
    return saving;
  };

  return {
    async open(header) {
      await claimFolder(folder);
      const before = await manifestIn(folder);
      if (before && !resume)
        throw new UserError(
          `${folder} holds a result already`,
          'go on with it by --resume, or name another --out',
        );
      manifest = { ...emptyManifest(header, files), parts: before ? await wholeParts(folder, before) : [] };
      if (before) checkSame(before, manifest, folder);
      await removeUnfinished(folder);
      await writeAtomic(path, writeManifest(manifest));
      return manifest.parts;
    },
    async begin(range: RowRange): Promise<PartWriter> {
      const part = await PartFile.create(folder, files, manifest.columns, range);
      return {
        write: (batch) => part.write(batch),
        commit: async () => list(await orTakenAway(part.commit())),
        abort: () => part.abort(),
      };
    },
    close: () => saving,
  };
}

/** The manifest of a folder; undefined where there is none. Throws UserError where it cannot be read. */
export async function manifestIn(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseManifest(text, path);
}

/** The manifest of a result without parts. */
export function emptyManifest(header: SweepHeader, files: FormatName): Manifest {
  const { problem, design, replications, columns, variables, partRows, shard, range } = header;
  return {
    format: MANIFEST_FORMAT,
    version: packageManifest.version,
    problem: { ...problem },
    design: { ...design, settings: { ...design.settings } },
    replications,
    columns: [...columns],
    variables: variables.map((variable) => variableSchema.parse(variable)),
    partRows,
    shard,
    range,
    files,
    parts: [],
  };
}

/** Parts that are still there as they were listed. */
export async function wholeParts(folder: string, manifest: Manifest): Promise<PartRecord[]> {
  const there = await Promise.all(
    manifest.parts.map(async (part) => {
      const found = await stat(join(folder, part.file)).catch(() => undefined);
      return found?.size === part.bytes ? [part] : [];
    }),
  );
  return there.flat();
}

function checkSame(before: Manifest, now: Manifest, folder: string): void {
  const keys = ['version', 'partRows', 'shard', 'range', 'files'] as const;
  const difference = differenceBetween(before, now) ?? keys.find((key) => !sameJson(before[key], now[key]));
  if (difference)
    throw new UserError(
      `${folder} holds a result with another ${difference}: ${brief(before[difference])}, not ${brief(now[difference])}`,
      'go on with what it was begun with, or name another --out',
    );
}

function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 120 ? text : `${text.slice(0, 120)}…`;
}

/** Clears away parts and manifests that a process was writing when it died. */
async function removeUnfinished(folder: string): Promise<void> {
  const isLeft = (name: string) =>
    name.endsWith(UNFINISHED) || (name.startsWith(`${MANIFEST_FILE}.`) && name.endsWith(TEMPORARY));
  const names = (await readdir(folder)).filter(isLeft);
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}
