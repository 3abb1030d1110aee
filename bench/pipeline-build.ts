import { type Engine, openEngine } from '../src/gpu';
import { MECHANISMS } from '../src/system/simulate/mechanisms';
import type { Figure, Outcome } from './figure';
import { median, seconds } from './rounds';
import { softwareGpu } from './software-gpu';
import { bestPractice, exampleScenario, simulate, type Workload, workload } from './workload';

const ROUNDS = 5;

/**
 * How long a fresh device takes from the example's shader, with every mechanism that a policy may use, to the first
 * result, beyond what the run itself takes: some drivers put compilation off until then.
 */
export async function pipelineBuild(root: string): Promise<Outcome> {
  const scenario = exampleScenario(root);
  const whole = await workload(scenario, [bestPractice(scenario)], 1, MECHANISMS);
  const work = { ...whole, runs: whole.runs.slice(0, 1) };
  const figures: Figure[] = [
    {
      name: 'pipeline build, WebAssembly',
      value: 1000 * (await buildSeconds(() => openEngine({ engine: 'wasm', workers: 0 }), work, ROUNDS)),
      unit: 'ms',
      goal: { atMost: 300 },
    },
  ];
  const software = await softwareGpu();
  if ('absence' in software) return { figures, skipped: `software adapter: ${software.absence}` };
  figures.push({
    name: 'pipeline build, software adapter',
    value: await buildSeconds(() => openEngine({ gpu: software.gpu }), work, 1),
    unit: 's',
    goal: { atMost: 10 },
  });
  return { figures };
}

async function buildSeconds(open: () => Promise<Engine>, work: Workload, rounds: number): Promise<number> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const engine = await open();
    const first = await seconds(() => simulate(engine, work));
    const second = await seconds(() => simulate(engine, work));
    values.push(first - second);
    engine.close();
  }
  return median(values);
}
