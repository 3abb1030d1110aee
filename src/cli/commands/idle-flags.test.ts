import { expect, it } from 'vitest';
import { runCommandLine } from '../run';
import { recordedTerminal } from '../testing/terminal';
import { calibrate } from './calibrate';
import { simulate } from './simulate';

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
])('%j has a flag that would be ignored: it is refused before anything is read', async (args, stderr) => {
  const terminal = recordedTerminal();
  expect(await runCommandLine(args, [calibrate, simulate], terminal)).toBe(2);
  expect(terminal.stderr()).toBe(stderr);
  expect(terminal.stdout()).toBe('');
});
