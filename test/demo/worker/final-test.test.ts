import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ComputeWorker } from '../../../demo/worker/compute';
import { finalTest } from '../../../demo/worker/final-test';
import { timesLess } from '../../../demo/worker/times-less';
import { type Engine, openEngine } from '../../../src/gpu';
import {
  blockOf,
  episodesOf,
  loadScenario,
  openSimulator,
  pairedDifference,
  policySpace,
  RecordReader,
  resolvePolicy,
  type Scenario,
  sampleMeasures,
  sizedProfiles,
} from '../../../src/system';
import { SHOP_YAML } from '../../../src/system/testing/shop';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
const scenario: Scenario = {
  ...shop,
  faults: shop.faults.slice(0, 1),
  windows: { warmupUs: 1e6, healthyUs: 1e6, onsetUs: 1e6, steadyUs: 1e6, recoveryUs: 1e6 },
};
const genes = policySpace(scenario).genesOf(scenario.policy);
const [{ id: rules, policy: rulesPolicy }] = sizedProfiles(scenario);
const SEED = 3;

const mean = (samples: readonly number[]) => samples.reduce((sum, one) => sum + one, 0) / samples.length;

describe('the final test', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ engine: 'wasm', workers: 0 });
  });
  afterAll(() => engine.close());

  it('is on test episodes, the same for both, and has intervals', async () => {
    const test = (await finalTest(
      engine,
      scenario,
      { genes, rules, seed: SEED },
      new AbortController().signal,
    ))!;
    const policies = [policySpace(scenario).policyOf(genes, 0, 'evolved'), rulesPolicy];
    const resolved = policies.map((policy) => resolvePolicy(scenario, policy));
    const simulator = await openSimulator(engine, scenario, { seed: SEED });
    const samplesOn = async (purpose: 'search' | 'test') => {
      const episodes = episodesOf(blockOf(purpose, test.replications), [0]);
      const reader = new RecordReader(await simulator.simulate(resolved, episodes));
      return resolved.map((policy, p) => sampleMeasures(scenario, policy, reader, p).objectives.downtime);
    };
    const [evolved, best] = await samplesOn('test');
    expect([test.evolved.mean, test.rules.mean]).toEqual([mean(evolved), mean(best)]);
    expect(test.difference).toEqual(pairedDifference(evolved, best));
    for (const { low, mean, high } of [test.evolved, test.rules]) {
      expect(low).toBeLessThan(mean);
      expect(high).toBeGreaterThan(mean);
    }
    // The search's episodes would have said something else.
    expect(mean((await samplesOn('search'))[0])).not.toBe(test.evolved.mean);
  });

  it('says nothing where there is nothing to measure', async () => {
    const peaceful: Scenario = { ...scenario, objectives: ['attacker-loss'] };
    const query = { genes, rules, seed: SEED };
    expect(await finalTest(engine, peaceful, query, new AbortController().signal)).toBeUndefined();
  });

  it('is broken off when the run goes on', async () => {
    const worker = new ComputeWorker();
    await worker.open('wasm', () => {});
    await worker.load(SHOP_YAML, 'shop.yaml');
    const query = { genes, rules, seed: SEED };
    const [stale] = await Promise.all([worker.finalTest(query), worker.proceed(1)]);
    expect(stale).toBeUndefined();
    expect(await worker.finalTest(query)).toBeDefined();
  });
});

describe('times less', () => {
  const more = [40, 50, 60, 44];

  it('is what the paired interval still allows', () => {
    const times = timesLess([4, 6, 5, 5], more)!;
    expect(times).toBeGreaterThan(5);
    expect(times).toBeLessThan(10);
    const limit = (k: number) =>
      pairedDifference(
        more,
        [4, 6, 5, 5].map((one) => k * one),
      ).low;
    expect(limit(times)).toBeCloseTo(0);
  });

  it('knows no more than a thousand, and nothing of nothing', () => {
    expect(timesLess([0.001, 0.001, 0.001, 0.001], more)).toBe(1000);
    expect(timesLess([0, 0, 0, 0], more)).toBeUndefined();
  });

  it('is not said of what may be chance, or is more', () => {
    expect(timesLess([1, 1, 90, 1], more)).toBeUndefined();
    expect(timesLess(more, [4, 6, 5, 5])).toBeUndefined();
  });
});
