import { basename, join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { claimFolder, readInput, writeFolder } from '../../files';
import type { Engine } from '../../gpu';
import { composeResult, renderReport, writeResult } from '../../report';
import {
  EVOLVE_DEFAULTS,
  type Evolution,
  evolveScenario,
  loadScenario,
  type Stage,
  writePolicy,
} from '../../system';
import { UserError } from '../../text';
import { Checkpoint } from '../checkpoint';
import { defineCommand } from '../command';
import { GenerationTeller } from '../generation-line';
import { Interrupted } from '../interrupt';
import { integer, SIMULATION_FLAGS, seconds, toggle, word } from '../options';
import { printOutcome } from '../outcome';
import { withEngine } from '../session';

const STAGES: Record<Stage, string> = {
  choosing: 'choosing from the front, on episodes of its own',
  reducing: 'looking for the smallest set of changes',
  testing: 'testing on episodes that neither search nor choice saw',
  drawing: 'drawing the timelines',
};

/** Where neither generations nor time is given: whichever ends first, so that a first try ends soon on any machine. */
const DEFAULT_TIME_S = 36;

export const evolve = defineCommand({
  name: 'evolve',
  summary: 'Evolve the policy of a scenario and compare it with what others use',
  about: `Writes result.json, policy.yaml, report.html and run.json into the output folder. The same scenario, seed and
generations give the same result.json, byte for byte, on every engine. A checkpoint is written after every
generation; --resume goes on from it.`,
  positionals: [{ name: 'SCENARIO', help: 'scenario file (YAML)', required: true }],
  flags: {
    ...SIMULATION_FLAGS,
    generations: integer(
      `generations to run (${EVOLVE_DEFAULTS.generations}, or as the time allows)`,
      1,
      1_000_000,
      undefined,
    ),
    population: integer('candidates in a generation', 4, 100_000, EVOLVE_DEFAULTS.population),
    time: seconds(
      `wall time of the search, ended with a generation (${DEFAULT_TIME_S}s where neither is given)`,
    ),
    out: word('output folder (out/ and the name of the scenario file)', 'FOLDER'),
    resume: toggle('go on from the checkpoint in the output folder'),
  },
  examples: [
    'tardigrade evolve examples/online-boutique.yaml --out out/online-boutique',
    'tardigrade evolve shop.yaml --time 10min --population 128 --seed 7',
    'tardigrade evolve shop.yaml --out out/shop --resume',
  ],

  async run({ positionals: [path], flags, terminal, signal }) {
    const started = { at: new Date(), ms: performance.now() };
    const text = await readInput(path);
    const scenario = loadScenario(text, path);
    if (scenario.knobs.length === 0)
      throw new UserError(`${path}: there are no knobs to turn`, 'add some under knobs');
    const out = flags.out ?? join('out', basename(path).replace(/\.\w+$/, ''));
    const checkpoint = new Checkpoint(out, text);
    const resume = flags.resume ? await checkpoint.read() : undefined;
    const { seed, population, heldout } = flags;
    const { generations, timeLimitMs } = limitsOf(flags);
    await claimFolder(out);

    await withEngine(flags, terminal, async (engine, progress) => {
      const notices: string[] = [];
      engine.onNotice((message) => notices.push(message));
      if (flags.resume)
        progress.remark(
          resume ? `resumed at generation ${resume.genetic.generation}` : 'no checkpoint: begun anew',
        );
      const evolution = asUserError(() =>
        evolveScenario(engine, scenario, {
          ...{ seed, population, generations, timeLimitMs, heldout, resume, signal },
          onCheckpoint: (state) => checkpoint.write(state),
          onStage: (stage) => progress.stage(STAGES[stage]),
        }),
      );
      const search = new GenerationTeller(scenario, {
        ms: performance.now(),
        generations: resume?.genetic.generation ?? 0,
        evaluations: resume?.genetic.evaluations ?? 0,
        timeLimitMs,
      });
      try {
        for await (const generation of evolution) {
          const line = search.line(generation, performance.now());
          progress.update(() => line);
        }
        const searchSeconds = (performance.now() - started.ms) / 1000;
        const result = await evolution;
        const document = composeResult(scenario, result);
        const seconds = (performance.now() - started.ms) / 1000;
        await writeFolder(out, {
          'result.json': writeResult(document),
          'policy.yaml': writePolicy(scenario, result.choice),
          'run.json': writeRun(engine, { startedAt: started.at, searchSeconds, seconds, notices }),
        });
        await writeFolder(out, { 'report.html': renderReport(document) });
        progress.end();
        if (flags.json) terminal.printJson(document);
        else printOutcome(document, engine, out, seconds * 1000, terminal);
      } catch (error) {
        if (error instanceof Interrupted)
          progress.remark(whereItStopped(search.generations, checkpoint.path));
        throw error;
      }
    });
  },
});

function limitsOf({ generations, time }: { generations?: number; time?: number }) {
  if (generations === undefined && time === undefined)
    return { generations: EVOLVE_DEFAULTS.generations, timeLimitMs: DEFAULT_TIME_S * 1000 };
  return { generations, timeLimitMs: time === undefined ? undefined : time * 1000 };
}

function whereItStopped(generations: number, path: string): string {
  if (generations === 0) return 'no generation was done yet: there is nothing to resume';
  const kept = generations === 1 ? '1 generation is' : `${generations} generations are`;
  return `${kept} kept in ${path}; go on with --resume`;
}

/** Settings that do not go together, such as a checkpoint of another seed, are the user's to mend. */
function asUserError(begin: () => Evolution): Evolution {
  try {
    return begin();
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message, 'give the same flags as then');
    throw error;
  }
}

/** `run.json`: what differs from run to run, and so is no part of the result. */
function writeRun({ kind, description, reason }: Engine, facts: object): string {
  const run = {
    version: manifest.version,
    node: process.version,
    engine: { kind, description, reason },
    ...facts,
  };
  return `${JSON.stringify(run, null, 2)}\n`;
}
