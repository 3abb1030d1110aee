import { openEngine } from '../src/gpu';
import { type Algorithm, cmaes, hypervolume, lshade, minimize, nsga2 } from '../src/optimize';
import { type BbobProblem, bbob, dtlz, type Problem, zdt } from '../src/problem';
import type { Figure, Outcome } from './figure';
import { quartiles } from './rounds';

type Engine = Awaited<ReturnType<typeof openEngine>>;

const SEEDS = Array.from({ length: 15 }, (_, i) => i + 1);

/** Fronts: NSGA-II with 100 candidates; the hypervolume of what it hands back, below (1, 1) or (1, 1, 1). */
const FRONTS = [
  {
    name: 'ZDT1',
    open: (engine: Engine) => zdt(engine, 1),
    objectives: 2,
    evaluations: 25_000,
    atLeast: 0.65,
  },
  {
    name: 'ZDT4',
    open: (engine: Engine) => zdt(engine, 4),
    objectives: 2,
    evaluations: 25_000,
    atLeast: 0.64,
  },
  {
    name: 'DTLZ2',
    open: (engine: Engine) => dtlz(engine, 2),
    objectives: 3,
    evaluations: 50_000,
    atLeast: 0.4,
  },
] as const;

/** 10-D functions that CMA-ES solves in every seed: sphere, ellipsoid, rotated Rosenbrock, discus, bent cigar, powers, ridge. */
const PRECISE = [1, 2, 9, 11, 12, 14, 13] as const;
const SHARP_RIDGE = 13;

const SUITE = Array.from({ length: 24 }, (_, i) => i + 1);
const SUITE_DIMENSION = 5;
const SUITE_PRECISION = 1e-3;
const EVALUATIONS_PER_DIMENSION = 1e5;
const ENOUGH_SOLVED = 18;

/**
 * What the algorithms reach, as medians with quartiles over 15 seeds, on instances as many: fronts by NSGA-II, precision by
 * CMA-ES, and how many of the 24 BBOB functions CMA-ES and L-SHADE solve. A quarter of an hour on an idle core.
 */
export async function optimizerQuality(): Promise<Outcome> {
  const engine = await openEngine({ engine: 'wasm', workers: 0 });
  try {
    return { figures: [...(await fronts(engine)), ...(await precision(engine)), ...(await suite(engine))] };
  } finally {
    engine.close();
  }
}

async function fronts(engine: Engine): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, open, objectives, evaluations, atLeast } of FRONTS) {
    const problem: Problem = await open(engine);
    const reference = new Array<number>(objectives).fill(1);
    const found: number[] = [];
    const survivors: number[] = [];
    for (const seed of SEEDS) {
      const run = await minimize(problem, nsga2(), { engine, seed, population: 100, evaluations, reference });
      found.push(hypervolume(run.front.objectives, reference));
      survivors.push(hypervolume(run.population.objectives, reference));
    }
    const label = `NSGA-II on ${name}, ${evaluations.toLocaleString('en-US')} evaluations`;
    say(`${label}: hypervolume of the front`, quartiles(found));
    say(`${label}: of the last 100`, quartiles(survivors));
    figures.push({
      name: `${label}: median hypervolume`,
      value: quartiles(found)[1],
      unit: '',
      goal: { atLeast },
    });
  }
  return figures;
}

async function precision(engine: Engine): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const number of PRECISE) {
    const wanted = number === SHARP_RIDGE ? 1e-3 : 1e-5;
    const runs: Solved[] = [];
    for (const seed of SEEDS) {
      const problem = await bbob(engine, { function: number, instance: seed, dimension: 10 });
      runs.push(await solve(engine, problem, cmaes({ restarts: 'ipop' }) as Algorithm, seed, wanted, 1e6));
    }
    const label = `CMA-ES on BBOB f${number} in 10-D`;
    say(`${label}: evaluations to ${wanted}`, quartiles(runs.map(({ evaluations }) => evaluations)));
    const worst = Math.max(...runs.map(({ error }) => error));
    figures.push({ name: `${label}: worst error`, value: worst, unit: '', goal: { atMost: wanted } });
  }
  return figures;
}

async function suite(engine: Engine): Promise<Figure[]> {
  const algorithms = {
    'IPOP-CMA-ES': () => cmaes({ restarts: 'ipop' }) as Algorithm,
    'L-SHADE': () => lshade() as Algorithm,
  };
  const solved = new Map(Object.keys(algorithms).map((name) => [name, new Set<number>()]));
  for (const number of SUITE) {
    for (const [name, algorithm] of Object.entries(algorithms)) {
      const runs: Solved[] = [];
      for (const seed of SEEDS) {
        const problem = await bbob(engine, { function: number, instance: seed, dimension: SUITE_DIMENSION });
        const budget = EVALUATIONS_PER_DIMENSION * SUITE_DIMENSION;
        runs.push(await solve(engine, problem, algorithm(), seed, SUITE_PRECISION, budget));
      }
      const successes = runs.filter(({ error }) => error <= SUITE_PRECISION);
      // Solved by most seeds.
      if (2 * successes.length > SEEDS.length) solved.get(name)!.add(number);
      say(
        `f${number} ${name}: solved by ${successes.length} of ${SEEDS.length}; evaluations, error`,
        quartiles(runs.map(({ evaluations }) => evaluations)),
        quartiles(runs.map(({ error }) => error)),
      );
    }
  }
  const either = SUITE.filter((number) => [...solved.values()].some((functions) => functions.has(number)));
  return [
    ...[...solved].map(([name, functions]) => ({
      name: `BBOB in 5-D, functions solved to 1e-3 by ${name}`,
      value: functions.size,
      unit: 'of 24',
    })),
    {
      name: 'BBOB in 5-D, functions solved to 1e-3 by either',
      value: either.length,
      unit: 'of 24',
      goal: { atLeast: ENOUGH_SOLVED },
    },
  ];
}

interface Solved {
  readonly evaluations: number;
  /** Above the optimum. */
  readonly error: number;
}

async function solve(
  engine: Engine,
  problem: BbobProblem,
  algorithm: Algorithm,
  seed: number,
  precision: number,
  evaluations: number,
): Promise<Solved> {
  const target = problem.optimum.f + precision;
  const run = await minimize(problem, algorithm, { engine, seed, evaluations, target });
  return { evaluations: run.evaluations, error: run.front.objectives[0] - problem.optimum.f };
}

function say(label: string, ...values: readonly (readonly [number, number, number])[]): void {
  const texts = values.map((each) => each.map((value) => Number(value.toPrecision(4))).join(' / '));
  console.log(`  ${label}: ${texts.join('; ')}`);
}
