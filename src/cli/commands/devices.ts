import { openEngine } from '../../gpu';
import { defineCommand } from '../command';
import { ENGINE_FLAGS, OUTPUT_FLAGS } from '../options';

/** One engine as it presents itself, or why it cannot be had. */
async function probe(engine: 'auto' | 'webgpu' | 'wasm', workers: number) {
  try {
    const opened = await openEngine({ engine, workers });
    const { kind, description, reason } = opened;
    opened.close();
    return { engine, available: true as const, kind, description, reason };
  } catch (error) {
    return {
      engine,
      available: false as const,
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}

export const devices = defineCommand({
  name: 'devices',
  summary: 'List the engines of this machine, and which one auto would take, and why',
  about: 'The result of a run is the same on every engine, byte for byte; only the time differs.',
  positionals: [],
  flags: { workers: ENGINE_FLAGS.workers, json: OUTPUT_FLAGS.json },
  examples: ['tardigrade devices', 'tardigrade devices --json'],

  async run({ flags, terminal }) {
    const { bold, dim, green } = terminal.colors;
    const found = [await probe('webgpu', flags.workers), await probe('wasm', flags.workers)];
    const auto = await probe('auto', flags.workers);
    if (flags.json) return terminal.printJson({ engines: found, auto });
    for (const engine of found)
      terminal.print(
        `${bold(engine.engine.padEnd(8))}${engine.available ? engine.description : dim(engine.reason)}`,
      );
    terminal.print(
      auto.available
        ? `${bold('auto'.padEnd(8))}${green(auto.kind)}: ${auto.reason}`
        : `${bold('auto'.padEnd(8))}${auto.reason}`,
    );
  },
});
