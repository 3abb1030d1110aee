import { expect, it } from 'vitest';
import { CommandFailed } from './command';
import { diskFailure } from './disk-failure';

it('tells what the disk said in a line, and how to go on', () => {
  const told = diskFailure(
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    'out/x',
  );
  expect(told).toBeInstanceOf(CommandFailed);
  expect((told as Error).message).toMatch(/^out\/x: the disk is full \(ENOSPC\); .* go on with --resume$/);
});

it('leaves alone what no disk said', () => {
  for (const error of [new Error('else'), Object.assign(new Error('gone'), { code: 'ENOENT' })])
    expect(diskFailure(error, 'out/x')).toBe(error);
});
