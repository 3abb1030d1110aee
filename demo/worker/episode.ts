import {
  type Engine,
  eventLog,
  histogramQuantile,
  LATENCY_BINS,
  lookUp,
  type Policy,
  resolvePolicy,
  type Scenario,
  timelineOf,
} from 'tardigrade';
import type { EpisodeQuery, EpisodeView, FlowView } from './api';
import { withConditions } from './conditions';
import { flowOf } from './flow';
import { spansOf } from './spans';

/** Of the charts: a second, so that a bucket holds enough requests for a quantile. */
const CHART_BUCKET_MS = 1000;
/** Of the animation. */
const FLOW_BUCKET_MS = 250;
/** Test replications: nothing that the search has seen. */
const REPLICATION = 2_000_000;

/** One policy through each of the faults, one episode after the other. */
export async function runEpisodes(
  engine: Engine,
  declared: Scenario,
  policy: Policy,
  { faults, startMs, strength, seed }: Omit<EpisodeQuery, 'policy'>,
): Promise<EpisodeView> {
  const scenario = withConditions(declared, startMs, strength);
  const parts: EpisodeView[] = [];
  for (const fault of faults.length > 0 ? faults : [-1])
    parts.push(await runEpisode(engine, scenario, policy, fault, seed));
  return parts.length === 1 ? parts[0] : inSequence(parts);
}

async function runEpisode(
  engine: Engine,
  scenario: Scenario,
  policy: Policy,
  fault: number,
  seed: number,
): Promise<EpisodeView> {
  const resolved = resolvePolicy(scenario, policy);
  const events = await eventLog(engine, scenario, resolved, fault, REPLICATION, { seed });
  const { buckets, fault: span } = timelineOf(scenario, events, fault, CHART_BUCKET_MS);
  const perS = 1000 / CHART_BUCKET_MS;
  const durationMs = buckets.length * CHART_BUCKET_MS;
  const flowBuckets = durationMs / FLOW_BUCKET_MS;
  return {
    bucketMs: CHART_BUCKET_MS,
    buckets: buckets.length,
    good: Float32Array.from(buckets, ({ good }) => good * perS),
    slow: Float32Array.from(buckets, ({ slow }) => slow * perS),
    // Never answered within the episode: failed, as far as its client can tell.
    failed: Float32Array.from(buckets, ({ offered, good, slow }) => (offered - good - slow) * perS),
    p99Ms: Float32Array.from(
      buckets,
      ({ latency }) => (histogramQuantile(latency, 0.99, LATENCY_BINS) ?? Number.NaN) / 1000,
    ),
    attemptsPerRequest: Float32Array.from(buckets, ({ attempts, offered }) =>
      offered === 0 ? Number.NaN : attempts / offered,
    ),
    faults: span
      ? [
          {
            name: scenario.faults[fault].name,
            startMs: span.startUs / 1000,
            endMs: Math.min(durationMs, span.endUs / 1000),
          },
        ]
      : [],
    spans: spansOf(scenario, events, durationMs),
    costPerMonth: costOf(scenario, policy),
    flow: flowOf(scenario, resolved, events, scenario.faults[fault], FLOW_BUCKET_MS, flowBuckets),
  };
}

/** US dollars a month for the replicas that a policy runs. */
function costOf(scenario: Scenario, policy: Policy): number {
  return scenario.services.reduce(
    (sum, { costPerReplica }, service) =>
      sum + costPerReplica * lookUp(scenario, policy, 'replicas', { kind: 'service', service }),
    0,
  );
}

/** Episodes of one policy as one stretch of time. */
function inSequence(parts: readonly EpisodeView[]): EpisodeView {
  const [first] = parts;
  const offsetsMs = parts.map((_, i) =>
    parts.slice(0, i).reduce((sum, part) => sum + part.buckets * part.bucketMs, 0),
  );
  const joined = (pick: (part: EpisodeView) => Float32Array) =>
    Float32Array.from(parts.flatMap((part) => [...pick(part)]));
  return {
    ...first,
    buckets: parts.reduce((sum, { buckets }) => sum + buckets, 0),
    good: joined(({ good }) => good),
    slow: joined(({ slow }) => slow),
    failed: joined(({ failed }) => failed),
    p99Ms: joined(({ p99Ms }) => p99Ms),
    attemptsPerRequest: joined(({ attemptsPerRequest }) => attemptsPerRequest),
    faults: parts.flatMap(({ faults }, i) =>
      faults.map(({ name, startMs, endMs }) => ({
        name,
        startMs: startMs + offsetsMs[i],
        endMs: endMs + offsetsMs[i],
      })),
    ),
    spans: parts.flatMap(({ spans }, i) =>
      spans.map((span) => ({ ...span, fromMs: span.fromMs + offsetsMs[i], toMs: span.toMs + offsetsMs[i] })),
    ),
    flow: flowsInSequence(parts.map(({ flow }) => flow)),
  };
}

function flowsInSequence(flows: readonly FlowView[]): FlowView {
  const [first] = flows;
  const buckets = flows.reduce((sum, flow) => sum + flow.buckets, 0);
  const joined = <T extends Uint8Array | Uint16Array>(
    pick: (flow: FlowView) => T,
    things: number,
    into: T,
  ): T => {
    let at = 0;
    for (let thing = 0; thing < things; thing++)
      for (const flow of flows) {
        into.set(pick(flow).subarray(thing * flow.buckets, (thing + 1) * flow.buckets), at);
        at += flow.buckets;
      }
    return into;
  };
  const edges = first.attempts.length / first.buckets;
  const replicas = first.replicas.length;
  return {
    ...first,
    buckets,
    attempts: joined(({ attempts }) => attempts, edges, new Uint16Array(edges * buckets)),
    failures: joined(({ failures }) => failures, edges, new Uint16Array(edges * buckets)),
    inFlight: joined(({ inFlight }) => inFlight, replicas, new Uint16Array(replicas * buckets)),
    down: joined(({ down }) => down, replicas, new Uint8Array(replicas * buckets)),
  };
}
