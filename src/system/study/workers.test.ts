import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../gpu';
import { sizedProfiles } from '../policy';
import { loadScenario, type Scenario } from '../scenario';
import { openSimulator } from '../simulate';
import { SHOP_YAML } from '../testing/shop';
import { openArena } from './arena';
import { blockOf } from './episodes';
import { testAll } from './table';
import { type SensitivityQuestion, withWorkers, workerSensitivity } from './workers';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
/** Two workers at the frontend are too few for forty times the traffic. */
const scenario: Scenario = {
  ...shop,
  services: shop.services.map((service, s) => (s === 0 ? { ...service, workers: 2 } : service)),
  faults: [shop.faults[0], { ...shop.faults[6], factor: 40 }],
  windows: { warmupUs: 5e5, healthyUs: 1e6, onsetUs: 2e6, steadyUs: 2e6, recoveryUs: 1e6 },
};

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ engine: 'wasm', workers: 0 });
});
afterAll(() => engine.close());

it('scales only what is assumed, and leaves at least one worker', () => {
  expect(withWorkers(shop, 0.5).services.map(({ workers }) => workers)).toEqual([4, 4, 4]);
  expect(withWorkers(shop, 0.01).services[0].workers).toBe(1);
});

it('shows overload at half, once and twice the workers, and whether the choice holds', async () => {
  const profiles = sizedProfiles(scenario).filter(({ id }) => /envoy-defaults-[13]/.test(id));
  const contestants = profiles.map(({ id, label, school, policy }) => ({
    id,
    label,
    school,
    policy,
    headline: true,
  }));
  const block = blockOf('test', 3);
  const arena = openArena(await openSimulator(engine, scenario, { seed: 1 }), scenario);
  const table = await testAll(arena, contestants, block);
  const ask = (choice: string, bestProfile: string) => {
    const question: SensitivityQuestion = {
      ...{ engine, scenario, seed: 1, block, table, contestants, choice, bestProfile },
    };
    return workerSensitivity(question);
  };
  const { faults, scales } = await ask('envoy-defaults-1', 'envoy-defaults-3');
  expect(faults).toEqual(['rush']);
  expect(scales.map(({ factor }) => factor)).toEqual([0.5, 1, 2]);
  const bad = scales.map(({ rows }) => rows[0].badShare[0].mean!);
  expect(bad[0]).toBeGreaterThan(bad[1]);
  expect(bad[1]).toBeGreaterThan(bad[2]);
  // One replica against three: not as good where workers are short.
  expect(scales[0].holds).toBe(false);
  // A policy is as good as itself, whatever the workers.
  const same = await ask('envoy-defaults-3', 'envoy-defaults-3');
  expect(same.scales.every(({ holds }) => holds)).toBe(true);
});

it('has nothing to show where nothing is assumed', async () => {
  const measured: Scenario = {
    ...scenario,
    services: scenario.services.map((service) => ({ ...service, workersAssumed: false })),
  };
  const question = {
    engine,
    scenario: measured,
    seed: 1,
    block: blockOf('test', 2),
    table: [],
    contestants: [],
  };
  expect(await workerSensitivity({ ...question, choice: 'a', bestProfile: 'b' })).toEqual({
    faults: [],
    scales: [],
  });
});
