import { expect, it } from 'vitest';
import { runCommandLine } from '../run';
import { recordedTerminal } from '../testing/terminal';
import { analyze } from './analyze';
import { calibrate } from './calibrate';
import { simulate } from './simulate';
import { sweep } from './sweep';

it.each([
  [
    ['calibrate', 't.csv', '--check', '--scenario', 's.yaml', '--overlay', 'o.yaml'],
    '--overlay goes into a scenario that is made, and --check makes none; leave out --overlay, or --check and --scenario\n',
  ],
  [
    ['calibrate', 't.csv', '--check', '--scenario', 's.yaml', '--out', 'new.yaml'],
    '--out goes into a scenario that is made, and --check makes none; leave out --out, or --check and --scenario\n',
  ],
  [
    ['simulate', 's.yaml', '--replication', '0'],
    '--replication belongs to the log of one episode; add --events\n',
  ],
  [
    ['simulate', 's.yaml', '--replication', '3', '--failed'],
    '--replication and --failed belong to the log of one episode; add --events\n',
  ],
  [
    ['sweep', 'out/shop', '--merge', '--rows', '100'],
    '--rows says what to sweep, and --merge takes shares as they are; leave out --rows, or --merge\n',
  ],
  [
    ['sweep', 'out/shop', '--merge', '--seed', '1'],
    '--seed says what to sweep, and --merge takes shares as they are; leave out --seed, or --merge\n',
  ],
  [
    ['sweep', 'out/shop', '--merge', '--shard', '1/2'],
    '--shard says what to sweep, and --merge takes shares as they are; leave out --shard, or --merge\n',
  ],
  [
    ['sweep', 'shop.yaml', '--shards', '4', '--shard', '1/2'],
    '--shards is 4, but --shard is one of 2; leave --shards out\n',
  ],
  [
    ['analyze', 'out/shop', '--sql', 'select 1', '--html', 'page.html'],
    '--sql prints its answer and writes no page; leave out --html, or --sql\n',
  ],
])('%j has a flag that would be ignored: it is refused before anything is read', async (args, stderr) => {
  const terminal = recordedTerminal();
  expect(await runCommandLine(args, [analyze, calibrate, simulate, sweep], terminal)).toBe(2);
  expect(terminal.stderr()).toBe(stderr);
  expect(terminal.stdout()).toBe('');
});
