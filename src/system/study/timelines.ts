import type { Engine } from '../../gpu';
import { histogramQuantile } from '../measure';
import { resolvePolicy } from '../policy';
import type { Scenario } from '../scenario';
import { LATENCY_BINS, type Timeline, type TimelineBucket, timeline } from '../simulate';
import { blockOf, episodesOf } from './episodes';
import type { TimelineRow } from './result';
import type { Contestant } from './table';

const BUCKET_MS = 1_000;

/** The fault to draw: the first zone outage, else the first of all; undefined where nothing may happen. */
export function faultToDraw(scenario: Scenario): number | undefined {
  const outage = scenario.faults.findIndex(({ kind }) => kind === 'zone-outage');
  return outage >= 0 ? outage : scenario.faults.length > 0 ? 0 : undefined;
}

/** Pooled, so that a quiet system's timeline shows more than the noise of a few requests. */
const REPLICATIONS = 4;

/** Each contestant through one fault, over the first test replications. */
export async function drawTimelines(
  engine: Engine,
  scenario: Scenario,
  contestants: readonly Contestant[],
  seed: number,
): Promise<TimelineRow[]> {
  const fault = faultToDraw(scenario);
  if (fault === undefined) return [];
  const replications = episodesOf(blockOf('test', REPLICATIONS), []).map(({ replication }) => replication);
  const rows: TimelineRow[] = [];
  for (const { id, policy } of contestants) {
    const resolved = resolvePolicy(scenario, policy);
    const drawn: Timeline[] = [];
    for (const replication of replications)
      drawn.push(await timeline(engine, scenario, resolved, fault, replication, BUCKET_MS, { seed }));
    rows.push({ rowId: id, fault: scenario.faults[fault].name, bucketMs: BUCKET_MS, ...pool(drawn) });
  }
  return rows;
}

/** Mean counts and common quantiles of the same stretch of time in several replications. */
function pool(drawn: readonly Timeline[]): Omit<TimelineRow, 'rowId' | 'fault' | 'bucketMs'> {
  const [{ buckets, fault }] = drawn;
  const mean = (pick: (bucket: TimelineBucket) => number) =>
    buckets.map((_, b) => drawn.reduce((sum, one) => sum + pick(one.buckets[b]), 0) / drawn.length);
  const latencies = buckets.map(({ latency }, b) =>
    latency.map((_, bin) => drawn.reduce((sum, one) => sum + one.buckets[b].latency[bin], 0)),
  );
  return {
    faultStartMs: (fault?.startUs ?? 0) / 1000,
    faultEndMs: (fault?.endUs ?? 0) / 1000,
    good: mean(({ good }) => good),
    slow: mean(({ slow }) => slow),
    // What was never answered within the episode failed as far as its client can tell.
    failed: mean(({ offered, good, slow }) => offered - good - slow),
    p50Ms: latencies.map((latency) => quantileMs(latency, 0.5)),
    p99Ms: latencies.map((latency) => quantileMs(latency, 0.99)),
  };
}

function quantileMs(latency: Uint32Array, p: number): number | null {
  const us = histogramQuantile(latency, p, LATENCY_BINS);
  return us === null ? null : us / 1000;
}
