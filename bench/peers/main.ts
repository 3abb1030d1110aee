import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Engine, openEngine } from '../../src/gpu';
import { hypervolume } from '../../src/optimize';
import { median } from '../rounds';
import { ours } from './ours';
import { CONTESTS, type Contest, type Found, type Task } from './task';

/** Prints, for each contest, every contestant's medians over seeds at equal evaluations and at equal time. */
export async function compareWithPeers(folder: string, python: string, seeds: number): Promise<void> {
  const engine = await openEngine();
  console.log(`Ours: ${engine.description}. ${engine.reason} Medians over ${seeds} seeds.`);
  for (const contest of CONTESTS) await compare(engine, contest, folder, python, seeds);
  engine.close();
}

async function compare(engine: Engine, contest: Contest, folder: string, python: string, seeds: number) {
  const { task, evaluations, seconds, peers } = contest;
  const tasks = Array.from({ length: seeds }, (_, i): Task[] => [
    { ...task, evaluations, seed: i + 1 },
    { ...task, seconds, seed: i + 1 },
  ]);
  const found: Record<string, Found[][]> = Object.fromEntries(['ours', ...peers].map((name) => [name, []]));
  // In turns, so that a busy moment of the machine meets everyone.
  for (const pair of tasks) {
    const own: Found[] = [];
    for (const one of pair) own.push(await ours(engine, one));
    found.ours.push(own);
    for (const peer of peers) found[peer].push(ask(join(folder, `${peer}_peer.py`), python, pair));
  }
  const own = timeOf(found.ours);
  console.log(`\n${task.problem}, ${task.algorithm}, population ${task.population}`);
  console.table(
    Object.fromEntries(
      Object.entries(found).map(([name, runs]) => [
        name,
        {
          [`${label(task)} at ${evaluations.toLocaleString('en-US')} evaluations`]: qualityOf(runs, 0),
          seconds: timeOf(runs).toPrecision(3),
          'times our seconds': (timeOf(runs) / own).toPrecision(3),
          [`${label(task)} after ${seconds} s`]: qualityOf(runs, 1),
          'evaluations in it': Math.round(median(runs.map((run) => run[1].evaluations))),
        },
      ]),
    ),
  );
}

function ask(script: string, python: string, tasks: readonly Task[]): Found[] {
  const lines = execFileSync(python, [script, JSON.stringify(tasks)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const label = ({ problem }: { problem: string }) => (isMany(problem) ? 'hypervolume' : 'best value');
const isMany = (problem: string) => problem.startsWith('zdt') || problem.startsWith('dtlz');
const timeOf = (runs: readonly Found[][]) => median(runs.map((run) => run[0].seconds));

/** Of the hypervolume below (1, ..., 1), which no point of the true fronts exceeds, or of the best value. */
function qualityOf(runs: readonly Found[][], budget: number): string {
  return median(
    runs.map((run) => {
      const { front, best } = run[budget];
      if (!front) return best!;
      return hypervolume(
        Float64Array.from(front.flat()),
        front[0].map(() => 1),
      );
    }),
  ).toPrecision(4);
}
