import { describe, expect, it } from 'vitest';
import { resolvePolicy } from '../policy/resolve';
import { loadScenario } from '../scenario/load';
import type { Policy, Scenario } from '../scenario/types';
import { type EpisodeSketch, recordsOf } from '../testing/records';
import { SHOP_YAML } from '../testing/shop';
import { measure } from './measures';
import { RecordReader } from './reader';
import { sampleMeasures } from './samples';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
// windows: onset 5 s, steady 5 s, recovery 8 s (buckets of 0.5 s)
const CRASH = shop.faults[0]; // 12 a year a replica, lasts 30 s
const FLOOD = shop.faults[7]; // 5 a year, lasts 1 h
const scenario: Scenario = { ...shop, faults: [CRASH, FLOOD] };
const policy: Policy = {
  name: 'two carts',
  values: [{ scope: { kind: 'service', service: 1 }, field: 'replicas', value: 2 }],
};
const resolved = resolvePolicy(scenario, policy);
const SCALE = { binLowerUs: (bin: number) => bin * 1000, binUpperUs: (bin: number) => (bin + 1) * 1000 };
const EPISODES = [0, 1].flatMap((replication) => [-1, 0, 1].map((fault) => ({ fault, replication })));

const quiet = { offered: 100, good: 100, attempts: 300 };
const CONTROL: EpisodeSketch = {
  counts: { healthy: quiet, onset: quiet, steady: quiet, recovery: { offered: 160, good: 160 } },
  latency: { healthy: [0, 100, 0], onset: [0, 99, 1], steady: [0, 100, 0] },
};

function read(sketch: (fault: number, replication: number) => EpisodeSketch) {
  const records = recordsOf(1, EPISODES, 3, (_, { fault, replication }) => sketch(fault, replication));
  const reader = new RecordReader(records);
  const samples = sampleMeasures(scenario, resolved, reader, 0);
  return { samples, ...measure(scenario, resolved, reader, 0, samples, SCALE) };
}

describe('measures of hand-written counts', () => {
  const { samples, measures, perFault } = read((fault, replication) => {
    if (fault === -1) return CONTROL;
    if (fault === 1)
      return {
        counts: {
          onset: { ...quiet, good: 90, slow: 10, attackOffered: 200, attempts: 330 },
          steady: { ...quiet, good: 80, slow: 20, attackOffered: 200, attempts: 330 },
          recovery: { offered: 160, good: 160 },
        },
      };
    return {
      counts: {
        onset: { offered: 100, good: 40, failed: 60, attempts: 400 },
        steady: { offered: 100, good: replication === 0 ? 90 : 80, failed: 10, attempts: 500 },
        recovery: { offered: 160, good: 152, failed: 8 },
      },
      recovery: [
        [10, 4],
        [10, 4],
        [10, 0],
      ],
    };
  });

  it('downtime is rate x targets x (onset + steady share x rest of the duration + recovery)', () => {
    // Replication 0: 0.6 * 5 s + 0.1 * (30 - 5) s + 0.05 * 8 s = 5.9 s; 1: 3 + 5 + 0.4 = 8.4 s. 12 a year, 2 replicas.
    expect(samples.faults[0].downtimeMinPerYear[0]).toBeCloseTo((24 * 5.9) / 60, 12);
    expect(samples.faults[0].downtimeMinPerYear[1]).toBeCloseTo((24 * 8.4) / 60, 12);
    // The flood: 0.1 * 5 s + 0.2 * 3595 s, 5 a year, one target.
    expect(samples.faults[1].downtimeMinPerYear[0]).toBeCloseTo((5 * 719.5) / 60, 12);
    expect(measures.downtimeMinPerYear.mean).toBeCloseTo((24 * 7.15) / 60 + (5 * 719.5) / 60, 10);
    // Two replications: the standard error is half their difference.
    expect(measures.downtimeMinPerYear.standardError).toBeCloseTo((24 * 2.5) / 60 / 2, 10);
  });

  it('the worst fault is the one that is worst on average', () => {
    expect(samples.objectives['slow-share']).toEqual([0.35, 0.4]);
    expect(perFault[1].badShare.mean).toBeCloseTo(0.15, 12);
    expect(samples.objectives.attempts).toEqual([4.5, 4.5]);
  });

  it('attacker loss is good replies lost for each hostile request', () => {
    expect(measures.attackerLoss.mean).toBeCloseTo(30 / 400, 12);
  });

  it('cost counts the replicas of the policy', () => {
    // frontend 1 x 30, cart 2 x 20, catalog 2 x 20
    expect(measures.costPerMonth).toEqual({ mean: 110, standardError: 0, low: 110, high: 110 });
  });

  it('recovery ends with the last bad bucket', () => {
    expect(perFault[0].recoveryS.mean).toBe(1);
    expect(perFault[1].recoveryS.mean).toBe(0);
    expect(measures.recoveryS.mean).toBe(1);
    expect(measures.neverRecovered.mean).toBe(0);
  });

  it('p99 is read from the histograms of all replications together', () => {
    // 598 of 600 in the second bin: rank 594 lies at 594/598 of 1..2 ms.
    expect(measures.p99HealthyMs.mean).toBeCloseTo(1 + 594 / 598, 12);
    expect(measures.p99HealthyMs.failedShare.mean).toBe(0);
  });

  it('a request without a right answer is slower than any: there is no p99 where one in a hundred fails', () => {
    // Of the crash's 200 requests a replication in onset and steady, none is in the histogram.
    expect(measures.p99WorstMs).toMatchObject({ mean: null, low: null, high: null });
    expect(measures.p99WorstMs.failedShare.mean).toBe(1);
  });

  it('no bad reply at all still allows three in as many requests', () => {
    expect(samples.healthyRequests).toBe(920);
    expect(measures.healthyBadShare).toEqual({ mean: 0, standardError: 0, low: 0, high: 3 / 920 });
    expect(samples.overflowed).toBe(false);
  });
});

it('a fault that ends within the onset window counts what follows as recovery', () => {
  const brief: Scenario = { ...shop, faults: [{ ...CRASH, durationS: 2, ratePerYear: 60 }] };
  const episodes = [
    { fault: -1, replication: 0 },
    { fault: 0, replication: 0 },
  ];
  const records = recordsOf(1, episodes, 1, (_, { fault }) =>
    fault < 0
      ? CONTROL
      : { counts: { onset: { ...quiet, good: 50 }, steady: { ...quiet, good: 90 }, recovery: quiet } },
  );
  const { faults } = sampleMeasures(brief, resolved, new RecordReader(records), 0);
  // (0.5 * 5 s + 0.1 * 5 s) * 60 a year * 2 replicas
  expect(faults[0].downtimeMinPerYear[0]).toBeCloseTo((3 * 120) / 60, 12);
});

describe('a system that is bad to the end', () => {
  const stuck: EpisodeSketch = { ...CONTROL, recovery: Array.from({ length: 16 }, () => [10, 9] as const) };
  // The crash never ends in the first replication alone.
  const { samples, measures, perFault } = read((fault, replication) =>
    fault === 0 && replication === 0 ? stuck : CONTROL,
  );

  it('never recovered: an outcome of its own', () => {
    expect(perFault[0].recoveryS.mean).toBe(4);
    expect(perFault[0].neverRecovered.mean).toBe(0.5);
    // One of two faults, in one of two replications.
    expect(samples.objectives.unrecovered).toEqual([0.5, 0]);
    expect(measures.unrecovered.mean).toBe(0.25);
  });

  it('is charged as bad as it was last until an operator has mended it', () => {
    // 0.9 of the time from the end of the window, 8 s, to the end of the repair, 1,800 s; 24 crashes a year.
    expect(samples.faults[0].downtimeMinPerYear[0]).toBeCloseTo((24 * 0.9 * 1792) / 60, 8);
    expect(samples.faults[0].downtimeMinPerYear[1]).toBe(0);
  });
});

it('one bad moment near the end of the window is no failure to recover', () => {
  const { measures } = read((fault) =>
    fault === 0
      ? {
          ...CONTROL,
          recovery: Array.from({ length: 16 }, (_, bucket) => [10, bucket === 15 ? 2 : 0] as const),
        }
      : CONTROL,
  );
  expect(measures.neverRecovered.mean).toBe(0);
});

it('an overflow in any episode is told', () => {
  const { samples } = read((fault, replication) =>
    fault === 1 && replication === 1 ? { ...CONTROL, overflow: 2 } : CONTROL,
  );
  expect(samples.overflowed).toBe(true);
});
