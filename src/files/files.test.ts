import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { claimFolder, readInput, writeAtomic, writeFolder } from './index';

const folder = () => mkdtemp(join(tmpdir(), 'tardigrade-files-'));

it('makes the folder, writes over the old file and leaves nothing beside it', async () => {
  const path = join(await folder(), 'new', 'a.json');
  await writeAtomic(path, 'old and longer');
  await writeAtomic(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(join(path, '..'))).toEqual(['a.json']);
});

it('leaves nothing behind where it cannot write', async () => {
  const parent = await folder();
  await writeFolder(parent, { 'taken/inside': 'x' });
  await expect(writeAtomic(join(parent, 'taken'), 'y')).rejects.toThrow();
  expect(await readdir(parent)).toEqual(['taken']);
});

it('names the file that the user got wrong', async () => {
  const parent = await folder();
  await expect(readInput(join(parent, 'missing.yaml'))).rejects.toThrow(
    /missing\.yaml: there is no such file; check/,
  );
  await expect(readInput(parent)).rejects.toThrow(/it is a folder/);
});

it('refuses an output folder that is a file, before any work', async () => {
  const parent = await folder();
  await writeFolder(parent, { taken: 'x' });
  await expect(claimFolder(join(parent, 'taken', 'out'))).rejects.toThrow(
    /nothing can be written there \(ENOTDIR\); name a folder/,
  );
  await claimFolder(join(parent, 'new'));
  expect((await readdir(parent)).sort()).toEqual(['new', 'taken']);
});

it.runIf(existsSync('/proc/self'))('gives up where the system makes no folders', async () => {
  await expect(claimFolder('/proc/nowhere/out')).rejects.toThrow(/nothing can be written there/);
});
