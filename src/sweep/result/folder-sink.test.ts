import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Problem } from '../../problem';
import { gridDesign } from '../designs/grid';
import type { Sink } from '../sink';
import { type SweepOptions, sweep } from '../sweep';
import { bowl } from '../testing/bowl';
import { type FolderSinkOptions, folderSink } from './folder-sink';
import { mergeShards, shardFolder } from './merge';
import { readResult } from './read';

const problem = bowl();
/** 600 rows; parts of 200 make three. */
const design = gridDesign(problem.space, { levels: 10 });
const newFolder = () => mkdtemp(join(tmpdir(), 'tardigrade-folder-'));

const SETTINGS = { partRows: 200, identity: { digest: 'd', name: 'bowl', seed: 7 } };

function run(folder: string, options: SweepOptions & FolderSinkOptions & { problem?: Problem } = {}) {
  const sink = folderSink(folder, { resume: options.resume, files: options.files });
  return sweep(options.problem ?? problem, design, sink, { ...SETTINGS, ...options });
}

/** Every file of a folder with its content. */
async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
  return Object.fromEntries(names.map((name, i) => [name, texts[i]]));
}

/** The problem, failing at its n-th evaluation. */
function failingAt(evaluation: number): Problem {
  let calls = 0;
  return {
    ...problem,
    async evaluate(genes) {
      if (++calls === evaluation) throw new Error('cut short');
      return problem.evaluate(genes);
    },
  };
}

it('goes on after a failure to the same bytes as without one', async () => {
  const [whole, cut] = [await newFolder(), await newFolder()];
  await run(whole);
  await expect(run(cut, { problem: failingAt(3) })).rejects.toThrow('cut short');
  expect((await readResult(cut)).complete).toBe(false);
  const { resumed } = await run(cut, { resume: true });
  expect(resumed).toBe(400);
  expect(await contents(cut)).toEqual(await contents(whole));
});

it('makes again what is gone or cut, and clears away what was never finished', async () => {
  const [whole, harmed] = [await newFolder(), await newFolder()];
  await run(whole);
  await run(harmed);
  await rm(join(harmed, 'part-0000000000.parquet'));
  await truncate(join(harmed, 'part-0000000400.parquet'), 10);
  await writeFile(join(harmed, 'part-0000000200.parquet.0.unfinished'), 'half');
  await writeFile(join(harmed, 'manifest.json.99.tmp'), 'half');
  const { resumed } = await run(harmed, { resume: true });
  expect(resumed).toBe(200);
  expect(await contents(harmed)).toEqual(await contents(whole));
});

it('does not write over a result, nor go on with another one', async () => {
  const folder = await newFolder();
  await run(folder);
  await expect(run(folder)).rejects.toThrow(/holds a result already; go on with it by --resume/);
  const before = await contents(folder);
  await expect(run(folder, { resume: true, partRows: 100 })).rejects.toThrow(
    /another partRows: 200, not 100; /,
  );
  await expect(run(folder, { resume: true, files: 'csv' })).rejects.toThrow(/another files/);
  await expect(run(folder, { resume: true, identity: { digest: 'x' } })).rejects.toThrow(/another problem/);
  await expect(run(folder, { resume: true, shard: { index: 0, of: 2 } })).rejects.toThrow(/another shard/);
  expect(await contents(folder)).toEqual(before);
  await writeFile(join(folder, 'manifest.json'), '{}');
  await expect(run(folder, { resume: true })).rejects.toThrow(/no manifest of a sweep of this version/);
});

it('gives way to another process that goes on with the result', async () => {
  const [whole, shared] = [await newFolder(), await newFolder()];
  await run(whole);
  const sink = folderSink(shared);
  const overtaken: Sink = {
    open: (header) => sink.open(header),
    async begin(range) {
      const part = await sink.begin(range);
      if (range.first === 200) await run(shared, { resume: true });
      return part;
    },
    close: () => sink.close(),
  };
  await expect(sweep(problem, design, overtaken, SETTINGS)).rejects.toThrow(
    /what was being written there was taken away, as by another process .*; leave it to that one/,
  );
  expect(await contents(shared)).toEqual(await contents(whole));
});

it('lists nothing in a folder that cannot be written', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'taken'), '');
  await expect(run(join(folder, 'taken', 'out'))).rejects.toThrow(/nothing can be written there \(ENOTDIR\)/);
  await chmod(folder, 0o500);
  // Root writes wherever it likes.
  if (process.getuid?.() !== 0)
    await expect(run(join(folder, 'out'))).rejects.toThrow(/nothing can be written there \(EACCES\)/);
});

/** A disk of its own of one MiB; undefined where this process may not mount one. */
async function smallDisk(): Promise<string | undefined> {
  const folder = await newFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return undefined;
  }
}

const disk = await smallDisk();

it.skipIf(!disk)(
  'keeps what was whole when the disk is full, and goes on once there is room (needs mount)',
  async () => {
    const folder = disk!;
    try {
      // What is left, six pages of 4 KiB, takes one part and its manifest.
      await writeFile(join(folder, 'ballast'), new Uint8Array(1_024_000));
      await expect(run(join(folder, 'out'))).rejects.toMatchObject({ code: 'ENOSPC' });
      const { rows, complete } = await readResult(join(folder, 'out'));
      expect(rows).toBeGreaterThan(0);
      expect(complete).toBe(false);
      expect((await readdir(join(folder, 'out'))).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
      await rm(join(folder, 'ballast'));
      expect((await run(join(folder, 'out'), { resume: true })).resumed).toBe(rows);
      expect((await readResult(join(folder, 'out'))).complete).toBe(true);
    } finally {
      execFileSync('umount', [folder]);
    }
  },
);

const shards = [0, 1, 2].map((index) => ({ index, of: 3 }));

async function inShards(folder: string): Promise<void> {
  for (const shard of shards) await run(join(folder, shardFolder(shard)), { shard, partRows: 150 });
}

async function allRows(folder: string) {
  const columns: unknown[][] = [];
  for await (const { data } of (await readResult(folder)).batches())
    data.forEach((values, i) => {
      columns[i] ??= [];
      columns[i].push(...Array.from(values as ArrayLike<unknown>));
    });
  return columns;
}

it('gives the same rows in shards as in one, before they are merged and after', async () => {
  const [whole, parted] = [await newFolder(), await newFolder()];
  await run(whole);
  await inShards(parted);
  const expected = await allRows(whole);
  expect(await allRows(parted)).toEqual(expected);
  const manifest = await mergeShards(parted);
  expect(manifest).toMatchObject({ shard: { index: 0, of: 1 }, range: { first: 0, rows: 600 } });
  expect(manifest.parts[0].file).toBe('shard-1-of-3/part-0000000000.parquet');
  expect(await allRows(parted)).toEqual(expected);
});

it('merges only shards that are there once each, finished and of one sweep', async () => {
  const folder = await newFolder();
  await expect(mergeShards(folder)).rejects.toThrow(/there is no result of a sweep/);
  await inShards(folder);
  const second = join(folder, 'shard-2-of-3');
  await rm(second, { recursive: true });
  await expect(mergeShards(folder)).rejects.toThrow(/^shard 2 of 3 is missing; run it with --shard 2\/3$/);

  await expect(run(second, { shard: shards[1], partRows: 150, problem: failingAt(2) })).rejects.toThrow();
  await expect(mergeShards(folder)).rejects.toThrow(/shard 2 of 3 is not finished; run it again/);

  await run(second, { shard: shards[1], partRows: 150, resume: true });
  await run(join(folder, 'shard-02-of-3'), { shard: shards[1], partRows: 150 });
  await expect(mergeShards(folder)).rejects.toThrow(/is there twice, in shard-02-of-3 and shard-2-of-3/);

  await rm(join(folder, 'shard-02-of-3'), { recursive: true });
  await rm(join(second, 'part-0000000350.parquet'));
  await expect(mergeShards(folder)).rejects.toThrow(/shard 2 of 3 is not finished; run it again/);

  await rm(second, { recursive: true });
  await run(second, { shard: shards[1], partRows: 150, identity: { digest: 'other' } });
  await expect(mergeShards(folder)).rejects.toThrow(/another problem/);
});

it('tells when a part holds other rows than its manifest says', async () => {
  const folder = await newFolder();
  await run(folder, { files: 'csv' });
  const path = join(folder, 'part-0000000200.csv');
  const text = await readFile(path, 'utf8');
  const cut = text.split('\n').slice(0, 11).join('\n');
  await writeFile(path, `${cut.padEnd(text.length - 1, '0')}\n`);
  await expect(allRows(folder)).rejects.toThrow(/holds 10 rows, not the 200 of its manifest/);
  await writeFile(path, cut);
  await expect(allRows(folder)).rejects.toThrow(
    /part-0000000200\.csv is missing, or not as .* lists it; run/,
  );
});
