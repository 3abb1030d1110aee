import type { Command } from './command';
import type { Flag } from './options';

const MARGIN = '  ';
const ABSENT = new Set<unknown>([undefined, false]);

function twoColumns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `${MARGIN}${left.padEnd(width)}${right}`).join('\n');
}

function flagRow([name, flag]: [string, Flag<unknown>]): [string, string] {
  const otherwise = ABSENT.has(flag.otherwise) ? '' : ` [${flag.otherwise}]`;
  return [`--${name}${flag.value ? ` ${flag.value}` : ''}`, flag.help + otherwise];
}

function usage(command: Command): string {
  const words = command.positionals.map((argument) => {
    const name = argument.many ? `${argument.name}...` : argument.name;
    return argument.required ? name : `[${name}]`;
  });
  return ['tardigrade', command.name, ...words, '[flags]'].join(' ');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const parts = [command.summary, `Usage: ${usage(command)}`, command.about];
  if (command.positionals.length > 0)
    parts.push(`Arguments:\n${twoColumns(command.positionals.map(({ name, help }) => [name, help]))}`);
  parts.push(
    `Flags:\n${twoColumns([...Object.entries(command.flags).map(flagRow), ['--help', 'this text']])}`,
  );
  parts.push(`Examples:\n${command.examples.map((example) => MARGIN + example).join('\n')}`);
  return `${parts.join('\n\n')}\n`;
}

/** The help of the whole command line. */
export function overview(commands: readonly Command[]): string {
  return `Evolves the fault-tolerance settings of a distributed system against simulated failures.

Usage: tardigrade COMMAND [arguments] [flags]

Commands:
${twoColumns(commands.map(({ name, summary }) => [name, summary]))}

${MARGIN}tardigrade COMMAND --help says more of each; tardigrade --version its version.

Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted (a checkpoint is written first).
`;
}
