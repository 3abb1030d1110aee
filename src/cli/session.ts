import { readInput } from '../files';
import { type Engine, openEngine } from '../gpu';
import { loadPolicy, loadScenario, type Policy, type Scenario } from '../system';
import { CommandFailed } from './command';
import { type Progress, SILENT, startProgress } from './progress';
import type { Terminal } from './terminal';

/** Reads and checks a scenario file. Throws UserError. */
export async function openScenario(path: string): Promise<Scenario> {
  return loadScenario(await readInput(path), path);
}

/** Reads and checks a policy file for a scenario. Throws UserError. */
export async function openPolicy(path: string, scenario: Scenario): Promise<Policy> {
  return loadPolicy(await readInput(path), path, scenario);
}

/** Flags of every command that computes on an engine. */
export interface SessionFlags {
  readonly engine: 'auto' | 'webgpu' | 'wasm';
  readonly workers: number;
  readonly quiet: boolean;
}

/**
 * Opens an engine for a piece of work, says which one and why, passes on its notices, and closes it whatever happens.
 */
export async function withEngine<T>(
  flags: SessionFlags,
  terminal: Terminal,
  work: (engine: Engine, progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = flags.quiet ? SILENT : startProgress(terminal);
  const engine = await openEngine({ engine: flags.engine, workers: flags.workers }).catch((error: Error) => {
    throw new CommandFailed(error.message);
  });
  // A change of engine is told even to who wants it quiet.
  engine.onNotice((message) => (flags.quiet ? terminal.note(message) : progress.remark(message)));
  progress.remark(describeEngine(engine));
  try {
    return await work(engine, progress);
  } finally {
    progress.end();
    engine.close();
  }
}

/** Which engine runs, and why, in a line. */
export function describeEngine(engine: Engine): string {
  return `engine: ${engine.description}. ${engine.reason}`;
}
