import { basename, join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import type { Engine } from '../../gpu';
import { composeResult, gainInWords, type ResultDocument, renderReport, writeResult } from '../../report';
import {
  type Evolution,
  evolveScenario,
  loadScenario,
  type Scenario,
  type Stage,
  writePolicy,
} from '../../system';
import { UserError } from '../../text';
import { Checkpoint } from '../checkpoint';
import { defineCommand } from '../command';
import { comparisonTable } from '../comparison-table';
import { readInput, writeFolder } from '../files';
import { clock, GenerationTeller } from '../generation-line';
import { Interrupted } from '../interrupt';
import { integer, SIMULATION_FLAGS, seconds, toggle, word } from '../options';
import { describeEngine, withEngine } from '../session';
import type { Terminal } from '../terminal';

const STAGES: Record<Stage, string> = {
  choosing: 'choosing from the front, on episodes of its own',
  reducing: 'looking for the smallest set of changes',
  testing: 'testing on episodes that neither search nor choice saw',
  drawing: 'drawing the timelines',
};

export const evolve = defineCommand({
  name: 'evolve',
  summary: 'Evolve the policy of a scenario and compare it with what others use',
  about: `Writes result.json, policy.yaml, report.html and run.json into the output folder. The same scenario, seed and
generations give the same result.json, byte for byte, on every engine. A checkpoint is written after every
generation; --resume goes on from it.`,
  positionals: [{ name: 'SCENARIO', help: 'scenario file (YAML)', required: true }],
  flags: {
    ...SIMULATION_FLAGS,
    generations: integer('generations to run (30, or as the time allows)', 1, 1_000_000, undefined),
    population: integer('candidates in a generation', 4, 100_000, 64),
    time: seconds('wall time of the search; it stops at the end of a generation'),
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
    const { generations, seed, population, heldout } = flags;
    const timeLimitMs = flags.time === undefined ? undefined : flags.time * 1000;

    await withEngine(flags, terminal, async (engine, progress) => {
      if (flags.resume)
        progress.remark(
          resume ? `resumed at generation ${resume.genetic.generation}` : 'no checkpoint: begun anew',
        );
      const notices: string[] = [];
      engine.onNotice((message) => notices.push(message));
      let generationsDone = resume?.genetic.generation ?? 0;
      const evolution = asUserError(() =>
        evolveScenario(engine, scenario, {
          ...{ seed, population, generations, timeLimitMs, heldout, resume, signal },
          onCheckpoint: (state) => checkpoint.write(state),
          onStage: (stage) => progress.update(() => STAGES[stage]),
        }),
      );
      const teller = new GenerationTeller(scenario, {
        ms: performance.now(),
        generations: generationsDone,
        evaluations: resume?.genetic.evaluations ?? 0,
        timeLimitMs,
      });
      let simulatedCalls = 0;
      try {
        for await (const generation of evolution) {
          const line = teller.line(generation, performance.now());
          progress.update(() => line);
          simulatedCalls = generation.simulatedCalls;
          generationsDone = generation.index + 1;
        }
        const searchMs = performance.now() - started.ms;
        const document = await conclude(evolution, scenario, out, {
          version: manifest.version,
          node: process.version,
          startedAt: started.at.toISOString(),
          engine: { kind: engine.kind, description: engine.description, reason: engine.reason },
          notices,
          searchSeconds: searchMs / 1000,
          searchedCalls: simulatedCalls,
          startedMs: started.ms,
        });
        progress.end();
        if (flags.json) terminal.printJson(document);
        else printOutcome(document, engine, out, performance.now() - started.ms, terminal);
      } catch (error) {
        if (error instanceof Interrupted) progress.remark(whereItStopped(generationsDone, checkpoint.path));
        throw error;
      }
    });
  },
});

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

interface RunFacts {
  readonly startedMs: number;
  readonly [fact: string]: unknown;
}

/** Awaits the result and writes it. `run.json` has what differs from run to run. */
async function conclude(
  evolution: Evolution,
  scenario: Scenario,
  out: string,
  { startedMs, ...facts }: RunFacts,
): Promise<ResultDocument> {
  const result = await evolution;
  const document = composeResult(scenario, result);
  await writeFolder(out, {
    'result.json': writeResult(document),
    'policy.yaml': writePolicy(scenario, result.choice),
    'run.json': `${JSON.stringify({ ...facts, seconds: (performance.now() - startedMs) / 1000 }, null, 2)}\n`,
  });
  await writeFolder(out, { 'report.html': renderReport(document) });
  return document;
}

function printOutcome(
  { comparison, verdict, changes, search }: ResultDocument,
  engine: Engine,
  out: string,
  tookMs: number,
  { print, colors }: Terminal,
): void {
  const { bold, dim } = colors;
  print(
    `\n${comparisonTable(
      comparison.rows.filter((row) => row.headline),
      colors,
    )}`,
  );
  print(dim(`\nMeans over ${comparison.replications} test replications, each above its 95 % interval.`));
  const [headline, ...rest] = verdict.sentences;
  print(`\n${bold(headline)}\n${rest.join('\n')}`);
  print(`\nSmallest set of changes to ${bold(changes.nearest)}.${gainInWords(changes.gainKept)}`);
  for (const { field, scope, from, to } of changes.list)
    print(`  ${field} (${scope}): ${from} → ${bold(to)}`);
  if (changes.list.length === 0) print('  none: the choice is that profile');
  print(
    `\n${search.generations} generations of ${search.population}, ${search.evaluations} evaluations, seed ${search.seed}, in ${clock(tookMs)}. ${describeEngine(engine)}`,
  );
  print(`Wrote ${join(out, '{result.json, policy.yaml, report.html, run.json}')}`);
}
