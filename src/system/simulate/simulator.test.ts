import { describe, expect, it } from 'vitest';
import { loadScenario, type Scenario } from '../scenario';
import { SHOP_YAML } from '../testing/shop';
import { OVERFLOW, openSimulator } from './index';
import { EVERYTHING } from './testing/everything';
import { faultOf, queueScenario } from './testing/queue';
import { meshPolicy, run, totals, wasmEngine } from './testing/runs';

const hanging = queueScenario({
  ratePerS: 200,
  service: { kind: 'constant', valueUs: 1000 },
  workers: 10,
  healthy: 2,
  steady: 20,
  recovery: 30,
  faults: [faultOf({ kind: 'link-loss', probability: 1 })],
});

/** The shop, whose faults last so many seconds. */
function shopFor(seconds: number): Scenario {
  const shop = loadScenario(SHOP_YAML, 'shop.yaml');
  return { ...shop, windows: { ...shop.windows, steadyUs: seconds * 1e6 } };
}

describe('A capacity that overflows', () => {
  it('is told in the records, and ends nothing', async () => {
    const records = await run(hanging, { timeout: 15_000_000, maxRequests: 100_000 }, { fault: 0 });
    expect([...records.overflow]).toEqual([OVERFLOW.records]);
    const { offered, failed, unfinished } = totals(records, 'steady');
    expect(failed + unfinished).toBeGreaterThan(0.9 * offered);
    // When what hung is gone, all is well again.
    expect(totals(records, 'recovery').good).toBeGreaterThan(1000);
  });

  it('is larger with more state', async () => {
    const values = { timeout: 15_000_000, maxRequests: 100_000 };
    const records = await run(hanging, values, { fault: 0, stateBytes: 512 * 1024 });
    expect([...records.overflow]).toEqual([0]);
  });

  it('may leave no room at all: then the scenario is refused', async () => {
    await expect(openSimulator(await wasmEngine(), hanging, { stateBytes: 256 })).rejects.toThrow(
      /leaves no room for calls in flight in 256 bytes/,
    );
  });
});

describe('A policy', () => {
  it('with more replicas than the scenario allows is refused', async () => {
    const simulator = await openSimulator(await wasmEngine(), hanging);
    await expect(
      simulator.simulate([meshPolicy(hanging, { replicas: 2 })], [{ fault: -1, replication: 0 }]),
    ).rejects.toThrow('policy test runs 2 replicas of server; the scenario allows 1 to 1');
  });
});

describe('An episode', () => {
  it('with a fault that the scenario does not have is refused', async () => {
    const simulator = await openSimulator(await wasmEngine(), hanging);
    await expect(
      simulator.simulate([meshPolicy(hanging, {})], [{ fault: 1, replication: 0 }]),
    ).rejects.toThrow('there is no fault 1 in scenario queue, which has 1');
  });
});

describe('Simulator', () => {
  it('counts completed calls and tells of progress', async () => {
    const simulator = await openSimulator(await wasmEngine(), hanging, { maxBatch: 2, maxBound: 1000 });
    const progress: string[] = [];
    const episodes = [0, 1, 2].map((replication) => ({ fault: -1, replication }));
    const records = await simulator.simulate([meshPolicy(hanging, EVERYTHING)], episodes, {
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    });
    expect(progress).toEqual(expect.arrayContaining(['0/3', '2/3', '3/3']));
    let ended = 0;
    for (const window of ['healthy', 'onset', 'steady', 'recovery'] as const) {
      const { good, slow, failed } = totals(records, window);
      ended += good + slow + failed;
    }
    expect(simulator.simulatedCalls).toBe(ended);
    expect(simulator.peakInFlight).toBeLessThan(simulator.maxInFlight);
  });

  it('gives back every record: what is in flight does not grow with the length of the run', async () => {
    const peak = async (seconds: number) => {
      const scenario = shopFor(seconds);
      const simulator = await openSimulator(await wasmEngine(), scenario);
      const faults = scenario.faults.map((_, fault) => ({ fault, replication: 0 }));
      const values = { ...EVERYTHING, breakerFailures: 0, perTryTimeout: 60_000, queueLimit: 1000 };
      await simulator.simulate([meshPolicy(scenario, values)], faults);
      return simulator.peakInFlight;
    };
    expect(await peak(200)).toBeLessThan(2.5 * (await peak(20)));
  });

  it('stops when asked', async () => {
    const simulator = await openSimulator(await wasmEngine(), hanging);
    const signal = AbortSignal.abort();
    await expect(
      simulator.simulate([meshPolicy(hanging, {})], [{ fault: -1, replication: 0 }], { signal }),
    ).rejects.toThrow();
  });

  const controls = (count: number) =>
    Array.from({ length: count }, (_, replication) => ({ fault: -1, replication }));

  it('stops between two slices, though no worker leaves this thread a moment', async () => {
    const simulator = await openSimulator(await wasmEngine(), hanging);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 0);
    const { signal } = controller;
    await expect(simulator.simulate([meshPolicy(hanging, {})], controls(300), { signal })).rejects.toThrow(
      'enough',
    );
  });

  it('begins each batch with a short slice, whatever the last one came to, and tells how far it is', async () => {
    const simulator = await openSimulator(await wasmEngine(), hanging);
    await simulator.simulate([meshPolicy(hanging, {})], controls(1));
    const told: number[] = [];
    const onProgress = (done: number, total: number) => told.push(done / total);
    await simulator.simulate([meshPolicy(hanging, {})], controls(64), { onProgress });
    expect(told[0]).toBe(0);
    expect(told.at(-1)).toBe(1);
  });

  it('is not opened for more requests a second than its clock can tell apart', async () => {
    const engine = await wasmEngine();
    await expect(openSimulator(engine, { ...hanging, ratePerS: 2e6 })).rejects.toThrow(
      'scenario queue sends 2000000 requests a second; at most 100000 are possible',
    );
    const faults = [faultOf({ kind: 'overload', factor: 1000 })];
    await expect(openSimulator(engine, { ...hanging, faults })).rejects.toThrow('sends 199800 requests');
  });
});
