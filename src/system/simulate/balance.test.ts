import { describe, expect, it } from 'vitest';
import { faultOf, queueScenario } from './testing/queue';
import { events, ofKind, run, totals } from './testing/runs';

const MS = 1000;
const RANDOM = 0;
const ROUND_ROBIN = 1;
const LEAST_REQUEST = 2;

const pool = (replicas: number, proxies = 1) =>
  queueScenario({
    ratePerS: 100,
    service: { kind: 'exponential', meanUs: 10 * MS },
    workers: 1,
    replicas,
    proxies,
    healthy: 20,
  });

describe('loadBalancing', () => {
  it('round robin takes the replicas in turn, each proxy from one of its own', async () => {
    const log = ofKind(await events(pool(3, 16), { loadBalancing: ROUND_ROBIN }), 'attempt');
    const starts = Array.from({ length: 16 }, (_, proxy) => {
      const turns = log.filter((e) => e.proxy === proxy).map((e) => e.replica);
      expect(turns.length).toBeGreaterThan(50);
      expect(turns.every((replica, i) => replica === (turns[0] + i) % 3)).toBe(true);
      return turns[0];
    });
    for (const replica of [0, 1, 2]) {
      const many = starts.filter((start) => start === replica).length;
      expect(many).toBeGreaterThan(1);
      expect(many).toBeLessThan(11);
    }
  });

  it('random takes each equally often', async () => {
    const log = ofKind(await events(pool(3), { loadBalancing: RANDOM }), 'attempt');
    for (const replica of [0, 1, 2]) {
      const share = log.filter((e) => e.replica === replica).length / log.length;
      expect(Math.abs(share - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / log.length));
    }
  });

  it('least request of two takes the one with fewer of its own requests in flight', async () => {
    const log = await events(pool(2), { loadBalancing: LEAST_REQUEST });
    const inFlight = [0, 0];
    let better = 0;
    let worse = 0;
    for (const event of log) {
      if (event.kind === 'attempt') {
        if (inFlight[event.replica] < inFlight[1 - event.replica]) better++;
        if (inFlight[event.replica] > inFlight[1 - event.replica]) worse++;
        inFlight[event.replica]++;
      }
      if (event.kind === 'attempt-done') inFlight[event.replica]--;
    }
    // The fuller one is taken only if it was drawn twice: a quarter of the time.
    expect(Math.abs(worse / (better + worse) - 0.25)).toBeLessThan(0.06);
  });

  it('draws the same arrivals and service times whichever is chosen', async () => {
    const arrivals = async (loadBalancing: number) =>
      ofKind(await events(pool(3), { loadBalancing }), 'request').map((e) => e.timeUs);
    expect(await arrivals(RANDOM)).toEqual(await arrivals(LEAST_REQUEST));
  });
});

describe('maxRequests', () => {
  it('bounds the attempts of a proxy in flight', async () => {
    const log = await events(pool(1), { maxRequests: 3 });
    let inFlight = 0;
    let most = 0;
    for (const event of log) {
      if (event.kind === 'attempt') most = Math.max(most, ++inFlight);
      if (event.kind === 'attempt-done') inFlight--;
    }
    expect(most).toBe(3);
    expect(ofKind(log, 'rejected').every((e) => e.reason === 'max-requests')).toBe(true);
  });
});

describe('panicThreshold', () => {
  /** One of two replicas is ejected for ever: half are left. */
  const half = queueScenario({
    ratePerS: 50,
    service: { kind: 'constant', valueUs: MS },
    workers: 10,
    replicas: 2,
    healthy: 3,
    steady: 10,
    faults: [faultOf({ kind: 'error-replies', probability: 1, replicaShare: 0.5 })],
  });
  const eject = { ejectConsecutive: 3, ejectMaxPercent: 50, ejectBaseTime: 300_000_000 };

  it('uses all replicas when fewer than its share are available', async () => {
    const failed = async (panicThreshold: number) =>
      totals(await run(half, { ...eject, panicThreshold }, { fault: 0 }), 'steady').failed;
    expect(await failed(50)).toBeLessThan(10);
    expect(await failed(51)).toBeGreaterThan(100);
  });
});
