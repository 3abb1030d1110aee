import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { openEngine } from '../../src/gpu';
import { hypervolume } from '../../src/optimize';
import { median } from '../rounds';
import { CONTESTS, type Contest, type Found, type Task } from './task';

/** Where the contestants are: scripts of ours that drive the peers, the Python that has them, and our own bundle. */
export interface Contestants {
  readonly folder: string;
  readonly python: string;
  readonly ours: string;
}

/**
 * Prints, for each contest, every contestant's medians over seeds at equal evaluations and at equal time. Everyone has a process
 * of its own for each seed.
 */
export async function compareWithPeers(contestants: Contestants, seeds: number): Promise<void> {
  const engine = await openEngine();
  console.log(`Ours: ${engine.description}. ${engine.reason} Medians over ${seeds} seeds.`);
  engine.close();
  for (const contest of CONTESTS) compare(contest, contestants, seeds);
}

function compare(contest: Contest, contestants: Contestants, seeds: number): void {
  const { task, evaluations, seconds, peers } = contest;
  const names = ['ours', ...peers];
  const found: Record<string, Found[][]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let seed = 1; seed <= seeds; seed++) {
    const tasks: Task[] = [
      { ...task, evaluations, seed },
      { ...task, seconds, seed },
    ];
    // In turns, so that a busy moment of the machine meets everyone.
    for (const name of names) found[name].push(ask(name, contestants, tasks));
  }
  const own = timeOf(found.ours, 'seconds');
  console.log(`\n${task.problem}, ${task.algorithm}, population ${task.population}`);
  console.table(
    Object.fromEntries(
      Object.entries(found).map(([name, runs]) => [
        name,
        {
          [`${label(task)} at ${evaluations.toLocaleString('en-US')} evaluations`]: qualityOf(runs, 0),
          seconds: timeOf(runs, 'seconds').toPrecision(3),
          'times our seconds': (timeOf(runs, 'seconds') / own).toPrecision(3),
          'first run, seconds': timeOf(runs, 'firstSeconds').toPrecision(3),
          [`${label(task)} after ${seconds} s`]: qualityOf(runs, 1),
          'evaluations in it': Math.round(median(runs.map((run) => run[1].evaluations))),
        },
      ]),
    ),
  );
}

function ask(name: string, { folder, python, ours }: Contestants, tasks: readonly Task[]): Found[] {
  const [command, script] =
    name === 'ours' ? [process.execPath, ours] : [python, join(folder, `${name}_peer.py`)];
  const lines = execFileSync(command, [script, JSON.stringify(tasks)], {
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
const timeOf = (runs: readonly Found[][], which: 'seconds' | 'firstSeconds') =>
  median(runs.map((run) => run[0][which]));

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
