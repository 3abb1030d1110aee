// Are the example's windows long enough? Doubles onset and steady windows and prints each fault's downtime with both, for
// each profile at two replicas and, where it is there, the policy that `npm start` chose. A figure whose intervals do not
// meet is marked. `npm run build && node bench/windows.mjs [replications=20]`; a minute on two idle cores.
import { existsSync, readFileSync } from 'node:fs';
import {
  LATENCY_BINS,
  loadPolicy,
  loadScenario,
  measure,
  openEngine,
  openSimulator,
  RecordReader,
  resolvePolicy,
  sampleMeasures,
  sizedProfiles,
} from 'tardigrade/node';

const [replications = '20'] = process.argv.slice(2);
const CHOICE = 'out/online-boutique/policy.yaml';
const scenario = loadScenario(readFileSync('examples/online-boutique.yaml', 'utf8'), 'online-boutique.yaml');
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
/** @type {Record<string, string>[]} */
const rows = scenario.faults.map((/** @type {{ name: string }} */ { name }) => ({ fault: name }));
for (const { label, policy } of policies) {
  const [once, twice] = [await downtimes(scenario, policy), await downtimes(doubled, policy)];
  once.forEach((a, f) => {
    const b = twice[f];
    const meet = a.low <= b.high && b.low <= a.high;
    rows[f][label] = `${a.mean.toFixed(2)} / ${b.mean.toFixed(2)}${meet ? '' : ' !'}`;
  });
}
engine.close();
console.log('Downtime in minutes a year with the windows of the example / with twice as long ones:');
console.table(rows);

/**
 * @param {typeof scenario} studied
 * @param {typeof scenario.policy} policy
 * @returns {Promise<{ mean: number, low: number, high: number }[]>}
 */
async function downtimes(studied, policy) {
  const simulator = await openSimulator(engine, studied, { seed: 1 });
  const resolved = resolvePolicy(studied, policy);
  const episodes = Array.from({ length: Number(replications) }, (_, replication) =>
    [-1, ...studied.faults.keys()].map((fault) => ({ fault, replication })),
  ).flat();
  const reader = new RecordReader(await simulator.simulate([resolved], episodes));
  const samples = sampleMeasures(studied, resolved, reader, 0);
  /** @type {{ perFault: import('../src/system').FaultMeasures[] }} */
  const { perFault } = measure(studied, resolved, reader, 0, samples, LATENCY_BINS);
  return perFault.map(({ downtimeMinPerYear: { mean, low, high } }) => ({
    mean: mean ?? 0,
    low: low ?? 0,
    high: high ?? 0,
  }));
}
