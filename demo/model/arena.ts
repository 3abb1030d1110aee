import type { EpisodeView } from '../worker/api';

/** What became of the traffic of one episode. */
export interface EpisodeSummary {
  /** Share of requests answered right and in time. */
  readonly goodShare: number;
  /** From the end of the (last) fault until traffic is well again; null: not within the episode. */
  readonly recoveryMs: number | null;
  readonly worstAttempts: number;
}

/** Well again: so many buckets in a row in which at least this share is good. */
const WELL_SHARE = 0.9;
const WELL_BUCKETS = 3;

export function summaryOf({
  good,
  slow,
  failed,
  attemptsPerRequest,
  bucketMs,
  faults,
}: EpisodeView): EpisodeSummary {
  const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
  const offered = sum(good) + sum(slow) + sum(failed);
  return {
    goodShare: offered > 0 ? sum(good) / offered : 1,
    recoveryMs: recoveryMs(good, slow, failed, bucketMs, faults.at(-1)?.endMs ?? 0),
    worstAttempts: Math.max(0, ...numbersIn(attemptsPerRequest)),
  };
}

function recoveryMs(
  good: Float32Array,
  slow: Float32Array,
  failed: Float32Array,
  bucketMs: number,
  faultEndMs: number,
): number | null {
  let well = 0;
  for (let b = Math.floor(faultEndMs / bucketMs); b < good.length; b++) {
    well = good[b] >= WELL_SHARE * (good[b] + slow[b] + failed[b]) ? well + 1 : 0;
    if (well === WELL_BUCKETS) return Math.max(0, (b + 1 - WELL_BUCKETS) * bucketMs - faultEndMs);
  }
  return null;
}

/** Tops of scales that several episodes share, so that they can be compared. */
export interface SharedScales {
  readonly rate: number;
  readonly latencyMs: { readonly min: number; readonly max: number };
  readonly attempts: number;
}

export function sharedScales(episodes: readonly EpisodeView[]): SharedScales {
  const latencies = episodes.flatMap(({ p99Ms }) => numbersIn(p99Ms));
  const totals = episodes.flatMap(({ good, slow, failed }) =>
    Array.from(good, (value, i) => value + slow[i] + failed[i]),
  );
  const attempts = episodes.flatMap(({ attemptsPerRequest }) => numbersIn(attemptsPerRequest));
  return {
    rate: Math.max(1, ...totals),
    latencyMs: { min: Math.min(100, ...latencies), max: Math.max(1000, ...latencies) },
    attempts: Math.max(1, ...attempts),
  };
}

/** NaN stands for nothing to measure. */
function numbersIn(values: Float32Array): number[] {
  return Array.from(values).filter((value) => !Number.isNaN(value));
}
