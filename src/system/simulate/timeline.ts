import type { Engine } from '../../gpu';
import type { ResolvedPolicy } from '../policy';
import type { Scenario } from '../scenario';
import { type EventLogOptions, eventLog, type SimEvent } from './event-log';
import { LATENCY_BINS } from './histogram';

/** Requests by their arrival, attempts by when they were sent. */
export interface TimelineBucket {
  offered: number;
  good: number;
  slow: number;
  failed: number;
  attempts: number;
  /** Latencies of right answers, bins of `LATENCY_BINS`. */
  readonly latency: Uint32Array;
  /** By edge * proxies + proxy, at the bucket's end: the set of replicas that the proxy has ejected, as bits. */
  readonly ejected: Uint32Array;
  /** By edge * proxies + proxy, at the bucket's end: 1 while the circuit is not closed. */
  readonly circuitOpen: Uint8Array;
}

/** One episode in equal parts of time. */
export interface Timeline {
  readonly bucketMs: number;
  readonly buckets: readonly TimelineBucket[];
  /** When the fault was there, in microseconds; undefined in a control run. */
  readonly fault: { readonly startUs: number; readonly endUs: number } | undefined;
}

function newBucket(pairs: number): TimelineBucket {
  return {
    offered: 0,
    good: 0,
    slow: 0,
    failed: 0,
    attempts: 0,
    latency: new Uint32Array(LATENCY_BINS.latencyBins),
    ejected: new Uint32Array(pairs),
    circuitOpen: new Uint8Array(pairs),
  };
}

function record(
  scenario: Scenario,
  buckets: readonly TimelineBucket[],
  bucketUs: number,
  event: SimEvent,
): void {
  const at = (timeUs: number) => buckets[Math.floor(timeUs / bucketUs)];
  // The state of proxies lasts until it changes: set it from here to the end.
  const later = () => buckets.slice(Math.floor(event.timeUs / bucketUs));
  const pair = (edge: number, proxy: number) => edge * scenario.proxies + proxy;
  switch (event.kind) {
    case 'request':
      at(event.timeUs).offered++;
      break;
    case 'attempt':
      at(event.timeUs).attempts++;
      break;
    case 'request-done': {
      const bucket = at(event.timeUs - event.latencyUs);
      bucket[event.outcome]++;
      if (event.outcome !== 'failed') bucket.latency[LATENCY_BINS.binOf(event.latencyUs)]++;
      break;
    }
    case 'ejected':
      for (const bucket of later()) bucket.ejected[pair(event.edge, event.proxy)] |= 1 << event.replica;
      break;
    case 'returned':
      for (const bucket of later()) bucket.ejected[pair(event.edge, event.proxy)] &= ~(1 << event.replica);
      break;
    case 'circuit':
      for (const bucket of later())
        bucket.circuitOpen[pair(event.edge, event.proxy)] = event.openUntilUs === 0 ? 0 : 1;
      break;
  }
}

/** The requests that attackers sent. */
function attackers(events: readonly SimEvent[], scenario: Scenario, fault: number): Set<number> {
  const attack = fault >= 0 && scenario.faults[fault].kind === 'attack-flood';
  return new Set(
    events.flatMap((event) =>
      attack && event.kind === 'request' && event.request >= 2 ** 31 ? [event.request] : [],
    ),
  );
}

/** One episode over time, from warm-up to the end of recovery; what attackers sent is left out. */
export async function timeline(
  engine: Engine,
  scenario: Scenario,
  policy: ResolvedPolicy,
  fault: number,
  replication: number,
  bucketMs: number,
  options: EventLogOptions = {},
): Promise<Timeline> {
  return timelineOf(
    scenario,
    await eventLog(engine, scenario, policy, fault, replication, options),
    fault,
    bucketMs,
  );
}

/** The same of an episode whose events are known. */
export function timelineOf(
  scenario: Scenario,
  events: readonly SimEvent[],
  fault: number,
  bucketMs: number,
): Timeline {
  const { warmupUs, healthyUs, onsetUs, steadyUs, recoveryUs } = scenario.windows;
  const count = Math.ceil((warmupUs + healthyUs + onsetUs + steadyUs + recoveryUs) / (bucketMs * 1000));
  const buckets = Array.from({ length: count }, () => newBucket(scenario.edges.length * scenario.proxies));
  const excluded = attackers(events, scenario, fault);
  for (const event of events)
    if (!('request' in event && excluded.has(event.request)))
      record(scenario, buckets, bucketMs * 1000, event);
  const change = (active: boolean) =>
    events.find((event) => event.kind === 'fault' && event.active === active)?.timeUs;
  const startUs = change(true);
  return {
    bucketMs,
    buckets,
    fault: startUs === undefined ? undefined : { startUs, endUs: change(false) ?? startUs },
  };
}
