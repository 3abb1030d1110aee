/** The user stopped the run: it ended in order, with a checkpoint where the command keeps one. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('interrupted');
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs `work` with a signal that aborts on the first SIGINT or SIGTERM, so that it can end in order. The second one
 * ends the process at once: what was checkpointed is on disk already.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort(new Interrupted());
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
}

/** What a shell reports for a program that SIGINT ended: 128 + 2. */
export const EXIT_INTERRUPTED = 130;
