import { type Engine, openEngine } from '../../../gpu';
import { type FieldName, POLICY_FIELDS, type ResolvedPolicy, resolvePolicy } from '../../policy';
import type { Scenario } from '../../scenario';
import {
  COUNTERS,
  type Counter,
  type EpisodeRecords,
  eventLog,
  openSimulator,
  type SimEvent,
  type SimulatorOptions,
  WINDOW_NAMES,
} from '../index';

let opened: Promise<Engine> | undefined;

/** WebAssembly on the calling thread, one for all tests of a file. */
export function wasmEngine(): Promise<Engine> {
  opened ??= openEngine({ engine: 'wasm', workers: 0 });
  return opened;
}

/** A policy whose values apply to the whole mesh. */
export function meshPolicy(scenario: Scenario, values: Partial<Record<FieldName, number>>): ResolvedPolicy {
  const fields = Object.keys(values) as FieldName[];
  for (const field of fields)
    if (!(field in POLICY_FIELDS)) throw new RangeError(`there is no field ${field}`);
  return resolvePolicy(scenario, {
    name: 'test',
    values: fields.map((field) => ({ scope: { kind: 'mesh' }, field, value: values[field]! })),
  });
}

/** Counters of one window, summed over policies and episodes. */
export function totals(
  records: EpisodeRecords,
  window: (typeof WINDOW_NAMES)[number],
): Record<Counter, number> {
  const sums = Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Record<Counter, number>;
  const at = WINDOW_NAMES.indexOf(window) * COUNTERS.length;
  const words = WINDOW_NAMES.length * COUNTERS.length;
  for (let run = 0; run < records.counts.length; run += words)
    COUNTERS.forEach((counter, c) => {
      sums[counter] += records.counts[run + at + c];
    });
  return sums;
}

export interface RunOptions extends SimulatorOptions {
  readonly fault?: number;
  readonly replications?: number;
}

/** Runs one policy, by default through one control episode. */
export async function run(
  scenario: Scenario,
  values: Partial<Record<FieldName, number>> = {},
  { fault = -1, replications = 1, ...options }: RunOptions = {},
): Promise<EpisodeRecords> {
  const simulator = await openSimulator(await wasmEngine(), scenario, options);
  const episodes = Array.from({ length: replications }, (_, replication) => ({ fault, replication }));
  return simulator.simulate([meshPolicy(scenario, values)], episodes);
}

/** What happened in one episode. */
export async function events(
  scenario: Scenario,
  values: Partial<Record<FieldName, number>> = {},
  fault = -1,
): Promise<SimEvent[]> {
  return eventLog(await wasmEngine(), scenario, meshPolicy(scenario, values), fault, 0);
}

/** The events of one kind. */
export function ofKind<K extends SimEvent['kind']>(log: readonly SimEvent[], kind: K) {
  return log.filter((event): event is Extract<SimEvent, { kind: K }> => event.kind === kind);
}
