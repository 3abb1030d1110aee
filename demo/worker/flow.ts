import { type Fault, type ResolvedPolicy, type Scenario, type SimEvent, wordIndex } from 'tardigrade';
import type { FlowView, ReplicaView } from './api';
import { layoutOf } from './layout';

/** The replicas that a policy runs, service after service, and the zones that they are dealt to. */
export function replicasOf(scenario: Scenario, policy: ResolvedPolicy): ReplicaView[] {
  return scenario.services.flatMap((_, service) => {
    const spread = policy.words[wordIndex(scenario, 'zoneSpread', service)] !== 0;
    const count = policy.words[wordIndex(scenario, 'replicas', service)];
    return Array.from({ length: count }, (_, i) => ({
      service,
      zone: spread ? i % scenario.zones.length : 0,
    }));
  });
}

/** Counts what moves along the edges and what callers wait for at the replicas, bucket by bucket. */
export function flowOf(
  scenario: Scenario,
  policy: ResolvedPolicy,
  events: readonly SimEvent[],
  fault: Fault | undefined,
  bucketMs: number,
  buckets: number,
): FlowView {
  const replicas = replicasOf(scenario, policy);
  const firstOf = scenario.services.map((_, s) => replicas.findIndex(({ service }) => service === s));
  const attempts = new Uint16Array(scenario.edges.length * buckets);
  const failures = new Uint16Array(attempts.length);
  const inFlight = new Uint16Array(replicas.length * buckets);
  const waiting = new Int32Array(replicas.length);
  let filled = 0;
  const fillTo = (bucket: number) => {
    for (; filled < bucket; filled++)
      waiting.forEach((count, r) => (inFlight[r * buckets + filled] = Math.max(0, count)));
  };
  for (const event of events) {
    const bucket = Math.min(buckets - 1, Math.floor(event.timeUs / (bucketMs * 1000)));
    fillTo(bucket);
    if (event.kind !== 'attempt' && event.kind !== 'attempt-done') continue;
    const at = event.edge * buckets + bucket;
    waiting[firstOf[scenario.edges[event.edge].to] + event.replica] += event.kind === 'attempt' ? 1 : -1;
    if (event.kind === 'attempt') attempts[at]++;
    else if (event.outcome !== 'ok') failures[at]++;
  }
  fillTo(buckets);
  const down = new Uint8Array(replicas.length * buckets);
  const [from, to] = faultBuckets(events, bucketMs, buckets);
  for (const replica of downReplicas(scenario, replicas, firstOf, events, fault))
    down.fill(1, replica * buckets + from, replica * buckets + to);
  const layout = layoutOf(scenario, replicas);
  return { bucketMs, buckets, replicas, attempts, failures, inFlight, down, layout };
}

/** The replicas that a crash or a lost zone takes down, as far as calls to them show it. */
function downReplicas(
  scenario: Scenario,
  replicas: readonly ReplicaView[],
  firstOf: readonly number[],
  events: readonly SimEvent[],
  fault: Fault | undefined,
): number[] {
  if (fault?.kind === 'replica-crash') {
    const startUs = changeUs(events, true) ?? 0;
    const refusal = events.find(
      (event) =>
        event.kind === 'refused' &&
        event.timeUs >= startUs &&
        scenario.edges[event.edge].to === fault.service,
    );
    return refusal?.kind === 'refused' ? [firstOf[fault.service] + refusal.replica] : [];
  }
  if (fault?.kind !== 'zone-outage') return [];
  const lost = events.find((event) => event.kind === 'lost');
  const hit =
    lost?.kind === 'lost' ? replicas[firstOf[scenario.edges[lost.edge].to] + lost.replica].zone : -1;
  const zone = fault.zone < 0 ? hit : fault.zone;
  return replicas.flatMap((replica, r) => (replica.zone === zone ? [r] : []));
}

function changeUs(events: readonly SimEvent[], active: boolean): number | undefined {
  return events.find((event) => event.kind === 'fault' && event.active === active)?.timeUs;
}

function faultBuckets(events: readonly SimEvent[], bucketMs: number, buckets: number): [number, number] {
  const startUs = changeUs(events, true);
  if (startUs === undefined) return [0, 0];
  const endUs = changeUs(events, false) ?? Number.POSITIVE_INFINITY;
  return [Math.floor(startUs / (bucketMs * 1000)), Math.min(buckets, Math.floor(endUs / (bucketMs * 1000)))];
}
