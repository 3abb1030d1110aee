import { describe, expect, it } from 'vitest';
import { faultOf, queueScenario } from './testing/queue';
import { events, ofKind, run, totals } from './testing/runs';

const MS = 1000;
const SECOND = 1_000_000;

/** Replicas of which a share answers errors from second 5 to second 25. */
const gray = (replicas: number, replicaShare: number, probability = 1, ratePerS = 50) =>
  queueScenario({
    ratePerS,
    service: { kind: 'constant', valueUs: MS },
    workers: 10,
    replicas,
    healthy: 5,
    steady: 20,
    recovery: 20,
    faults: [faultOf({ kind: 'error-replies', probability, replicaShare })],
  });

describe('breaker', () => {
  const broken = gray(1, 1);
  const values = { breakerFailures: 4, breakerOpen: 2 * SECOND };

  it('opens after so many failures in a row, lets one probe through when its time is over, and closes when that is good', async () => {
    const log = await events(broken, values, 0);
    const circuits = ofKind(log, 'circuit');
    const opened = circuits[0].timeUs;
    expect(circuits[0].openUntilUs).toBe(opened + 2 * SECOND);
    const failures = ofKind(log, 'attempt-done').filter((e) => e.outcome === 'error' && e.timeUs <= opened);
    expect(failures).toHaveLength(4);
    // While the fault lasts, one attempt for each time the circuit was open.
    const attempts = ofKind(log, 'attempt').filter((e) => e.timeUs > opened && e.timeUs < 25 * SECOND);
    expect(attempts.length).toBe(circuits.filter((e) => e.timeUs > opened && e.openUntilUs > 0).length);
    for (const [i, attempt] of attempts.slice(1).entries())
      expect(attempt.timeUs - attempts[i].timeUs).toBeGreaterThan(2 * SECOND);
    const last = circuits[circuits.length - 1];
    expect(last.openUntilUs).toBe(0);
    expect(last.timeUs).toBeGreaterThan(25 * SECOND);
    expect(ofKind(log, 'request-done').filter((e) => e.timeUs > last.timeUs && e.outcome !== 'good')).toEqual(
      [],
    );
  });

  it('a good answer in between resets the count', async () => {
    const rarely = await events(gray(1, 1, 0.2), { breakerFailures: 50 }, 0);
    expect(ofKind(rarely, 'circuit')).toEqual([]);
  });

  it('rejects what it does not let through, without a retry', async () => {
    const { calls, attempts, failed, offered } = totals(
      await run(broken, { ...values, retries: 2, maxRetries: 1000 }, { fault: 0 }),
      'steady',
    );
    expect(failed).toBe(offered);
    expect(attempts).toBeLessThan(calls / 10);
  });
});

describe('ejectConsecutive', () => {
  const values = {
    ejectConsecutive: 5,
    ejectInterval: SECOND,
    ejectBaseTime: 3 * SECOND,
    ejectMaxPercent: 50,
  };

  it('ejects after so many errors in a row, for the base time the more often the longer, and takes back at a sweep', async () => {
    const log = await events(gray(4, 0.25), values, 0);
    const ejections = ofKind(log, 'ejected');
    const returns = ofKind(log, 'returned');
    expect(ejections.length).toBeGreaterThan(2);
    const bad = ejections[0].replica;
    expect(ejections.every((e) => e.replica === bad)).toBe(true);
    ejections.slice(0, returns.length).forEach((ejection, i) => {
      const lasted = returns[i].timeUs - ejection.timeUs;
      expect(returns[i].timeUs % SECOND).toBe(0);
      // Ejected again within an interval of coming back: one more in the row each time.
      expect(lasted).toBeGreaterThanOrEqual(3 * SECOND * (i + 1));
      expect(lasted).toBeLessThan(3 * SECOND * (i + 1) + SECOND);
    });
    const during = ofKind(log, 'attempt').filter(
      (e) => e.replica === bad && e.timeUs > ejections[0].timeUs && e.timeUs < returns[0].timeUs,
    );
    expect(during).toEqual([]);
  });

  it('ejects iff 100 (ejected + 1) / n is no more than the maximum', async () => {
    const ejected = async (replicas: number, ejectMaxPercent: number) => {
      const log = await events(gray(replicas, 1), { ...values, ejectMaxPercent, panicThreshold: 0 }, 0);
      let now = 0;
      let most = 0;
      for (const event of log) {
        if (event.kind === 'ejected') most = Math.max(most, ++now);
        if (event.kind === 'returned') now--;
      }
      return most;
    };
    // Envoy's default of 10 % ejects nothing below ten replicas.
    expect(await ejected(9, 10)).toBe(0);
    expect(await ejected(10, 10)).toBe(1);
    expect(await ejected(4, 50)).toBe(2);
    expect(await ejected(3, 34)).toBe(1);
    expect(await ejected(3, 100)).toBe(3);
  });

  it('keeps its own state for each proxy', async () => {
    const one = gray(4, 0.25);
    const log = ofKind(await events({ ...one, proxies: 3 }, values, 0), 'ejected');
    expect(new Set(log.map((e) => e.proxy))).toEqual(new Set([0, 1, 2]));
    expect(new Set(log.slice(0, 3).map((e) => e.timeUs)).size).toBe(3);
  });
});

describe('ejectSuccessRate', () => {
  const values = {
    ejectSuccessRate: 1900,
    ejectInterval: 2 * SECOND,
    ejectMaxPercent: 50,
    ejectMinVolume: 10,
  };

  it('ejects one of six whose success rate is an outlier, at a sweep', async () => {
    const log = ofKind(await events(gray(6, 1 / 6, 0.6, 150), values, 0), 'ejected');
    expect(log.length).toBeGreaterThan(0);
    expect(new Set(log.map((e) => e.replica)).size).toBe(1);
    expect(log.every((e) => e.timeUs % (2 * SECOND) === 0)).toBe(true);
  });

  it('cannot see two alike of six: z = sqrt((n - k) / k) is 1.41', async () => {
    expect(ofKind(await events(gray(6, 2 / 6, 1, 150), values, 0), 'ejected')).toEqual([]);
    expect(
      ofKind(await events(gray(6, 2 / 6, 1, 150), { ...values, ejectSuccessRate: 1300 }, 0), 'ejected')
        .length,
    ).toBeGreaterThan(0);
  });

  it('needs so many replicas with so many requests', async () => {
    const few = await events(gray(6, 1 / 6, 0.6, 150), { ...values, ejectMinVolume: 10_000 }, 0);
    expect(ofKind(few, 'ejected')).toEqual([]);
    const hosts = await events(gray(6, 1 / 6, 0.6, 150), { ...values, ejectMinHosts: 7 }, 0);
    expect(ofKind(hosts, 'ejected')).toEqual([]);
  });
});

describe('queueLimit', () => {
  it('refuses at once what finds no place', async () => {
    const blocked = queueScenario({
      ratePerS: 100,
      service: { kind: 'constant', valueUs: 100 * MS },
      workers: 2,
      healthy: 10,
    });
    const log = await events(blocked, { queueLimit: 3, timeout: 0 });
    let inside = 0;
    let most = 0;
    for (const event of log) {
      if (event.kind === 'attempt') inside++;
      if (event.kind === 'refused' || event.kind === 'served') {
        most = Math.max(most, inside);
        inside--;
      }
    }
    // Two at work, three waiting, and the one that is turned away.
    expect(most).toBe(6);
    const failed = ofKind(log, 'request-done').filter((e) => e.outcome === 'failed');
    expect(new Set(failed.map((e) => e.latencyUs))).toEqual(new Set([0]));
  });
});

describe('rateLimit', () => {
  it('lets through its rate, and a burst of one second', async () => {
    const busy = queueScenario({
      ratePerS: 200,
      service: { kind: 'constant', valueUs: MS },
      workers: 50,
      replicas: 2,
      warmup: 5,
      healthy: 20,
    });
    const { good, offered } = totals(await run(busy, { rateLimit: 30 }), 'healthy');
    expect(Math.abs(good - 2 * 30 * 20)).toBeLessThan(5);
    expect(offered).toBeGreaterThan(3800);
    const burst = ofKind(await events(busy, { rateLimit: 30 }), 'served').filter((e) => e.timeUs < SECOND);
    expect(Math.abs(burst.length - 2 * 2 * 30)).toBeLessThan(6);
  });
});

describe('health checks', () => {
  const crash = queueScenario({
    ratePerS: 100,
    service: { kind: 'constant', valueUs: MS },
    workers: 10,
    replicas: 2,
    healthy: 5,
    steady: 10,
    recovery: 10,
    faults: [faultOf({ kind: 'replica-crash' })],
  });
  const values = { healthInterval: SECOND, unhealthyThreshold: 3, healthyThreshold: 2 };

  it('take a replica off after so many failed probes and put it back after so many good ones', async () => {
    const log = await events(crash, values, 0);
    const [out, back, ...more] = ofKind(log, 'readiness');
    expect(more).toEqual([]);
    expect([out.ready, back.ready]).toEqual([false, true]);
    // The third probe from the fault on fails between 2 and 3 intervals after it.
    expect(out.timeUs - 5 * SECOND).toBeGreaterThan(2 * SECOND);
    expect(out.timeUs - 5 * SECOND).toBeLessThanOrEqual(3 * SECOND);
    expect(back.timeUs - 15 * SECOND).toBeGreaterThan(1 * SECOND);
    expect(back.timeUs - 15 * SECOND).toBeLessThanOrEqual(2 * SECOND);
    const avoided = ofKind(log, 'attempt').filter(
      (e) => e.replica === out.replica && e.timeUs > out.timeUs && e.timeUs < back.timeUs,
    );
    expect(avoided).toEqual([]);
  });

  it('do not see a replica that answers errors', async () => {
    const log = await events(gray(2, 0.5), values, 0);
    expect(ofKind(log, 'readiness')).toEqual([]);
  });
});
