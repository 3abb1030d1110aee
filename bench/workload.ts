import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../src/gpu';
import { seedKey } from '../src/math';
import { buildTables } from '../src/system/model';
import { PROFILES, profilePolicy, type ResolvedPolicy, resolvePolicy } from '../src/system/policy';
import { loadScenario, type Scenario } from '../src/system/scenario';
import { type Batch, runBatch } from '../src/system/simulate/batch';
import { REPORT } from '../src/system/simulate/layout';
import { conditionsOf, type Mechanism, mechanismsOf } from '../src/system/simulate/mechanisms';
import { assemble, type Program } from '../src/system/simulate/program';
import { DEFAULT_STATE_BYTES, defaultInterleave } from '../src/system/simulate/simulator';

/** Policies that all meet the same episodes, and the simulator assembled for what they use. */
export interface Workload extends Omit<Batch, 'program'> {
  /** The kernel for so many interleaved episodes. */
  readonly program: (interleave: number) => Promise<Program>;
  readonly conditions: Readonly<Record<string, boolean>>;
}

export function exampleScenario(root: string): Scenario {
  const file = 'examples/online-boutique.yaml';
  return loadScenario(readFileSync(join(root, file), 'utf8'), file);
}

/** Envoy's best practice on three replicas of each service. */
export function bestPractice(scenario: Scenario): ResolvedPolicy {
  const profile = PROFILES.find(({ id }) => id === 'envoy-best-practice')!;
  return resolvePolicy(scenario, profilePolicy(scenario, profile, 3, profile.label));
}

/** Every policy through the control and every fault, `replications` times. */
export async function workload(
  scenario: Scenario,
  policies: readonly ResolvedPolicy[],
  replications: number,
  extraMechanisms: readonly Mechanism[] = [],
): Promise<Workload> {
  const used = policies.flatMap((policy) => [...mechanismsOf(scenario, policy)]);
  const mechanisms = new Set([...used, ...extraMechanisms]);
  const tables = buildTables(scenario);
  const faults = [-1, ...scenario.faults.keys()];
  const episodes = Array.from({ length: replications }, (_, replication) =>
    faults.map((fault) => ({ fault, replication })),
  ).flat();
  const programs = new Map<number, Promise<Program>>();
  const program = (interleave: number) => {
    const options = { stateBytes: DEFAULT_STATE_BYTES, interleave, events: false };
    const built = programs.get(interleave) ?? assemble(scenario, tables, mechanisms, options);
    programs.set(interleave, built);
    return built;
  };
  return {
    program,
    conditions: conditionsOf(scenario, mechanisms, false),
    tables,
    seed: seedKey(1),
    runs: policies.flatMap((policy) => episodes.map((episode) => ({ policy, episode }))),
  };
}

/** Simulates a workload. @returns reports, `REPORT.words` words an episode */
export async function simulate(engine: Engine, work: Workload): Promise<Uint32Array> {
  const program = await work.program(defaultInterleave(engine));
  const { reports } = await runBatch(engine, { ...work, program });
  return reports;
}

/** Sums one word over all reports. */
export function total(reports: Uint32Array, word: 'callsDone' | 'events'): number {
  let sum = 0;
  for (let at = REPORT[word]; at < reports.length; at += REPORT.words) sum += reports[at];
  return sum;
}

/** Names the first run and word in which two sets of reports differ; undefined where they are equal. */
export function difference(work: Workload, a: Uint32Array, b: Uint32Array): string | undefined {
  if (a.length !== b.length) return `${a.length} words of reports against ${b.length}`;
  const at = a.findIndex((word, i) => word !== b[i]);
  if (at < 0) return undefined;
  const { policy, episode } = work.runs[Math.floor(at / REPORT.words)];
  return `${policy.name}, fault ${episode.fault}, replication ${episode.replication}: word ${at % REPORT.words} of the report is ${a[at]} against ${b[at]}`;
}
