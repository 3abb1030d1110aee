import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summaryOf } from '../../../demo/model/arena';
import { bucketAt, momentOf } from '../../../demo/model/flow';
import { stripOf } from '../../../demo/model/strip';
import type { EpisodeView } from '../../../demo/worker/api';
import { runEpisodes } from '../../../demo/worker/episode';
import { spansOf } from '../../../demo/worker/spans';
import { type Engine, openEngine } from '../../../src/gpu';
import { loadScenario, type Scenario, type SimEvent } from '../../../src/system';
import { SHOP_YAML } from '../../../src/system/testing/shop';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
const scenario: Scenario = {
  ...shop,
  windows: { warmupUs: 1e6, healthyUs: 1e6, onsetUs: 2e6, steadyUs: 1e6, recoveryUs: 2e6 },
};
const CRASH = 0;
const ZONE = 1;
const ERRORS = 5;
const QUERY = { startMs: null, strength: 1, seed: 1 } as const;

describe('an episode, ready to be drawn', () => {
  let engine: Engine;
  let crash: EpisodeView;
  beforeAll(async () => {
    engine = await openEngine({ engine: 'wasm', workers: 0 });
    crash = await runEpisodes(engine, scenario, scenario.policy, { ...QUERY, faults: [CRASH] });
  });
  afterAll(() => engine.close());

  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

  it('holds every request, and every attempt along its edge', () => {
    expect(crash.buckets).toBe(7);
    expect(crash.faults).toEqual([{ name: 'crash', startMs: 2000, endMs: 5000 }]);
    const offered = crash.good.map((value, b) => value + crash.slow[b] + crash.failed[b]);
    // 20 a second, for 7 s.
    expect(sum(offered)).toBeGreaterThan(100);
    const attempts = crash.attemptsPerRequest.map((value, b) => value * offered[b]);
    expect(sum(crash.flow.attempts)).toBe(Math.round(sum(attempts)));
    expect(crash.costPerMonth).toBe(30 + 2 * 20 + 2 * 20);
  });

  it('one replica of the service that crashes is down, for as long as the fault lasts', () => {
    const { replicas, buckets, bucketMs, down } = crash.flow;
    expect(replicas.map(({ service, zone }) => `${service}${zone}`)).toEqual(['00', '10', '11', '20', '21']);
    const lying = replicas.flatMap(({ service }, r) => {
      const row = down.subarray(r * buckets, (r + 1) * buckets);
      return row.includes(1)
        ? [{ service, fromMs: row.indexOf(1) * bucketMs, toMs: (row.lastIndexOf(1) + 1) * bucketMs }]
        : [];
    });
    expect(lying).toEqual([{ service: 1, fromMs: 2000, toMs: 5000 }]);
  });

  it('a lost zone takes all its replicas', async () => {
    const { flow } = await runEpisodes(engine, scenario, scenario.policy, { ...QUERY, faults: [ZONE] });
    const during = bucketAt(flow, 3500);
    const zones = flow.replicas.flatMap(({ zone }, r) =>
      flow.down[r * flow.buckets + during] ? [zone] : [],
    );
    expect(new Set(zones).size).toBe(1);
    expect(zones).toHaveLength(flow.replicas.filter(({ zone }) => zone === zones[0]).length);
  });

  it('several faults are one stretch of time, and none is a stretch without', async () => {
    const both = await runEpisodes(engine, scenario, scenario.policy, { ...QUERY, faults: [CRASH, ERRORS] });
    expect(both.buckets).toBe(14);
    expect(both.good.subarray(0, 7)).toEqual(crash.good);
    expect(both.faults.map(({ name, startMs }) => [name, startMs])).toEqual([
      ['crash', 2000],
      ['errors', 9000],
    ]);
    const width = both.flow.buckets;
    expect(both.flow.attempts.subarray(width, width + width / 2)).toEqual(
      crash.flow.attempts.subarray(width / 2, width),
    );
    const calm = await runEpisodes(engine, scenario, scenario.policy, { ...QUERY, faults: [] });
    expect(calm.faults).toEqual([]);
    expect(summaryOf(calm).goodShare).toBeGreaterThan(0.95);
  });

  it('a moment of it has rates along the edges and calls at the replicas', () => {
    const { flow } = crash;
    const moment = momentOf(flow, bucketAt(flow, 1999));
    expect(moment.edges[0].perS).toBeGreaterThan(5);
    expect(moment.edges.every(({ failedShare }) => failedShare >= 0 && failedShare <= 1)).toBe(true);
    expect(moment.replicas.some(({ down }) => down)).toBe(false);
    expect([bucketAt(flow, -5), bucketAt(flow, 1e9)]).toEqual([0, flow.buckets - 1]);
  });
});

describe('what proxies say of replicas', () => {
  const edge = scenario.edges.findIndex(({ name }) => name === 'frontend -> cart');
  const events: SimEvent[] = [
    { timeUs: 1e6, kind: 'ejected', edge, proxy: 0, replica: 1 },
    { timeUs: 2e6, kind: 'ejected', edge, proxy: 1, replica: 1 },
    { timeUs: 3e6, kind: 'returned', edge, proxy: 0, replica: 1 },
    { timeUs: 3.5e6, kind: 'circuit', edge, proxy: 0, openUntilUs: 9e6 },
    { timeUs: 4e6, kind: 'returned', edge, proxy: 1, replica: 1 },
    { timeUs: 5e6, kind: 'readiness', service: 0, replica: 0, ready: false },
    { timeUs: 6e6, kind: 'readiness', service: 0, replica: 0, ready: true },
  ];

  it('is joined over proxies, and lasts to the end where nothing ends it', () => {
    expect(spansOf(scenario, events, 8000)).toEqual([
      { kind: 'ejected', what: 'frontend -> cart #2', fromMs: 1000, toMs: 4000 },
      { kind: 'breaker open', what: 'frontend -> cart', fromMs: 3500, toMs: 8000 },
      { kind: 'not ready', what: 'frontend #1', fromMs: 5000, toMs: 6000 },
    ]);
  });
});

describe('what became of an episode', () => {
  const episode = (good: number[], failed: number[], endMs: number): EpisodeView => ({
    bucketMs: 1000,
    buckets: good.length,
    good: Float32Array.from(good),
    slow: new Float32Array(good.length),
    failed: Float32Array.from(failed),
    p99Ms: new Float32Array(good.length).fill(Number.NaN),
    attemptsPerRequest: Float32Array.of(Number.NaN, 4, 2),
    faults: [{ name: 'fault', startMs: 1000, endMs }],
    spans: [],
    costPerMonth: 1,
    flow: {
      bucketMs: 1000,
      buckets: 0,
      replicas: [],
      inFlight: new Uint16Array(),
      down: new Uint8Array(),
      attempts: new Uint16Array(),
      failures: new Uint16Array(),
      layout: { width: 0, height: 0, nodes: [], edges: [], tankHeight: 0 },
    },
  });

  it('recovery begins with three good seconds in a row', () => {
    const view = episode([10, 0, 0, 10, 0, 10, 10, 10], [0, 10, 10, 0, 10, 0, 0, 0], 2000);
    expect(summaryOf(view)).toEqual({ goodShare: 50 / 80, recoveryMs: 3000, worstAttempts: 4 });
  });

  it('that never comes is an outcome of its own', () => {
    expect(summaryOf(episode([10, 0, 0, 0], [0, 10, 10, 10], 2000)).recoveryMs).toBeNull();
    expect(summaryOf(episode([10, 10, 10, 10, 10], [0, 0, 0, 0, 0], 2000)).recoveryMs).toBe(0);
  });

  it('is drawn as shares from the bottom up', () => {
    const strip = stripOf(episode([10, 0], [0, 10], 2000), 100, 40);
    expect(strip.good).toBe('M0.0 0.0H50.0L50.0 40.0H100.0V40H0Z');
    expect([strip.faultFrom, strip.faultTo]).toEqual([50, 100]);
  });
});
