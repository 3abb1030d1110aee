import type { Engine } from '../gpu';
import {
  blockOf,
  episodesOf,
  type FaultMeasures,
  LATENCY_BINS,
  type Measures,
  measure,
  openSimulator,
  type Policy,
  RecordReader,
  resolvePolicy,
  type Scenario,
  sampleMeasures,
} from '../system';

/** Measures one policy under every fault of a scenario, on test replications. */
export async function measurePolicy(
  engine: Engine,
  scenario: Scenario,
  policy: Policy,
  { seed, replications, signal }: { seed: number; replications: number; signal: AbortSignal },
): Promise<{ measures: Measures; perFault: FaultMeasures[] }> {
  const simulator = await openSimulator(engine, scenario, { seed });
  const faults = scenario.faults.map((_, fault) => fault);
  const resolved = resolvePolicy(scenario, policy);
  const episodes = episodesOf(blockOf('test', replications), faults);
  const reader = new RecordReader(await simulator.simulate([resolved], episodes, { signal }));
  const samples = sampleMeasures(scenario, resolved, reader, 0);
  return measure(scenario, resolved, reader, 0, samples, LATENCY_BINS);
}
