import { afterAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../gpu';
import { describeOnEngines } from '../../gpu/testing/engines';
import { observe } from '../../gpu/testing/observe';
import { createWasmGpu } from '../../wasm-gpu';
import type { FieldName } from '../policy';
import { loadScenario, type Scenario } from '../scenario';
import { SHOP_YAML } from '../testing/shop';
import { type Episode, type EpisodeRecords, openSimulator, type SimulatorOptions } from './index';
import { EVERYTHING } from './testing/everything';
import { faultOf, queueScenario } from './testing/queue';
import { meshPolicy, wasmEngine } from './testing/runs';

/** Short windows: every fault in some thousand events, for a software adapter runs a hundred times slower. */
function shortened(scenario: Scenario): Scenario {
  const windows = { warmupUs: 2e5, healthyUs: 3e5, onsetUs: 6e5, steadyUs: 6e5, recoveryUs: 6e5 };
  return { ...scenario, windows };
}

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
const short = shortened(shop);
const faults = [-1, ...short.faults.map((_, f) => f)];
const episodes: Episode[] = [0, 1].flatMap((replication) => faults.map((fault) => ({ fault, replication })));
const SEED = 7;
const policies: Partial<Record<FieldName, number>>[] = [
  EVERYTHING,
  { ...EVERYTHING, replicas: 1, loadBalancing: 1 },
];

async function simulate(
  engine: Engine,
  options: SimulatorOptions = {},
  values: readonly Partial<Record<FieldName, number>>[] = policies,
): Promise<EpisodeRecords> {
  const simulator = await openSimulator(engine, short, { seed: SEED, ...options });
  return simulator.simulate(
    values.map((value) => meshPolicy(short, value)),
    episodes,
  );
}

const reference = wasmEngine().then((engine) => simulate(engine));

describeOnEngines('The simulator, every mechanism under every fault,', (under) => {
  it('gives the same records to the last bit', async () => {
    const engine = await under.open();
    expect(await simulate(engine)).toEqual(await reference);
    engine.close();
  }, 180_000);
});

describe('The records do not depend on', () => {
  it('how many events a dispatch takes', async () => {
    expect(await simulate(await wasmEngine(), { maxBound: 97 })).toEqual(await reference);
  });

  it('how runs are cut into batches', async () => {
    expect(await simulate(await wasmEngine(), { maxBatch: 5 })).toEqual(await reference);
  });

  it('the layout of the state', async () => {
    expect(await simulate(await wasmEngine(), { interleave: 4 })).toEqual(await reference);
  });

  it('which other policies and episodes are run', async () => {
    const simulator = await openSimulator(await wasmEngine(), short, { seed: SEED });
    const alone = await simulator.simulate([meshPolicy(short, policies[1])], [episodes[3]]);
    const all = await reference;
    const words = all.counts.length / all.policies / episodes.length;
    const run = episodes.length + 3;
    expect(alone.counts).toEqual(all.counts.slice(run * words, (run + 1) * words));
  });

  it('what an earlier run left in the same memory', async () => {
    const queue = (ratePerS: number) =>
      queueScenario({
        ratePerS,
        service: { kind: 'exponential', meanUs: 200_000 },
        workers: 1,
        steady: 10,
        faults: [faultOf({ kind: 'replica-crash', durationS: 1 })],
      });
    const runs = Array.from({ length: 16 }, (_, replication) => ({ fault: 0, replication }));
    const values = { timeout: 300_000 };
    // A crash at the very beginning, before the first request.
    const records = async (engine: Engine, ratePerS: number) => {
      const scenario = queue(ratePerS);
      return (await openSimulator(engine, scenario)).simulate([meshPolicy(scenario, values)], runs);
    };
    const fresh = await openEngine({ engine: 'wasm', workers: 0 });
    const expected = await records(fresh, 20);
    const used = await openEngine({ engine: 'wasm', workers: 0 });
    await records(used, 50);
    expect(await records(used, 20)).toEqual(expected);
    fresh.close();
    used.close();
  });

  it('mechanisms that are compiled in and off', async () => {
    const plain = { timeout: 500_000, loadBalancing: 0 };
    const alone = await simulate(await wasmEngine(), {}, [plain]);
    const beside = await simulate(await wasmEngine(), {}, [plain, EVERYTHING]);
    expect(beside.counts.slice(0, alone.counts.length)).toEqual(alone.counts);
    expect(beside.latency.slice(0, alone.latency.length)).toEqual(alone.latency);
  });

  it('the loss of the device in between', async () => {
    const observed = observe(createWasmGpu({ workers: 0 }));
    const engine = await openEngine({ gpu: observed.gpu });
    const simulator = await openSimulator(engine, short, { seed: SEED, maxBatch: 8 });
    let lost = false;
    const records = await simulator.simulate(
      policies.map((value) => meshPolicy(short, value)),
      episodes,
      {
        onProgress: () => {
          if (!lost) observed.device().destroy();
          lost = true;
        },
      },
    );
    expect(observed.counts.devices).toBe(2);
    expect(records).toEqual(await reference);
    engine.close();
  });
});

describe('The records depend on', () => {
  it('the seed', async () => {
    expect((await simulate(await wasmEngine(), { seed: 8 })).counts).not.toEqual((await reference).counts);
  });
});

afterAll(async () => (await wasmEngine()).close());
