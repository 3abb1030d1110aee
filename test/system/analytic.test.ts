import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../src/gpu';
import type { FieldName } from '../../src/system';
import { type EpisodeRecords, openSimulator } from '../../src/system/simulate';
import { faultOf, type QueueOptions, queueScenario } from '../../src/system/simulate/testing/queue';
import { meshPolicy } from '../../src/system/simulate/testing/runs';
import { estimate, expectAgreement, latencyQuantile, meanLatencies, perRun } from './estimate';

// Queues with known answers. One unit of time is 10 ms: rates and times below are in units of it, as in the textbooks.
const UNIT_US = 10_000;
const SEED = 20_240_601;
const exponential = { kind: 'exponential', meanUs: UNIT_US } as const;

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ engine: 'wasm', workers: 2 });
});
afterAll(() => engine.close());

interface Experiment extends Partial<QueueOptions> {
  /** Arrivals in a unit of time. */
  readonly rate: number;
  readonly policy?: Partial<Record<FieldName, number>>;
  /** Requests over all replications, roughly. */
  readonly requests: number;
}

const REPLICATIONS = 64;

async function simulate({ rate, policy = {}, requests, ...options }: Experiment): Promise<EpisodeRecords> {
  const ratePerS = (rate * 1e6) / UNIT_US;
  const scenario = queueScenario({
    ratePerS,
    service: exponential,
    warmup: 30,
    healthy: Math.ceil(requests / REPLICATIONS / ratePerS),
    // Those that arrived last get their answers too.
    recovery: 30,
    ...options,
  });
  const simulator = await openSimulator(engine, scenario, { seed: SEED });
  const episodes = Array.from({ length: REPLICATIONS }, (_, replication) => ({ fault: -1, replication }));
  const records = await simulator.simulate([meshPolicy(scenario, { timeout: 0, ...policy })], episodes);
  expect(records.overflow.every((bits) => bits === 0)).toBe(true);
  return records;
}

const inUnits = (latencies: readonly number[]) => estimate(latencies.map((us) => us / UNIT_US));

/** Erlang C: the chance to wait in M/M/c, from the recursion for Erlang B. */
function erlangC(offered: number, servers: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offered * blocked) / (k + offered * blocked);
  const load = offered / servers;
  return blocked / (1 - load * (1 - blocked));
}

describe('M/M/1: W = 1 / (mu - lambda)', () => {
  it.each([
    [0.5, 1_000_000],
    [0.8, 2_000_000],
    [0.9, 5_000_000],
  ])('at load %f', async (rate, requests) => {
    const records = await simulate({ rate, requests });
    expectAgreement(inUnits(meanLatencies(records)), 1 / (1 - rate));
    const p99 = Math.log(100) / (1 - rate);
    expect(Math.abs(latencyQuantile(records, 0.99) / UNIT_US / p99 - 1)).toBeLessThan(0.03);
  });
});

describe('M/M/c: Erlang C', () => {
  it.each([
    [10, 8, 1.20459, 600_000],
    [3, 2.1, undefined, 600_000],
    [3, 2.7, 1 + 2.723537, 4_000_000],
  ])('%i servers offered %f', async (workers, rate, known, requests) => {
    const W = 1 + erlangC(rate, workers) / (workers - rate);
    if (known) expect(W).toBeCloseTo(known, 5);
    expectAgreement(inUnits(meanLatencies(await simulate({ rate, workers, requests }))), W);
  });
});

/** Blocking probability and mean time in M/M/c/K, from its stationary probabilities; mu = 1. */
function finiteQueue(servers: number, room: number, offered: number): { blocked: number; W: number } {
  const weights = [1];
  for (let n = 1; n <= room; n++) weights.push((weights[n - 1] * offered) / Math.min(n, servers));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const blocked = weights[room] / total;
  const inside = weights.reduce((sum, weight, n) => sum + n * weight, 0) / total;
  return { blocked, W: inside / (offered * (1 - blocked)) };
}

describe('M/M/c/K: blocking and delay', () => {
  it.each([
    [2, 4, 1, undefined],
    [2, 4, 1.4, undefined],
    [2, 4, 1.8, undefined],
    [2, 10, 1.8, [0.0548073, 2.516483]],
    [2, 10, 3, [0.338221, 4.106355]],
    [1, 5, 0.9, [0.126023, 2.790286]],
  ])('%i servers, room for %i, offered %f', async (workers, room, rate, known) => {
    const { blocked, W } = finiteQueue(workers, room, rate);
    if (known) {
      expect(blocked).toBeCloseTo(known[0], 6);
      expect(W).toBeCloseTo(known[1], 5);
    }
    const policy = { queueLimit: room - workers };
    const records = await simulate({ rate, workers, requests: 1_500_000, policy });
    const offered = perRun(records, 'offered');
    expectAgreement(estimate(perRun(records, 'failed').map((failed, run) => failed / offered[run])), blocked);
    expectAgreement(inUnits(meanLatencies(records)), W);
  });
});

describe('M/G/1: Pollaczek and Khinchine', () => {
  it.each([
    [0.5, 0],
    [0.7, 0],
    [0.9, 0],
    [0.5, Math.E - 1],
    [0.7, Math.E - 1],
    [0.9, Math.E - 1],
  ])('at load %f, squared coefficient of variation %f', async (rate, cv2) => {
    const service =
      cv2 === 0
        ? ({ kind: 'constant', valueUs: UNIT_US } as const)
        : ({ kind: 'lognormal', meanUs: UNIT_US, cv2 } as const);
    const requests = rate === 0.9 ? (cv2 === 0 ? 2_500_000 : 10_000_000) : 1_000_000;
    const waiting = ((rate / (1 - rate)) * (1 + cv2)) / 2;
    expectAgreement(inUnits(meanLatencies(await simulate({ rate, service, requests }))), 1 + waiting);
  });
});

describe('retry amplification: (1 - p^(n+1)) / (1 - p) attempts a call', () => {
  const chance = 0.5;
  it.each([0.3, 0.6, 0.9])('at load %f, three retries', async (load) => {
    const law = (1 - chance ** 4) / (1 - chance);
    const workers = 4;
    const scenario = queueScenario({
      ratePerS: (load * workers * 100) / law,
      service: exponential,
      workers,
      onset: 1,
      steady: 30,
      recovery: 1,
      faults: [faultOf({ kind: 'error-replies', probability: chance })],
    });
    const simulator = await openSimulator(engine, scenario, { seed: SEED });
    const episodes = Array.from({ length: REPLICATIONS }, (_, replication) => ({ fault: 0, replication }));
    const policy = meshPolicy(scenario, { retries: 3, maxRetries: 100_000, timeout: 0, backoffMax: 1000 });
    const records = await simulator.simulate([policy], episodes);
    const STEADY = 2;
    const calls = perRun(records, 'calls', STEADY);
    expectAgreement(estimate(perRun(records, 'attempts', STEADY).map((n, run) => n / calls[run])), law);
  });
});

describe('metastable failure: retries on time-outs, a first-in first-out queue, abandoned work still done', () => {
  /** Goodput a request, and attempts a request, in the last 9 s of 150 after a trigger of three times the load for 10 s. */
  async function afterTrigger(
    ratePerS: number,
    budget: number,
  ): Promise<{ goodput: number; attempts: number }> {
    const scenario = queueScenario({
      ratePerS,
      service: exponential,
      healthy: 20,
      onset: 10,
      recovery: 150,
      faults: [faultOf({ kind: 'overload', factor: 3, durationS: 10 })],
    });
    const simulator = await openSimulator(engine, scenario, { seed: SEED, stateBytes: 160 * 1024 });
    const policy = meshPolicy(scenario, {
      timeout: 0,
      perTryTimeout: 1_000_000,
      retries: 3,
      backoffMax: 1000,
      maxRequests: 100_000,
      maxRetries: 100_000,
      retryBudget: budget,
      retryBudgetMin: 0,
      queueLimit: 1000,
    });
    const episodes = Array.from({ length: 4 }, (_, replication) => ({ fault: 0, replication }));
    const records = await simulator.simulate([policy], episodes);
    expect(records.overflow.every((bits) => bits === 0)).toBe(true);
    // The last but one sixteenth of the recovery window: in the last, calls are still under way.
    const bucket = 14;
    let offered = 0;
    let good = 0;
    for (let run = 0; run < episodes.length; run++) {
      offered += records.recovery[run * 32 + 2 * bucket];
      good += records.recovery[run * 32 + 2 * bucket + 1];
    }
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
    const RECOVERY = 3;
    const attempts = sum(perRun(records, 'attempts', RECOVERY)) / sum(perRun(records, 'calls', RECOVERY));
    return { goodput: good / offered, attempts };
  }

  it.each([20, 24])('below the hidden capacity of mu / (n + 1) = 25 a second it passes: %i', async (rate) => {
    const { goodput, attempts } = await afterTrigger(rate, 0);
    expect(goodput).toBeGreaterThan(0.99);
    expect(attempts).toBeLessThan(1.3);
  });

  it.each([40, 60, 80, 90])('above it stays collapsed, long after the trigger is gone: %i', async (rate) => {
    const { goodput, attempts } = await afterTrigger(rate, 0);
    expect(goodput).toBeLessThan(0.01);
    expect(attempts).toBeGreaterThan(3.9);
  });

  it.each([
    [40, 1],
    [60, 1],
    [90, 0],
  ])('with a retry budget of 20 % the load of %i recovers to %i', async (rate, recovered) => {
    const { goodput } = await afterTrigger(rate, 20);
    expect(Math.abs(goodput - recovered)).toBeLessThan(0.01);
  });
});
