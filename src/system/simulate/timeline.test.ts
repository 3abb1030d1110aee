import { describe, expect, it } from 'vitest';
import { describeEvent, eventLog, openSimulator, timeline } from './index';
import { faultOf, queueScenario } from './testing/queue';
import { events, meshPolicy, totals, wasmEngine } from './testing/runs';

const SECOND = 1_000_000;
const scenario = queueScenario({
  ratePerS: 100,
  service: { kind: 'exponential', meanUs: 5000 },
  workers: 4,
  replicas: 3,
  proxies: 2,
  objectiveUs: 10_000,
  healthy: 5,
  onset: 5,
  steady: 5,
  recovery: 5,
  faults: [
    faultOf({ kind: 'error-replies', probability: 1, replicaShare: 0.3 }),
    faultOf({ kind: 'attack-flood', attackRate: 100 }),
  ],
});
const values = {
  ejectConsecutive: 5,
  ejectMaxPercent: 40,
  ejectBaseTime: 4 * SECOND,
  ejectInterval: SECOND,
  breakerFailures: 3,
  breakerOpen: SECOND,
};

describe('timeline', () => {
  it('adds up to the records of the same episode', async () => {
    const engine = await wasmEngine();
    const policy = meshPolicy(scenario, values);
    const simulator = await openSimulator(engine, scenario, { seed: 3 });
    for (const fault of [-1, 0, 1]) {
      const records = await simulator.simulate([policy], [{ fault, replication: 2 }]);
      const { buckets } = await timeline(engine, scenario, policy, fault, 2, 500, { seed: 3 });
      expect(buckets).toHaveLength(40);
      for (const [i, window] of (['healthy', 'onset', 'steady', 'recovery'] as const).entries()) {
        const counts = totals(records, window);
        const part = buckets.slice(10 * i, 10 * i + 10);
        for (const counter of ['offered', 'good', 'slow', 'failed'] as const)
          expect(part.reduce((sum, bucket) => sum + bucket[counter], 0)).toBe(counts[counter]);
      }
      const bins = records.latency.reduce((sum, count) => sum + count, 0);
      expect(buckets.reduce((sum, { latency }) => sum + latency.reduce((a, b) => a + b, 0), 0)).toBe(bins);
    }
  });

  it('shows the fault, who is ejected and which circuits are open', async () => {
    const { buckets, fault } = await timeline(
      await wasmEngine(),
      scenario,
      meshPolicy(scenario, values),
      0,
      0,
      500,
    );
    expect(fault).toEqual({ startUs: 5 * SECOND, endUs: 15 * SECOND });
    expect(buckets.slice(0, 10).every(({ ejected }) => ejected.every((set) => set === 0))).toBe(true);
    // One replica, the same for both proxies.
    const during = buckets.slice(12, 30).flatMap(({ ejected }) => [...ejected]);
    expect([...new Set(during)].filter((set) => set !== 0)).toHaveLength(1);
    const tight = { ...values, breakerFailures: 1 };
    const open = (await timeline(await wasmEngine(), scenario, meshPolicy(scenario, tight), 0, 0, 500))
      .buckets;
    expect(open.slice(0, 10).some(({ circuitOpen }) => circuitOpen.includes(1))).toBe(false);
    expect(open.slice(10, 30).some(({ circuitOpen }) => circuitOpen.includes(1))).toBe(true);
  });
});

describe('eventLog', () => {
  it('is in order of time, and starts each request before it ends it', async () => {
    const log = await events(scenario, values, 0);
    const open = new Set<number>();
    log.forEach((event, i) => {
      if (i > 0) expect(event.timeUs).toBeGreaterThanOrEqual(log[i - 1].timeUs);
      if (event.kind === 'request') open.add(event.request);
      if (event.kind === 'request-done') expect(open.delete(event.request)).toBe(true);
    });
    expect(open.size).toBeLessThan(10);
  });

  it('holds episodes of any length', async () => {
    const long = { ...scenario, windows: { ...scenario.windows, recoveryUs: 300 * SECOND } };
    const log = await eventLog(await wasmEngine(), long, meshPolicy(long, {}), -1, 0);
    expect(log.length).toBeGreaterThan(100_000);
    expect(log[log.length - 1].timeUs).toBeGreaterThan(314 * SECOND);
  });

  it('reads as sentences', async () => {
    const log = await events(scenario, values, 0);
    const sentences = log.map((event) => describeEvent(scenario, event));
    expect(sentences).toContain('request 0 arrives (all)');
    expect(sentences).toContain('the fault begins');
    expect(sentences.some((text) => /^client -> server, proxy [01] ejects server\[\d\]$/.test(text))).toBe(
      true,
    );
    expect(sentences.every((text) => !text.includes('undefined'))).toBe(true);
  });
});
