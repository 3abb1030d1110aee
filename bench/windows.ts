import { existsSync, readFileSync } from 'node:fs';
import { type Engine, openEngine } from '../src/gpu';
import {
  blockOf,
  episodesOf,
  type FaultMeasures,
  LATENCY_BINS,
  loadPolicy,
  loadScenario,
  measure,
  openSimulator,
  type Policy,
  RecordReader,
  resolvePolicy,
  type Scenario,
  sampleMeasures,
  sizedProfiles,
} from '../src/system';

const EXAMPLE = 'examples/online-boutique.yaml';
/** What `npm start` chose. */
const CHOICE = 'out/online-boutique/policy.yaml';

/** Prints downtime with the example's windows and twice as long ones, for profiles at two replicas and the choice. */
export async function compareWindows(replications: number): Promise<void> {
  const scenario = loadScenario(readFileSync(EXAMPLE, 'utf8'), EXAMPLE);
  const { onsetUs, steadyUs } = scenario.windows;
  const doubled = {
    ...scenario,
    windows: { ...scenario.windows, onsetUs: 2 * onsetUs, steadyUs: 2 * steadyUs },
  };
  const policies = [
    ...sizedProfiles(scenario).filter(({ size }) => size === 2),
    ...(existsSync(CHOICE)
      ? [{ label: 'Choice', policy: loadPolicy(readFileSync(CHOICE, 'utf8'), CHOICE, scenario) }]
      : []),
  ];
  const engine = await openEngine({ engine: 'wasm' });
  const rows: Record<string, string>[] = scenario.faults.map(({ name }) => ({ fault: name }));
  for (const { label, policy } of policies) {
    const once = await downtimes(engine, scenario, policy, replications);
    const twice = await downtimes(engine, doubled, policy, replications);
    once.forEach((downtime, f) => {
      rows[f][label] = beside(downtime, twice[f]);
    });
  }
  engine.close();
  console.log('Downtime in minutes a year, with the windows of the example / with twice as long ones:');
  console.table(rows);
}

type Downtime = FaultMeasures['downtimeMinPerYear'];

async function downtimes(engine: Engine, scenario: Scenario, policy: Policy, replications: number) {
  const simulator = await openSimulator(engine, scenario, { seed: 1 });
  const resolved = resolvePolicy(scenario, policy);
  const episodes = episodesOf(blockOf('test', replications), [...scenario.faults.keys()]);
  const reader = new RecordReader(await simulator.simulate([resolved], episodes));
  const samples = sampleMeasures(scenario, resolved, reader, 0);
  const { perFault } = measure(scenario, resolved, reader, 0, samples, LATENCY_BINS);
  return perFault.map(({ downtimeMinPerYear }) => downtimeMinPerYear);
}

function beside(a: Downtime, b: Downtime): string {
  const meet = (a.low ?? 0) <= (b.high ?? Infinity) && (b.low ?? 0) <= (a.high ?? Infinity);
  const [once, twice] = [a, b].map(({ mean }) => (mean ?? Number.NaN).toFixed(2));
  return `${once} / ${twice}${meet ? '' : ' !'}`;
}
