import { parseArgs } from 'node:util';
import { didYouMean, UserError } from '../text';
import type { Command } from './command';
import type { Flags, Values } from './options';

/** A command's arguments, read and checked. `help` asks for the help and nothing else. */
export type Parsed =
  | { readonly help: true }
  | {
      readonly help: false;
      readonly positionals: readonly string[];
      readonly flags: Values<Flags>;
      readonly given: ReadonlySet<string>;
    };

/**
 * Reads the arguments that follow a command's name.
 * @throws UserError for an unknown flag, a value that cannot be, or a missing argument.
 */
export function parseCommand(command: Command, args: readonly string[]): Parsed {
  const { flags } = command;
  const { tokens, positionals } = parseArgs({
    args: [...args],
    // Not strict: our own messages say what was likely meant.
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      ...Object.fromEntries(
        Object.entries(flags).map(([name, flag]) => [
          name,
          { type: flag.value ? 'string' : 'boolean' } as const,
        ]),
      ),
    },
  });
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) return { help: true };

  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, flag.otherwise]),
  );
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (!flag)
      throw new UserError(
        `${command.name} has no flag ${token.rawName}`,
        didYouMean(
          token.rawName,
          Object.keys(flags).map((name) => `--${name}`),
          'flag',
        ),
      );
    if (given.has(token.name)) throw new UserError(`--${token.name} is given twice`, 'give it once');
    given.add(token.name);
    if (flag.value && token.value === undefined)
      throw new UserError(`--${token.name} lacks its value`, `give ${flag.expects}`);
    const value = flag.read(token.value ?? 'true');
    if (value === undefined)
      throw new UserError(`--${token.name} cannot be '${token.value}'`, `give ${flag.expects}`);
    values[token.name] = value;
  }
  checkPositionals(command, positionals);
  return { help: false, positionals, flags: values, given };
}

function checkPositionals(command: Command, given: readonly string[]): void {
  const { name, positionals } = command;
  const missing = positionals.find((argument, i) => argument.required && i >= given.length);
  if (missing)
    throw new UserError(`${name} lacks its argument ${missing.name}`, `see tardigrade ${name} --help`);
  const endless = positionals.some((argument) => argument.many);
  if (!endless && given.length > positionals.length)
    throw new UserError(
      `${name} cannot use the argument '${given[positionals.length]}'`,
      `see tardigrade ${name} --help`,
    );
}
