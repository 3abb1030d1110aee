import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where a command writes: results to stdout, everything else to stderr. */
export interface Terminal {
  readonly colors: Colors;
  /** Whether stderr shows a line that can be written over. */
  readonly live: boolean;
  /** Columns of the live line. */
  readonly columns: number;
  /** A result, to stdout. */
  print(text: string): void;
  /** The one JSON document of `--json`, to stdout. */
  printJson(value: unknown): void;
  /** A remark, to stderr. */
  note(text: string): void;
  /** Raw text to stderr: the live line's. */
  status(text: string): void;
}

/** Colours only where stdout is a terminal and NO_COLOR is not set (https://no-color.org). */
function wantsColor(stream: Stream, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  return Boolean(env.FORCE_COLOR) || (stream.isTTY === true && env.TERM !== 'dumb');
}

/** The process's own streams, or a test's. */
export function openTerminal(
  stdout: Stream = process.stdout,
  stderr: Stream = process.stderr,
  env: NodeJS.ProcessEnv = process.env,
): Terminal {
  return {
    colors: picocolors.createColors(wantsColor(stdout, env)),
    live: stderr.isTTY === true && env.TERM !== 'dumb',
    columns: stderr.columns ?? 80,
    print: (text) => stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    printJson: (value) => stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => stderr.write(`${text}\n`),
    status: (text) => stderr.write(text),
  };
}
