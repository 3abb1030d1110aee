import type { Engine } from '../../src/gpu';
import { cmaes, lshade, type MinimizeOptions, minimize, nsga2 } from '../../src/optimize';
import { type Problem, shaderProblem } from '../../src/problem';
import { dtlz, zdt } from '../../src/problem/benchmark';
import { defineSpace, vector } from '../../src/space';
import type { Found, Task } from './task';

const VARIABLES = 10;

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

/** Our side of a task, by the same rules: warmed up once, and the survivors' front, not the archive's. */
export async function ours(engine: Engine, task: Task): Promise<Found> {
  const { population, seed, evaluations, seconds } = task;
  const problem = await PROBLEM[task.problem](engine);
  await search(problem, task, { engine, population, seed, evaluations: 4 * population });
  const timeLimitMs = seconds && seconds * 1000;
  const startMs = performance.now();
  const run = search(problem, task, { engine, population, seed, evaluations, timeLimitMs });
  const result = await run;
  const took = { seconds: (performance.now() - startMs) / 1000, evaluations: result.evaluations };
  const width = problem.objectives.length;
  if (width === 1) return { ...took, best: result.front.objectives[0] };
  const { objectives, count } = result.population;
  return {
    ...took,
    front: Array.from({ length: count }, (_, i) => [...objectives.subarray(i * width, (i + 1) * width)]),
  };
}
