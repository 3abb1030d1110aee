import { describe, expect, it } from 'vitest';
import { UserError } from '../text';
import { type Command, CommandFailed, defineCommand } from './command';
import { runCommandLine } from './run';
import { recordedTerminal } from './testing/terminal';

function failing(name: string, run: Command['run']): Command {
  return defineCommand({
    name,
    summary: `It ${name}s`,
    about: '',
    positionals: [],
    flags: {},
    examples: [],
    run,
  });
}

const commands = [
  failing('work', async () => {}),
  failing('complain', async () => {
    throw new UserError('unknown key', 'remove it', { file: 'a.yaml', line: 3, column: 5, path: 'zones' });
  }),
  failing('break', async () => {
    throw new Error('the disk is full');
  }),
  failing('give-up', async () => {
    throw new CommandFailed('it cannot be done');
  }),
  failing('wait', async ({ signal }) => {
    process.kill(process.pid, 'SIGINT');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    signal.throwIfAborted();
  }),
];

async function outcome(...args: string[]) {
  const terminal = recordedTerminal();
  const code = await runCommandLine(args, commands, terminal);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('runCommandLine', () => {
  it('ends with 0 when the work is done', async () => {
    expect(await outcome('work')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('ends with 2 and one located line, without a stack, on bad input', async () => {
    expect(await outcome('complain')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'a.yaml:3:5: zones: unknown key; remove it\n',
    });
  });

  it('ends with 1 and says why on a failure', async () => {
    const { code, stderr } = await outcome('break');
    expect(code).toBe(1);
    expect(stderr).toMatch(/the disk is full\n +at /);
    expect(await outcome('give-up')).toMatchObject({
      code: 1,
      stderr: 'tardigrade failed: it cannot be done\n',
    });
  });

  it('ends with 130 on SIGINT, after the command has had its say', async () => {
    expect(await outcome('wait')).toEqual({ code: 130, stdout: '', stderr: 'interrupted\n' });
  });

  it('says which command was likely meant', async () => {
    expect(await outcome('wrok')).toEqual({
      code: 2,
      stdout: '',
      stderr: "there is no command 'wrok'; did you mean 'work'?\n",
    });
    expect((await outcome()).code).toBe(2);
  });

  it('gives help and version', async () => {
    expect((await outcome('--help')).stdout).toMatch(/work\s+It works/);
    expect((await outcome('work', '--help')).stdout).toContain('Usage: tardigrade work');
    expect((await outcome('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
