import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { landedShards, landShard, removeUnfinishedShards } from './shard-folders';

const SHARD = { index: 6, of: 12 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tardigrade-landing-'));
});

const writes = (text: string) => async (temporary: string) => {
  await mkdir(temporary);
  await writeFile(join(temporary, 'rows'), text);
};

it('a shard lands whole', async () => {
  await landShard(folder, SHARD, async (temporary) => {
    await writes('seven')(temporary);
    expect(await landedShards(folder, 12)).toEqual(new Set());
  });
  expect(await landedShards(folder, 12)).toEqual(new Set([6]));
  expect(await landedShards(folder, 13)).toEqual(new Set());
  expect(await readdir(folder)).toEqual(['shard-07-of-12']);
});

it('a shard that landed stays as it is, however late another comes', async () => {
  await landShard(folder, SHARD, async (temporary) => {
    await writes('late')(temporary);
    await landShard(folder, SHARD, writes('early'));
  });
  await landShard(folder, SHARD, () => expect.unreachable());
  expect(await readdir(folder)).toEqual(['shard-07-of-12']);
  expect(await readFile(join(folder, 'shard-07-of-12/rows'), 'utf8')).toBe('early');
});

it('a shard that fails leaves nothing behind', async () => {
  const failure = new Error('the disk is full');
  const failing = landShard(folder, SHARD, async (temporary) => {
    await writes('half')(temporary);
    throw failure;
  });
  await expect(failing).rejects.toBe(failure);
  expect(await readdir(folder)).toEqual([]);
});

it('what a worker that died left behind is removed', async () => {
  await landShard(folder, SHARD, writes('seven'));
  await landShard(folder, { index: 7, of: 12 }, async (temporary) => {
    await writes('eight')(temporary);
    await removeUnfinishedShards(folder);
    expect(await readdir(folder)).toEqual(['shard-07-of-12']);
    await writes('eight again')(temporary);
  });
  expect(await landedShards(folder, 12)).toEqual(new Set([6, 7]));
});
