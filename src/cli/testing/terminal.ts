import { openTerminal, type Terminal } from '../terminal';

/** A terminal that remembers what was written to it. */
export interface RecordedTerminal extends Terminal {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

export function recordedTerminal(live = false): RecordedTerminal {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: live,
    columns: 60,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const terminal = openTerminal(stream('stdout'), stream('stderr'), { NO_COLOR: '1' });
  return { ...terminal, stdout: () => written.stdout, stderr: () => written.stderr };
}
