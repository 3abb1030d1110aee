import { describe, expect, it } from 'vitest';
import type { Fault } from '../scenario';
import { faultOf, type QueueOptions, queueScenario } from './testing/queue';
import { events, ofKind, run, totals } from './testing/runs';

const MS = 1000;
const SECOND = 1_000_000;

/** The fault lasts from second 5 to second 15. */
const faulty = (fault: Partial<Fault> & Pick<Fault, 'kind'>, options: Partial<QueueOptions> = {}) =>
  queueScenario({
    ratePerS: 50,
    service: { kind: 'constant', valueUs: 20 * MS },
    workers: 20,
    replicas: 3,
    delay: { kind: 'constant', valueUs: 4 * MS },
    healthy: 5,
    onset: 4,
    steady: 6,
    recovery: 5,
    faults: [faultOf(fault)],
    ...options,
  });

const done = async (scenario: ReturnType<typeof faulty>, fromUs: number, untilUs: number) =>
  ofKind(await events(scenario, {}, 0), 'request-done').filter(
    (e) => e.timeUs - e.latencyUs >= fromUs && e.timeUs - e.latencyUs < untilUs,
  );

describe('every fault', () => {
  const kinds: Fault['kind'][] = [
    'replica-crash',
    'zone-outage',
    'link-latency',
    'link-loss',
    'slow-replica',
    'error-replies',
    'overload',
    'attack-flood',
  ];
  it.each(kinds)(
    '%s shares all randomness with the control, and hurts only from its begin to its end',
    async (kind) => {
      const scenario = faulty({ kind, probability: 0.5, factor: 3, delayUs: 100 * MS, attackRate: 50 });
      const prefix = async (fault: number) =>
        (await events(scenario, {}, fault)).filter((e) => e.timeUs < 5 * SECOND && e.kind !== 'fault');
      expect(await prefix(0)).toEqual(await prefix(-1));
      const arrivals = async (fault: number) =>
        ofKind(await events(scenario, {}, fault), 'request').filter((e) => e.request < 2 ** 31);
      expect(await arrivals(0)).toEqual(await arrivals(-1));
      const [faultRun, control] = [
        await run(scenario, {}, { fault: 0, replications: 4 }),
        await run(scenario, {}, { replications: 4 }),
      ];
      expect(totals(faultRun, 'healthy').offered).toBe(totals(control, 'healthy').offered);
      expect(totals(control, 'steady').failed).toBe(0);
      const [begin, end] = ofKind(await events(scenario, {}, 0), 'fault');
      expect([begin.timeUs, end.timeUs]).toEqual([5 * SECOND, 15 * SECOND]);
    },
  );

  it('lasts no longer than its own length', async () => {
    const [, end] = ofKind(await events(faulty({ kind: 'error-replies', durationS: 2 }), {}, 0), 'fault');
    expect(end.timeUs).toBe(7 * SECOND);
  });
});

it('replica-crash resets what one replica was working on and refuses what comes', async () => {
  const log = await events(faulty({ kind: 'replica-crash' }), {}, 0);
  const failed = ofKind(log, 'attempt-done').filter((e) => e.outcome === 'error');
  expect(new Set(failed.map((e) => e.replica)).size).toBe(1);
  const reset = failed.filter((e) => e.timeUs === 5 * SECOND);
  const refused = ofKind(log, 'refused');
  expect(reset.length + refused.length).toBe(failed.length);
  expect(refused.every((e) => e.timeUs >= 5 * SECOND && e.timeUs <= 15 * SECOND)).toBe(true);
  // A refusal costs a round trip and no work.
  const latencies = ofKind(log, 'request-done').filter(
    (e) => e.outcome === 'failed' && e.timeUs > 5.1 * SECOND,
  );
  expect(new Set(latencies.map((e) => e.latencyUs))).toEqual(new Set([4 * MS]));
  expect(
    log.filter(
      (e) =>
        'replica' in e &&
        e.kind === 'served' &&
        e.replica === failed[0].replica &&
        e.timeUs > 5 * SECOND &&
        e.timeUs < 15 * SECOND,
    ),
  ).toEqual([]);
});

it('a crash empties the queue, and the replica works again afterwards', async () => {
  const scenario = faulty({ kind: 'replica-crash' }, { workers: 1, replicas: 1, ratePerS: 60 });
  const log = await events(scenario, {}, 0);
  const at = ofKind(log, 'attempt-done').filter((e) => e.timeUs === 5 * SECOND);
  expect(at.length).toBeGreaterThan(1);
  const after = ofKind(log, 'served').filter((e) => e.timeUs > 15 * SECOND);
  expect(after.length).toBeGreaterThan(150);
  // One worker: no two pieces of work end within one service time of each other.
  after.slice(1).forEach((e, i) => expect(e.timeUs - after[i].timeUs).toBeGreaterThanOrEqual(20 * MS));
});

describe('zone-outage', () => {
  it('swallows every message to the replicas of its zone: callers time out', async () => {
    const scenario = faulty({ kind: 'zone-outage', zone: 1 }, { zones: 3, replicas: 3 });
    const log = await events(scenario, { timeout: 500 * MS }, 0);
    const failed = ofKind(log, 'attempt-done').filter((e) => e.outcome !== 'ok');
    expect(new Set(failed.map((e) => e.replica))).toEqual(new Set([1]));
    const silent = failed.filter((e) => e.timeUs < 15 * SECOND);
    expect(new Set(silent.map((e) => e.outcome))).toEqual(new Set(['call-timeout']));
    const share =
      failed.length /
      ofKind(log, 'attempt').filter((e) => e.timeUs > 5 * SECOND && e.timeUs < 15 * SECOND).length;
    expect(Math.abs(share - 1 / 3)).toBeLessThan(0.02);
  });

  it('resets, when it is back, the connections that it swallowed', async () => {
    const scenario = faulty({ kind: 'zone-outage', zone: 1 }, { zones: 3, replicas: 3, recovery: 20 });
    const log = await events(scenario, { timeout: 0 }, 0);
    const begun = new Map(ofKind(log, 'request').map((e) => [e.request, e.timeUs]));
    const failed = ofKind(log, 'request-done').filter((e) => e.outcome === 'failed');
    expect(failed.length).toBeGreaterThan(100);
    for (const { request, timeUs } of failed) {
      expect(begun.get(request)).toBeGreaterThan(5 * SECOND - 2 * MS);
      expect(begun.get(request)).toBeLessThan(15 * SECOND);
      expect(timeUs).toBeGreaterThanOrEqual(15 * SECOND);
    }
    // What was in the lost machines' hands is never heard of again.
    const ended = new Set(ofKind(log, 'request-done').map((e) => e.request));
    const never = [...begun].filter(([request, us]) => us < 30 * SECOND && !ended.has(request));
    expect(never.length).toBeGreaterThan(0);
    for (const [, us] of never) expect(us).toBeLessThan(5 * SECOND);
  });

  it('takes all where the replicas are not spread', async () => {
    const scenario = faulty({ kind: 'zone-outage', zone: 0 }, { zones: 3, replicas: 3 });
    const failed = async (zoneSpread: number) => {
      const { offered, failed: lost } = totals(
        await run(scenario, { zoneSpread, timeout: 500 * MS }, { fault: 0 }),
        'steady',
      );
      return lost / offered;
    };
    expect(await failed(0)).toBe(1);
    expect(await failed(1)).toBeLessThan(0.45);
  });

  it('hits the zone that the replication draws where none is named', async () => {
    const scenario = faulty({ kind: 'zone-outage' }, { zones: 3, replicas: 1 });
    const records = await run(scenario, { timeout: 500 * MS }, { fault: 0, replications: 60 });
    const { offered, failed } = totals(records, 'steady');
    // A third of the replications lose the only replica.
    expect(Math.abs(failed / offered - 1 / 3)).toBeLessThan(0.25);
    expect(failed).toBeGreaterThan(0);
  });
});

it('link-latency adds its delay to each round trip', async () => {
  const during = await done(faulty({ kind: 'link-latency', delayUs: 100 * MS }), 5 * SECOND, 15 * SECOND);
  expect(new Set(during.map((e) => e.latencyUs))).toEqual(new Set([124 * MS]));
  const elsewhere = await done(
    faulty({ kind: 'link-latency', delayUs: 100 * MS, edges: [] }),
    5 * SECOND,
    15 * SECOND,
  );
  expect(new Set(elsewhere.map((e) => e.latencyUs))).toEqual(new Set([24 * MS]));
});

describe('link-loss', () => {
  /** Instants after the first at which TCP sends again what was lost so far: 200 ms, then twice as long each time. */
  const resendsUs = Array.from({ length: 10 }, (_, n) => 200 * MS * (2 ** n - 1));
  const partition = { kind: 'link-loss', probability: 1 } as const;

  it('loses requests and replies, each with its chance, and delays them until they are sent again', async () => {
    const during = await done(
      faulty({ kind: 'link-loss', probability: 0.2 }, { ratePerS: 400 }),
      5 * SECOND,
      11 * SECOND,
    );
    const share = (latencyMs: number) =>
      during.filter((e) => e.latencyUs === latencyMs * MS).length / during.length;
    const [lost, kept] = [0.2, 0.8];
    expect(Math.abs(share(24) - kept ** 2)).toBeLessThan(0.04);
    expect(Math.abs(share(224) - 2 * lost * kept ** 2)).toBeLessThan(0.04);
    expect(Math.abs(share(424) - lost ** 2 * kept ** 2)).toBeLessThan(0.02);
    expect(Math.abs(share(624) - 2 * lost ** 2 * kept ** 2)).toBeLessThan(0.02);
    expect(new Set(during.map((e) => e.outcome))).toEqual(new Set(['good']));
  });

  it('of everything: what is sent first after the end gets through', async () => {
    const during = await done(faulty(partition, { ratePerS: 20, recovery: 20 }), 5 * SECOND, 15 * SECOND);
    expect(during.length).toBeGreaterThan(150);
    for (const { timeUs, latencyUs } of during) {
      const arrivesUs = timeUs - latencyUs + 2 * MS;
      const waitUs = resendsUs.find((wait) => arrivesUs + wait >= 15 * SECOND);
      expect(latencyUs).toBe(24 * MS + waitUs!);
    }
  });

  it('is not sent again once the caller has given up', async () => {
    const log = await events(faulty(partition, { recovery: 20 }), { timeout: 300 * MS }, 0);
    const begun = new Map(ofKind(log, 'request').map((e) => [e.request, e.timeUs]));
    const lost = ofKind(log, 'lost').filter((e) => !e.reply);
    expect(Math.max(...lost.map((e) => e.timeUs - begun.get(e.request)!))).toBe(602 * MS);
    for (const e of lost) expect(e.againUs > 0).toBe(e.timeUs - begun.get(e.request)! < 300 * MS);
    const inside = (e: { request: number }) =>
      begun.get(e.request)! > 5 * SECOND && begun.get(e.request)! < 14 * SECOND;
    expect(ofKind(log, 'served').filter(inside)).toEqual([]);
  });

  it('ends the message after fifteen times, a quarter of an hour', async () => {
    const long = faulty(partition, { ratePerS: 0.1, onset: 1000, steady: 10, recovery: 700 });
    const log = await events(long, { timeout: 0 }, 0);
    const first = ofKind(log, 'lost')[0].request;
    const waits = ofKind(log, 'lost').flatMap((e) => (e.request === first ? [e.againUs / SECOND] : []));
    expect(waits).toEqual([...Array.from({ length: 10 }, (_, n) => 0.2 * 2 ** n), ...Array(5).fill(120), 0]);
    expect(ofKind(log, 'request-done').some((e) => e.request === first)).toBe(false);
  });
});

it('slow-replica multiplies the service times of its share of the replicas', async () => {
  const log = await events(faulty({ kind: 'slow-replica', factor: 2.5, replicaShare: 0.34 }), {}, 0);
  const during = ofKind(log, 'request-done').filter(
    (e) => e.timeUs - e.latencyUs > 5 * SECOND && e.timeUs < 15 * SECOND,
  );
  expect(new Set(during.map((e) => e.latencyUs))).toEqual(new Set([24 * MS, 54 * MS]));
  const slow = during.filter((e) => e.latencyUs === 54 * MS).length / during.length;
  expect(Math.abs(slow - 1 / 3)).toBeLessThan(0.03);
});

it('error-replies fails after the work, with its chance, on its share of the replicas', async () => {
  const records = await run(
    faulty({ kind: 'error-replies', probability: 0.5, replicaShare: 0.67 }),
    {},
    { fault: 0, replications: 20 },
  );
  const { offered, failed } = totals(records, 'steady');
  expect(Math.abs(failed / offered - 1 / 3)).toBeLessThan(0.03);
  const during = await done(faulty({ kind: 'error-replies', probability: 1 }), 5 * SECOND, 14 * SECOND);
  expect(new Set(during.map((e) => `${e.outcome} ${e.latencyUs}`))).toEqual(new Set(['failed 24000']));
});

it('overload multiplies the traffic', async () => {
  const scenario = faulty({ kind: 'overload', factor: 2.5 }, { workers: 100 });
  const offered = async (fault: number) =>
    totals(await run(scenario, {}, { fault, replications: 20 }), 'steady').offered;
  expect(Math.abs((await offered(0)) / (await offered(-1)) - 2.5)).toBeLessThan(0.08);
});

describe('attack-flood', () => {
  const scenario = faulty(
    { kind: 'attack-flood', attackRate: 150 },
    { workers: 1, replicas: 1, ratePerS: 20 },
  );

  it('adds requests that are counted apart', async () => {
    const attack = totals(await run(scenario, {}, { fault: 0, replications: 20 }), 'steady');
    const control = totals(await run(scenario, {}, { replications: 20 }), 'steady');
    expect(attack.offered).toBe(control.offered);
    expect(Math.abs(attack.attackOffered / (20 * 6 * 150) - 1)).toBeLessThan(0.03);
    expect(control.attackOffered).toBe(0);
  });

  it('takes capacity from the others', async () => {
    const attack = totals(await run(scenario, { timeout: SECOND }, { fault: 0, replications: 4 }), 'steady');
    expect(attack.failed / attack.offered).toBeGreaterThan(0.5);
  });
});
