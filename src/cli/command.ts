import type { Flags, Values } from './options';
import type { Terminal } from './terminal';

/** A positional argument. */
export interface Argument {
  readonly name: string;
  readonly help: string;
  readonly required: boolean;
  /** Takes all that follow. */
  readonly many?: boolean;
}

/** What a command is called with. */
export interface Invocation<F extends Flags> {
  readonly positionals: readonly string[];
  readonly flags: Values<F>;
  /** Names of the flags that were written, whatever their values. */
  readonly given: ReadonlySet<string>;
  readonly terminal: Terminal;
  /** Aborted on SIGINT and SIGTERM: a command then keeps what it has, and throws what the signal throws. */
  readonly signal: AbortSignal;
}

/** One command of the command line. `run` throws UserError for bad input, anything else for a failure. */
export interface Command<F extends Flags = Flags> {
  readonly name: string;
  readonly summary: string;
  /** Paragraphs of the help, below the usage. */
  readonly about: string;
  readonly positionals: readonly Argument[];
  readonly flags: F;
  readonly examples: readonly string[];
  run(invocation: Invocation<F>): Promise<void>;
}

/** Keeps the flags' types while they are inferred, then forgets them, so that commands fit in one list. */
export function defineCommand<F extends Flags>(command: Command<F>): Command {
  return command as unknown as Command;
}

/** A failure that its message says in full: no stack is printed. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}
