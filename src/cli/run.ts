import manifest from '../../package.json' with { type: 'json' };
import { didYouMean, UserError } from '../text';
import { type Command, CommandFailed } from './command';
import { commandHelp, overview } from './help';
import { EXIT_INTERRUPTED, Interrupted, interruptible } from './interrupt';
import { parseCommand } from './parse';
import type { Terminal } from './terminal';

const EXIT_DONE = 0;
const EXIT_FAILED = 1;
const EXIT_BAD_INPUT = 2;

/** Runs one command line. Returns the exit code: 0 done, 1 failed, 2 bad input, 130 interrupted. */
export async function runCommandLine(
  args: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): Promise<number> {
  try {
    await dispatch(args, commands, terminal);
    return EXIT_DONE;
  } catch (error) {
    if (error instanceof Interrupted) {
      terminal.note(terminal.colors.yellow('interrupted'));
      return EXIT_INTERRUPTED;
    }
    if (error instanceof UserError) {
      terminal.note(error.toString());
      return EXIT_BAD_INPUT;
    }
    terminal.note(`tardigrade failed: ${describeFailure(error)}`);
    return EXIT_FAILED;
  }
}

/** What nobody foresaw is told with its stack. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof CommandFailed ? error.message : (error.stack ?? error.message);
}

async function dispatch(
  args: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): Promise<void> {
  const [name, ...rest] = args;
  if (name === '--version') return terminal.print(manifest.version);
  if (name === '--help' || name === '-h' || name === 'help') return terminal.print(overview(commands));
  if (name === undefined) throw new UserError('no command was given', `try tardigrade --help`);

  const names = commands.map((command) => command.name);
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw new UserError(`there is no command '${name}'`, didYouMean(name, names, 'command'));

  const parsed = parseCommand(command, rest);
  if (parsed.help) return terminal.print(commandHelp(command));
  const { positionals, flags, given } = parsed;
  await interruptible((signal) => command.run({ positionals, flags, given, terminal, signal }));
}
