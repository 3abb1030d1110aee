import { describe, expect, it } from 'vitest';
import type { Fault } from '../scenario';
import type { SimEvent } from './index';
import { faultOf, queueScenario } from './testing/queue';
import { events, ofKind, run, totals } from './testing/runs';

const MS = 1000;
const constant = (valueUs: number) => ({ kind: 'constant' as const, valueUs });

/** A server that works 10 ms, reached in 1 ms each way; the fault begins after 5 s and lasts 5 s. */
const faulty = (fault: Partial<Fault> & Pick<Fault, 'kind'>, ratePerS = 20) =>
  queueScenario({
    ratePerS,
    service: constant(10 * MS),
    workers: 100,
    delay: constant(2 * MS),
    healthy: 5,
    steady: 5,
    recovery: 2,
    faults: [faultOf(fault)],
  });
const errors = faulty({ kind: 'error-replies', probability: 1 });
const lossy = faulty({ kind: 'link-loss', probability: 1 });

const sent = (log: readonly SimEvent[]) =>
  ofKind(log, 'attempt').filter((e) => e.timeUs >= 5e6 && e.timeUs < 9e6);

describe('timeout', () => {
  it('ends the whole call with its retries', async () => {
    const log = await events(
      lossy,
      { timeout: 300 * MS, perTryTimeout: 80 * MS, retries: 10, maxRetries: 1000 },
      0,
    );
    const failed = ofKind(log, 'request-done').filter((e) => e.outcome === 'failed');
    expect(failed.length).toBeGreaterThan(50);
    expect(new Set(failed.map((e) => e.latencyUs))).toEqual(new Set([300 * MS]));
    expect(new Set(ofKind(log, 'attempt-done').map((e) => e.outcome))).toEqual(
      new Set(['ok', 'timeout', 'call-timeout']),
    );
  });

  it('is not retried', async () => {
    const { failed, attempts, calls } = totals(
      await run(lossy, { timeout: 300 * MS, retries: 3 }, { fault: 0 }),
      'steady',
    );
    expect(failed).toBeGreaterThan(50);
    expect(attempts).toBe(calls);
  });

  it('does not stop the server: work nobody waits for is done all the same', async () => {
    const log = await events(
      queueScenario({ ratePerS: 20, service: constant(100 * MS), workers: 9, healthy: 5 }),
      {
        timeout: 30 * MS,
      },
    );
    const given = ofKind(log, 'attempt').filter((e) => e.timeUs < 4.8e6).length;
    expect(ofKind(log, 'served').length).toBeGreaterThanOrEqual(given);
    expect(ofKind(log, 'request-done').every((e) => e.outcome === 'failed')).toBe(true);
  });

  it('0 waits for ever', async () => {
    const endless = queueScenario({ ratePerS: 1, service: constant(60_000 * MS), workers: 99, healthy: 40 });
    const { offered, unfinished } = totals(await run(endless, { timeout: 0 }), 'healthy');
    expect(offered).toBeGreaterThan(20);
    expect(unfinished).toBe(offered);
  });
});

describe('retries', () => {
  it('follow the amplification law (1 - p^(n+1)) / (1 - p)', async () => {
    const half = faulty({ kind: 'error-replies', probability: 0.5 });
    for (const retries of [1, 3]) {
      const records = await run(half, { retries, maxRetries: 100_000 }, { fault: 0, replications: 30 });
      const { attempts, calls } = totals(records, 'steady');
      const law = (1 - 0.5 ** (retries + 1)) / 0.5;
      expect(Math.abs(attempts / calls / law - 1)).toBeLessThan(0.04);
    }
    const all = await run(errors, { retries: 3, maxRetries: 100_000 }, { fault: 0, replications: 3 });
    const { attempts, calls } = totals(all, 'steady');
    // The last requests of the window are still being retried when the fault ends.
    expect(attempts / calls).toBeGreaterThan(3.9);
    expect(attempts / calls).toBeLessThanOrEqual(4);
  });

  /** Waits before the n-th retry of each call. */
  async function waits(values: Parameters<typeof run>[1]): Promise<number[][]> {
    const log = await events(
      errors,
      { retries: 6, maxRetries: 100_000, backoffBase: 20 * MS, backoffMax: 100 * MS, ...values },
      0,
    );
    const count = new Map<number, number>();
    const byRetry: number[][] = [[], [], [], [], [], []];
    for (const event of ofKind(log, 'retry')) {
      const n = count.get(event.request) ?? 0;
      count.set(event.request, n + 1);
      byRetry[n].push(event.waitUs);
    }
    return byRetry;
  }

  it('wait min(max, base 2^(n-1)) without jitter', async () => {
    const byRetry = await waits({ jitter: 0 });
    expect(byRetry.map((list) => [...new Set(list)])).toEqual(
      [20, 40, 80, 100, 100, 100].map((ms) => [ms * MS]),
    );
  });

  it('wait uniformly below that with full jitter, in its upper half with equal jitter', async () => {
    const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
    for (const [jitter, low] of [
      [2, 0],
      [1, 0.5],
    ]) {
      const [first, , , fourth] = await waits({ jitter });
      for (const [list, bound] of [
        [first, 20 * MS],
        [fourth, 100 * MS],
      ] as const) {
        expect(Math.min(...list)).toBeGreaterThanOrEqual(low * bound);
        expect(Math.min(...list)).toBeLessThan((low + 0.15) * bound);
        expect(Math.max(...list)).toBeLessThan(bound);
        expect(Math.max(...list)).toBeGreaterThan(0.85 * bound);
        expect(Math.abs(mean(list) / bound - (1 + low) / 2)).toBeLessThan(0.1);
      }
    }
  });

  /** Most retries that were waiting or under way at once. */
  function concurrent(log: readonly SimEvent[]): number {
    const retrying = new Set<number>();
    let most = 0;
    for (const event of log) {
      if (event.kind === 'retry') retrying.add(event.request);
      else if (event.kind === 'retry-denied' || event.kind === 'request-done') retrying.delete(event.request);
      most = Math.max(most, retrying.size);
    }
    return most;
  }

  const busy = faulty({ kind: 'error-replies', probability: 1 }, 200);

  it('are at most maxRetries at once on a proxy', async () => {
    for (const maxRetries of [0, 2]) {
      const log = await events(busy, { retries: 2, maxRetries }, 0);
      expect(concurrent(log)).toBe(maxRetries);
      expect(ofKind(log, 'retry-denied').some((e) => e.reason === 'budget')).toBe(true);
    }
  });

  it('are bounded by the budget, a share of the active requests, and its floor', async () => {
    const floor = await events(busy, { retries: 2, retryBudget: 1, retryBudgetMin: 4 }, 0);
    expect(concurrent(floor)).toBe(4);
    // About 200/s * 12 ms = 2.4 requests are in flight.
    const share = await events(
      busy,
      { retries: 2, retryBudget: 100, retryBudgetMin: 0, maxRetries: 100_000 },
      0,
    );
    expect(concurrent(share)).toBeGreaterThan(2);
    expect(concurrent(share)).toBeLessThan(20);
  });

  /** The replicas that each call has tried, in order. */
  async function tried(values: Parameters<typeof run>[1]): Promise<number[][]> {
    const byRequest = new Map<number, number[]>();
    const log = await events(replicated(3, 'error-replies'), { loadBalancing: 0, ...values }, 0);
    for (const { request, replica } of sent(log))
      byRequest.set(request, [...(byRequest.get(request) ?? []), replica]);
    return [...byRequest.values()].filter((replicas) => replicas.length > 1);
  }
  const distinct = (replicas: readonly number[]) => new Set(replicas).size;

  it('avoid every replica that the call has tried where retryOtherHost says so', async () => {
    const anywhere = await tried({ retries: 2, maxRetries: 1000 });
    expect(anywhere.some((replicas) => distinct(replicas) < replicas.length)).toBe(true);
    const elsewhere = await tried({ retries: 2, maxRetries: 1000, retryOtherHost: 1 });
    expect(elsewhere.length).toBeGreaterThan(50);
    for (const replicas of elsewhere) expect(distinct(replicas)).toBe(replicas.length);
  });

  it('go anywhere once all replicas have been tried', async () => {
    const long = await tried({ retries: 4, maxRetries: 1000, retryOtherHost: 1 });
    for (const replicas of long) expect(distinct(replicas.slice(0, 3))).toBe(Math.min(replicas.length, 3));
    const fourths = long.flatMap((replicas) => replicas.slice(3, 4));
    expect(distinct(fourths)).toBe(3);
  });
});

function replicated(replicas: number, kind: Fault['kind']) {
  return queueScenario({
    ratePerS: 20,
    service: constant(10 * MS),
    workers: 100,
    delay: constant(2 * MS),
    replicas,
    healthy: 5,
    steady: 5,
    recovery: 2,
    faults: [faultOf({ kind, probability: 1 })],
  });
}

describe('perTryTimeout', () => {
  it('ends one attempt, which is retried', async () => {
    const log = await events(
      lossy,
      { perTryTimeout: 50 * MS, retries: 2, jitter: 0, backoffBase: 10 * MS, maxRetries: 1000 },
      0,
    );
    const failed = ofKind(log, 'request-done').filter((e) => e.outcome === 'failed');
    expect(new Set(failed.map((e) => e.latencyUs))).toEqual(new Set([(3 * 50 + 10 + 20) * MS]));
  });
});

describe('adaptiveTimeout', () => {
  it('follows RFC 6298: the round trip and four variations, doubled after a time-out, no lower than the floor', async () => {
    const values = {
      adaptiveTimeout: 1,
      adaptiveTimeoutFloor: 20 * MS,
      perTryTimeout: 400 * MS,
      retries: 4,
      jitter: 0,
      backoffBase: 1 * MS,
      backoffMax: 1 * MS,
      maxRetries: 1000,
    };
    // One request a second: the next one meets what the last one left.
    const log = await events(faulty({ kind: 'link-loss', probability: 1 }, 1), values, 0);
    const starts = new Map<number, number[]>();
    for (const event of sent(log))
      starts.set(event.request, [...(starts.get(event.request) ?? []), event.timeUs]);
    const gaps = [...starts.values()].map((times) => times.slice(1).map((time, i) => time - times[i]));
    // Constant round trips of 12 ms leave the floor; then 20, 40, 80, 160 ms and the wait of 1 ms.
    expect(gaps[0]).toEqual([21, 41, 81, 161].map((ms) => ms * MS));
    // From then on the upper bound.
    expect(gaps[1].length).toBeGreaterThan(1);
    expect(new Set(gaps[1].slice(1))).toEqual(new Set([401 * MS]));
  });

  /** How long calls waited that timed out, in the order in which they were made. */
  async function waited(scenario: typeof lossy, values: Parameters<typeof run>[1]) {
    const log = await events(scenario, { adaptiveTimeout: 1, ...values }, 0);
    const begun = new Map(ofKind(log, 'request').map((e) => [e.request, e.timeUs]));
    return ofKind(log, 'attempt-done')
      .filter((e) => e.outcome === 'timeout')
      .map((e) => ({ sentUs: begun.get(e.request)!, forUs: e.timeUs - begun.get(e.request)! }))
      .sort((a, b) => a.sentUs - b.sentUs);
  }
  const silent = faulty({ kind: 'link-loss', probability: 1 }, 500);

  it('doubles once for all attempts that were in flight together', async () => {
    const lost = await waited(silent, { adaptiveTimeoutFloor: 20 * MS, perTryTimeout: 400 * MS });
    const levels = [...new Set(lost.map((e) => e.forUs))];
    expect(levels).toEqual([20, 40, 80, 160, 320, 400].map((ms) => ms * MS));
    const begins = levels.map((level) => lost.find((e) => e.forUs === level)!.sentUs);
    // Nothing is known before one of those sent since the last doubling has run out.
    begins.slice(1).forEach((begin, i) => expect(begin - begins[i]).toBeGreaterThanOrEqual(levels[i]));
  });

  it('needs no fixed time-out beside it', async () => {
    const lost = await waited(silent, { adaptiveTimeoutFloor: 20 * MS, timeout: 0 });
    expect(new Set(lost.slice(0, 5).map((e) => e.forUs))).toEqual(new Set([20 * MS]));
    expect(lost.at(-1)!.forUs).toBeGreaterThan(1000 * MS);
  });

  it('is 1 s before the first sample', async () => {
    const deaf = queueScenario({
      ratePerS: 20,
      service: constant(10 * MS),
      steady: 3,
      faults: [faultOf({ kind: 'link-loss', probability: 1 })],
    });
    const lost = await waited(deaf, { adaptiveTimeoutFloor: 20 * MS });
    expect(lost[0].forUs).toBe(1000 * MS);
  });

  it('learns from calls that were hedged too', async () => {
    const values = { adaptiveTimeoutFloor: 20 * MS, hedgeDelay: 5 * MS };
    const lost = await waited(silent, values);
    expect(lost[0].forUs).toBe(20 * MS);
  });
});

describe('hedgeDelay', () => {
  const slowTail = queueScenario({
    ratePerS: 50,
    service: { kind: 'exponential', meanUs: 20 * MS },
    workers: 500,
    replicas: 2,
    healthy: 60,
  });

  it('gives P(T > t) = S(t) S(t - d), at S(d) more attempts', async () => {
    const delay = Math.round(20 * MS * Math.log(20));
    const records = await run(slowTail, { hedgeDelay: delay }, { replications: 10 });
    const { calls, attempts } = totals(records, 'healthy');
    expect(Math.abs(attempts / calls - 1.05)).toBeLessThan(0.005);
    const log = ofKind(await events(slowTail, { hedgeDelay: delay }), 'request-done').map((e) => e.latencyUs);
    const plain = ofKind(await events(slowTail), 'request-done').map((e) => e.latencyUs);
    const p99 = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(0.99 * list.length)];
    expect(Math.abs(p99(log) / (3.8 * 20 * MS) - 1)).toBeLessThan(0.08);
    expect(Math.abs(p99(plain) / (4.605 * 20 * MS) - 1)).toBeLessThan(0.12);
  });

  it('sends the second attempt to another replica, and takes the first answer', async () => {
    const log = await events(slowTail, { hedgeDelay: 10 * MS });
    const first = new Map<number, number>();
    for (const event of ofKind(log, 'attempt')) {
      if (event.attempt === 0) first.set(event.request, event.replica);
      else expect(event.replica).toBe(1 - first.get(event.request)!);
    }
    const outcomes = ofKind(log, 'attempt-done').map((e) => e.outcome);
    expect(outcomes).toContain('cancelled');
    expect(ofKind(log, 'request-done').every((e) => e.outcome === 'good')).toBe(true);
  });

  it('ends at once an attempt whose adaptive time-out has shrunk below what has passed when it is hedged', async () => {
    const start = queueScenario({
      ratePerS: 500,
      service: constant(10 * MS),
      workers: 100,
      replicas: 2,
      delay: constant(2 * MS),
      steady: 1,
      faults: [faultOf({ kind: 'link-loss', probability: 0.5, durationS: 1 })],
    });
    const hedgeDelay = 100 * MS;
    const values = { hedgeDelay, adaptiveTimeout: 1, adaptiveTimeoutFloor: MS, perTryTimeout: 1000 * MS };
    const log = await events(start, values, 0);
    log.slice(1).forEach((event, i) => expect(event.timeUs).toBeGreaterThanOrEqual(log[i].timeUs));
    const begun = new Map(ofKind(log, 'request').map((e) => [e.request, e.timeUs]));
    const timedOut = ofKind(log, 'attempt-done').filter((e) => e.outcome === 'timeout');
    const waited = timedOut.map((e) => e.timeUs - begun.get(e.request)!);
    expect(waited).toContain(hedgeDelay);
  });

  it('waits for the other attempt after an error', async () => {
    const log = await events(replicated(2, 'link-loss'), { hedgeDelay: 30 * MS, timeout: 500 * MS }, 0);
    const lost = ofKind(log, 'request-done').filter((e) => e.outcome === 'failed');
    expect(new Set(lost.map((e) => e.latencyUs))).toEqual(new Set([500 * MS]));
  });
});
