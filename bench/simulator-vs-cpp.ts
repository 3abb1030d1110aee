import { openEngine } from '../src/gpu';
import { threefry2x32 } from '../src/math';
import { policySpace, type ResolvedPolicy, resolvePolicy } from '../src/system/policy';
import type { Scenario } from '../src/system/scenario';
import type { Figure, Outcome } from './figure';
import { buildNative, compilerVersion } from './native';
import { busySeconds, interleaved } from './rounds';
import {
  bestPractice,
  difference,
  exampleScenario,
  simulate,
  total,
  type Workload,
  workload,
} from './workload';

const ROUNDS = 7;
const REPLICATIONS = 12;
const CANDIDATES = 64;

/** Candidates as a search draws them at first: every mechanism that a knob turns is on in some of them. */
function randomCandidates(scenario: Scenario, count: number): ResolvedPolicy[] {
  const { space, policyOf } = policySpace(scenario);
  return Array.from({ length: count }, (_, candidate) => {
    const genes = Uint32Array.from(space.variables, (_, v) => threefry2x32([0, 0], [candidate, v])[0]);
    return resolvePolicy(scenario, policyOf(genes, 0, `candidate ${candidate}`));
  });
}

/**
 * The simulator as WebAssembly on one core against the same model in C++ on one core, side by side: completed calls a
 * second of processor time, over the whole of a run. Their reports must be equal, word for word.
 */
export async function simulatorVsCpp(root: string): Promise<Outcome> {
  const version = compilerVersion();
  if (!version) return { figures: [], skipped: 'no C++ compiler (g++) was found' };
  console.log(`  C++ by ${version}`);
  const scenario = exampleScenario(root);
  const loads: [string, Workload, Figure['goal']][] = [
    ['best practice', await workload(scenario, [bestPractice(scenario)], REPLICATIONS), { atLeast: 0.7 }],
    ['random candidates', await workload(scenario, randomCandidates(scenario, CANDIDATES), 1), undefined],
  ];
  const outcomes = [];
  for (const [name, work, goal] of loads) outcomes.push(await compare(root, name, work, goal));
  return {
    figures: outcomes.flatMap(({ figures }) => figures),
    disagreements: outcomes.flatMap(({ disagreements }) => disagreements ?? []),
  };
}

async function compare(root: string, name: string, work: Workload, goal: Figure['goal']): Promise<Outcome> {
  const native = await buildNative(root, name.replaceAll(' ', '-'), work);
  const engine = await openEngine({ engine: 'wasm', workers: 0 });
  const reports = await simulate(engine, work);
  const unequal = difference(work, reports, native.run().reports);
  if (unequal) return { figures: [], disagreements: [`WebAssembly and C++, ${name}, ${unequal}`] };
  const spent = await interleaved(
    {
      wasm: () => busySeconds(() => simulate(engine, work)),
      cpp: async () => native.run().seconds,
    },
    ROUNDS,
  );
  engine.close();
  const calls = total(reports, 'callsDone');
  return {
    figures: [
      { name: `${name}: WebAssembly, one core`, value: calls / spent.wasm, unit: 'calls/s' },
      { name: `${name}: C++, one core`, value: calls / spent.cpp, unit: 'calls/s' },
      { name: `${name}: WebAssembly / C++`, value: spent.cpp / spent.wasm, unit: '', goal },
    ],
  };
}
