import type { Terminal } from './terminal';

const LIVE_EVERY_MS = 100;
const PLAIN_EVERY_MS = 2000;

/** Says how a long piece of work goes on: one line written over on a terminal, plain lines elsewhere. */
export interface Progress {
  /** Offers a new line; it is shown where enough time has passed since the last. */
  update(line: () => string): void;
  /** Another kind of work begins: shown at once. */
  stage(line: string): void;
  /** A remark that must not be lost; it stays above the live line. */
  remark(text: string): void;
  /** Shows the last line that was offered, and leaves the cursor on a line of its own. */
  end(): void;
}

export const SILENT: Progress = { update: () => {}, stage: () => {}, remark: () => {}, end: () => {} };

export function startProgress(terminal: Terminal, now: () => number = () => performance.now()): Progress {
  const everyMs = terminal.live ? LIVE_EVERY_MS : PLAIN_EVERY_MS;
  let shownMs = Number.NEGATIVE_INFINITY;
  let pending: (() => string) | undefined;

  const clear = () => {
    if (terminal.live) terminal.status('\r\x1b[2K');
  };
  const show = (line: () => string) => {
    if (!terminal.live) return terminal.note(line());
    clear();
    terminal.status(line().slice(0, terminal.columns - 1));
  };
  const flush = (line: () => string) => {
    show(line);
    shownMs = now();
    pending = undefined;
  };
  return {
    update(line) {
      pending = line;
      if (now() - shownMs >= everyMs) flush(line);
    },
    stage(line) {
      if (pending && !terminal.live) show(pending);
      flush(() => line);
    },
    remark(text) {
      clear();
      terminal.note(text);
    },
    end() {
      if (pending) show(pending);
      pending = undefined;
      if (terminal.live && shownMs > Number.NEGATIVE_INFINITY) terminal.status('\n');
      shownMs = Number.NEGATIVE_INFINITY;
    },
  };
}
