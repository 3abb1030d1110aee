import { type Engine, openEngine } from '../../src/gpu';
import { cmaes, lshade, type MinimizeOptions, minimize, nsga2 } from '../../src/optimize';
import { type Problem, shaderProblem } from '../../src/problem';
import { dtlz, zdt } from '../../src/problem/benchmark';
import { defineSpace, vector } from '../../src/space';
import type { Found, Task } from './task';

const VARIABLES = 10;
/** What the seed of the first run is apart from the task's: as in contest.py. */
const OTHER_SEED = 1000;

const ROSENBROCK = `
fn evaluate(c: Candidate, e: Episode) -> Score {
  var sum = 0.0;
  for (var i = 0u; i < ${VARIABLES - 1}u; i++) {
    let curve = c.x[i + 1u] - c.x[i] * c.x[i];
    sum += 100.0 * curve * curve + (1.0 - c.x[i]) * (1.0 - c.x[i]);
  }
  return Score(array(sum));
}`;

const RASTRIGIN = `
fn evaluate(c: Candidate, e: Episode) -> Score {
  var sum = 0.0;
  for (var i = 0u; i < ${VARIABLES}u; i++) {
    sum += c.x[i] * c.x[i] + 10.0 * (1.0 - cos(6.2831853 * c.x[i]));
  }
  return Score(array(sum));
}`;

function valued(engine: Engine, wgsl: string, min: number, max: number): Promise<Problem> {
  const space = defineSpace(
    vector('x', VARIABLES, { type: 'float', min, max, scale: 'linear', grid: 'binary' }),
  );
  return shaderProblem(engine, { space, objectives: ['value'], wgsl });
}

const PROBLEM: Record<Task['problem'], (engine: Engine) => Promise<Problem>> = {
  zdt1: (engine) => zdt(engine, 1),
  zdt4: (engine) => zdt(engine, 4),
  dtlz2: (engine) => dtlz(engine, 2, { objectives: 3, variables: 12 }),
  rosenbrock: (engine) => valued(engine, ROSENBROCK, -5, 10),
  rastrigin: (engine) => valued(engine, RASTRIGIN, -5.12, 5.12),
};

function search(problem: Problem, { algorithm }: Task, options: MinimizeOptions) {
  if (algorithm === 'nsga2') return minimize(problem, nsga2(), options);
  if (algorithm === 'de') return minimize(problem, lshade(), options);
  return minimize(problem, cmaes({ restarts: 'ipop' }), options);
}

/** One run: the survivors' front, not the archive's, as the peers hand back no more. */
async function run(engine: Engine, problem: Problem, task: Task): Promise<Omit<Found, 'firstSeconds'>> {
  const { population, seed, evaluations, seconds } = task;
  const timeLimitMs = seconds && seconds * 1000;
  const startMs = performance.now();
  const result = await search(problem, task, { engine, population, seed, evaluations, timeLimitMs });
  const took = { seconds: (performance.now() - startMs) / 1000, evaluations: result.evaluations };
  const width = problem.objectives.length;
  if (width === 1) return { ...took, best: result.front.objectives[0] };
  const { objectives, count } = result.population;
  return {
    ...took,
    front: Array.from({ length: count }, (_, i) => [...objectives.subarray(i * width, (i + 1) * width)]),
  };
}

/** Our side, by the peers' rules (contest.py): tasks as JSON from the first argument, a result a line. */
const engine = await openEngine();
for (const task of JSON.parse(process.argv[2]) as Task[]) {
  // The first run compiles the fitness, as it does for the peers that compile.
  const startMs = performance.now();
  const problem = await PROBLEM[task.problem](engine);
  await run(engine, problem, { ...task, seed: task.seed + OTHER_SEED });
  const firstSeconds = (performance.now() - startMs) / 1000;
  console.log(JSON.stringify({ ...(await run(engine, problem, task)), firstSeconds }));
}
engine.close();
