import { LATENCY_BINS } from './histogram';
import { REPORT } from './layout';
import { COUNTERS, type Episode, type EpisodeRecords, RECOVERY_BUCKETS, WINDOW_NAMES } from './records';

const COUNT_WORDS = WINDOW_NAMES.length * COUNTERS.length;
const LATENCY_WORDS = WINDOW_NAMES.length * LATENCY_BINS.latencyBins;
const RECOVERY_WORDS = 2 * RECOVERY_BUCKETS;

/** Records of so many policies, still all zero. */
export function emptyRecords(policies: number, episodes: readonly Episode[]): EpisodeRecords {
  const runs = policies * episodes.length;
  return {
    policies,
    episodes,
    counts: new Uint32Array(runs * COUNT_WORDS),
    latency: new Uint32Array(runs * LATENCY_WORDS),
    recovery: new Uint32Array(runs * RECOVERY_WORDS),
    overflow: new Uint32Array(runs),
  };
}

/** Copies the kernel's reports of runs first .. first + count - 1 to their places. */
export function storeReports(
  records: EpisodeRecords,
  reports: Uint32Array,
  first: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const base = i * REPORT.words;
    const part = (at: number, words: number) => reports.subarray(base + at, base + at + words);
    records.counts.set(part(REPORT.counts, COUNT_WORDS), (first + i) * COUNT_WORDS);
    records.latency.set(part(REPORT.latency, LATENCY_WORDS), (first + i) * LATENCY_WORDS);
    records.recovery.set(part(REPORT.recovery, RECOVERY_WORDS), (first + i) * RECOVERY_WORDS);
    records.overflow[first + i] = reports[base + REPORT.overflow];
  }
}
