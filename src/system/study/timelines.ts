import type { Engine } from '../../gpu';
import { histogramQuantile } from '../measure';
import { resolvePolicy } from '../policy';
import type { Scenario } from '../scenario';
import { LATENCY_BINS, type TimelineBucket, timeline } from '../simulate';
import { blockOf, episodesOf } from './episodes';
import type { TimelineRow } from './result';
import type { Contestant } from './table';

const BUCKET_MS = 1_000;

/** The fault to draw: the first zone outage, else the first of all; undefined where nothing may happen. */
export function faultToDraw(scenario: Scenario): number | undefined {
  const outage = scenario.faults.findIndex(({ kind }) => kind === 'zone-outage');
  return outage >= 0 ? outage : scenario.faults.length > 0 ? 0 : undefined;
}

/** Each contestant through one fault, in the first test replication. */
export async function drawTimelines(
  engine: Engine,
  scenario: Scenario,
  contestants: readonly Contestant[],
  seed: number,
): Promise<TimelineRow[]> {
  const fault = faultToDraw(scenario);
  if (fault === undefined) return [];
  const [{ replication }] = episodesOf(blockOf('test', 1), []);
  const rows: TimelineRow[] = [];
  for (const { id, policy } of contestants) {
    const resolved = resolvePolicy(scenario, policy);
    const drawn = await timeline(engine, scenario, resolved, fault, replication, BUCKET_MS, { seed });
    const count = (pick: (bucket: TimelineBucket) => number) => drawn.buckets.map(pick);
    rows.push({
      rowId: id,
      fault: scenario.faults[fault].name,
      bucketMs: BUCKET_MS,
      faultStartMs: (drawn.fault?.startUs ?? 0) / 1000,
      faultEndMs: (drawn.fault?.endUs ?? 0) / 1000,
      good: count(({ good }) => good),
      slow: count(({ slow }) => slow),
      failed: count(({ failed }) => failed),
      p50Ms: drawn.buckets.map(({ latency }) => quantileMs(latency, 0.5)),
      p99Ms: drawn.buckets.map(({ latency }) => quantileMs(latency, 0.99)),
    });
  }
  return rows;
}

function quantileMs(latency: Uint32Array, p: number): number | null {
  const us = histogramQuantile(latency, p, LATENCY_BINS);
  return us === null ? null : us / 1000;
}
