import { type Engine, openEngine } from '../src/gpu';
import { type Algorithm, genetic, lshade, minimize, nsga2 } from '../src/optimize';
import { type Problem, shaderProblem, zdt } from '../src/problem';
import { defineSpace, vector } from '../src/space';
import type { Figure, Outcome } from './figure';
import { median, seconds } from './rounds';
import { geneticTwin } from './twins/genetic';
import { lshadeTwin } from './twins/lshade';

/** Time for each cell of the table; a generation that has begun is finished. */
const CELL_MS = 1500;
const POPULATIONS = [256, 4096, 65_536, 1_048_576];
const DIMENSIONS = [2, 10, 30];
const ZDT1_RUNS = 31;

const ALGORITHMS = [
  { name: 'genetic', algorithm: genetic as () => Algorithm, twin: geneticTwin },
  { name: 'L-SHADE', algorithm: lshade as () => Algorithm, twin: lshadeTwin },
] as const;

/**
 * Generations a second on Rastrigin's function at a fixed time, against population and dimension: WebAssembly on one thread
 * and on all, the WebGPU adapter at hand, and a twin in plain JavaScript. And how long ZDT1 takes. Some three minutes.
 */
export async function optimizerSpeed(): Promise<Outcome> {
  const one = await openEngine({ engine: 'wasm', workers: 0 });
  const all = await openEngine({ engine: 'wasm' });
  const gpu = await openEngine({ engine: 'webgpu' }).catch(() => undefined);
  const engines: readonly { name: string; engine: Engine }[] = [
    { name: 'wasm, 1 thread', engine: one },
    { name: all.description, engine: all },
    ...(gpu ? [{ name: gpu.description, engine: gpu }] : []),
  ];
  const titles = ['algorithm', 'population', 'variables', 'JavaScript', ...engines.map(({ name }) => name)];
  console.log(`  generations a second: ${[...titles, 'best / JavaScript'].join(' | ')}`);
  for (const { name, algorithm, twin } of ALGORITHMS) {
    for (const population of POPULATIONS) {
      for (const variables of DIMENSIONS) {
        const rates = [await generationsPerSecond(javascript(twin(population, variables, 1)))];
        for (const { engine } of engines) {
          const problem = await rastrigin(engine, variables);
          rates.push(await generationsPerSecond(library(engine, problem, algorithm(), population)));
        }
        const [plain, ...own] = rates;
        const shown = [...rates, Math.max(...own) / plain].map((figure) => figure.toPrecision(3));
        console.log(`  ${[name, population, variables, ...shown].join(' | ')}`);
      }
    }
  }
  const figures = [await zdt1(one)];
  for (const { engine } of engines) engine.close();
  return gpu ? { figures } : { figures, skipped: 'the WebGPU column: there is no adapter' };
}

/** The median time of NSGA-II on ZDT1 with 100 candidates and 10,000 evaluations. */
async function zdt1(engine: Engine): Promise<Figure> {
  const problem = await zdt(engine, 1);
  const times: number[] = [];
  for (let seed = 1; seed <= ZDT1_RUNS; seed++) {
    const run = () => minimize(problem, nsga2(), { engine, seed, population: 100, evaluations: 10_000 });
    times.push(1000 * (await seconds(async () => void (await run()))));
  }
  return {
    name: 'NSGA-II on ZDT1, 100 candidates, 10,000 evaluations, one core',
    value: median(times),
    unit: 'ms',
    goal: { atMost: 60 },
  };
}

function rastrigin(engine: Engine, variables: number): Promise<Problem> {
  return shaderProblem(engine, {
    space: defineSpace(
      vector('x', variables, { type: 'float', min: -5.12, max: 5.12, scale: 'linear', grid: 'binary' }),
    ),
    objectives: ['f'],
    wgsl: `fn evaluate(c: Candidate, e: Episode) -> Score {
      var score: Score;
      score.objectives[0] = ${10 * variables};
      for (var i = 0u; i < ${variables}u; i++) {
        score.objectives[0] += c.x[i] * c.x[i] - 10 * cos(6.2831853 * c.x[i]);
      }
      return score;
    }`,
  });
}

type Generations = AsyncIterator<unknown>;

function library(engine: Engine, problem: Problem, algorithm: Algorithm, population: number): Generations {
  const generations = Number.MAX_SAFE_INTEGER;
  return minimize(problem, algorithm, { engine, population, generations })[Symbol.asyncIterator]();
}

function javascript(advance: () => number): Generations {
  return { next: async () => ({ done: false, value: advance() }) };
}

/** After two generations that sample, compile and warm up. */
async function generationsPerSecond(generations: Generations): Promise<number> {
  for (let i = 0; i < 2; i++) await generations.next();
  const startMs = performance.now();
  let done = 0;
  do {
    await generations.next();
    done++;
  } while (performance.now() - startMs < CELL_MS);
  return (1000 * done) / (performance.now() - startMs);
}
