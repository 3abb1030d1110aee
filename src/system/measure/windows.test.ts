import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../gpu';
import { PROFILES, profilePolicy, resolvePolicy } from '../policy';
import { loadScenario, type Policy, type Scenario } from '../scenario';
import { openSimulator } from '../simulate';
import { blockOf, episodesOf } from '../study';
import { SHOP_YAML } from '../testing/shop';
import type { Estimate } from './estimate';
import { nonNegativeMean } from './intervals';
import { RecordReader } from './reader';
import { sampleMeasures } from './samples';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
const MESH = { kind: 'mesh' } as const;
/** A lost zone, a slow replica and failing ones: each outlasts its windows by far. */
const FAULTS = [
  shop.faults[1],
  { ...shop.faults[4], factor: 400 },
  { ...shop.faults[5], probability: 0.6, replicaShare: 0.5 },
];

/** Probes every `probeS`, one failure is enough: a zone is found out within that time. */
function probing(base: (typeof PROFILES)[number], probeS: number): Policy {
  const policy = profilePolicy(shop, base, 2, base.id);
  const values = policy.values.filter(
    ({ field }) => field !== 'healthInterval' && field !== 'unhealthyThreshold' && field !== 'timeout',
  );
  return {
    ...policy,
    values: [
      ...values,
      { scope: MESH, field: 'timeout', value: 1e6 },
      { scope: MESH, field: 'healthInterval', value: probeS * 1e6 },
      { scope: MESH, field: 'unhealthyThreshold', value: 1 },
    ],
  };
}

describe('what the windows leave out', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ engine: 'wasm', workers: 0 });
  });
  afterAll(() => engine.close());

  /** Downtime of each fault for each policy. */
  async function downtimes(onsetS: number, steadyS: number, policies: Policy[]): Promise<Estimate[][]> {
    const scenario: Scenario = {
      ...shop,
      faults: FAULTS,
      windows: {
        warmupUs: 1e6,
        healthyUs: 1e6,
        onsetUs: onsetS * 1e6,
        steadyUs: steadyS * 1e6,
        recoveryUs: 4e6,
      },
    };
    const simulator = await openSimulator(engine, scenario, { seed: 3 });
    const resolved = policies.map((policy) => resolvePolicy(scenario, policy));
    const episodes = episodesOf(blockOf('test', 8), [0, 1, 2]);
    const reader = new RecordReader(await simulator.simulate(resolved, episodes));
    return resolved.map((policy, p) =>
      sampleMeasures(scenario, policy, reader, p).faults.map(({ downtimeMinPerYear }) =>
        nonNegativeMean(downtimeMinPerYear),
      ),
    );
  }

  /** Whether the intervals of two estimates meet. */
  const agree = (a: Estimate, b: Estimate) => a.low! <= b.high! && b.low! <= a.high!;

  it('does not change downtime once the onset outlasts detection: twice the windows, the same figures', async () => {
    const policies = [probing(PROFILES[1], 2), probing(PROFILES[2], 2)];
    const once = await downtimes(8, 8, policies);
    const twice = await downtimes(16, 16, policies);
    once.forEach((faults, p) =>
      faults.forEach((downtime, f) => {
        const figures = `${policies[p].name} under ${FAULTS[f].name}: ${JSON.stringify([downtime, twice[p][f]])}`;
        expect(agree(downtime, twice[p][f]), figures).toBe(true);
      }),
    );
    expect(once.flat().some(({ mean }) => mean! > 1)).toBe(true);
  });

  it('does where detection outlasts the onset: the check can tell', async () => {
    const policies = [probing(PROFILES[1], 10)];
    const [[zoneOnce]] = await downtimes(2, 2, policies);
    const [[zoneTwice]] = await downtimes(16, 16, policies);
    expect(agree(zoneOnce, zoneTwice)).toBe(false);
  });
});
