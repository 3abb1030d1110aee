import {
  COUNTERS,
  type Counter,
  type Episode,
  type EpisodeRecords,
  RECOVERY_BUCKETS,
  WINDOW_NAMES,
} from '../simulate/records';

type Window = (typeof WINDOW_NAMES)[number];

/** One episode's counts as a test writes them; what is left out is zero. */
export interface EpisodeSketch {
  readonly counts?: Partial<Record<Window, Partial<Record<Counter, number>>>>;
  readonly latency?: Partial<Record<Window, readonly number[]>>;
  /** [offered, bad] for each bucket of the recovery window. */
  readonly recovery?: readonly (readonly [number, number])[];
  readonly overflow?: number;
}

/** Records of hand-written counts: `sketch` gives each policy's episodes. */
export function recordsOf(
  policies: number,
  episodes: readonly Episode[],
  latencyBins: number,
  sketch: (policy: number, episode: Episode) => EpisodeSketch,
): EpisodeRecords {
  const rows = policies * episodes.length;
  const records = {
    policies,
    episodes,
    counts: new Uint32Array(rows * WINDOW_NAMES.length * COUNTERS.length),
    latency: new Uint32Array(rows * WINDOW_NAMES.length * latencyBins),
    recovery: new Uint32Array(rows * RECOVERY_BUCKETS * 2),
    overflow: new Uint32Array(rows),
  };
  for (let row = 0; row < rows; row++) {
    const drawn = sketch(Math.floor(row / episodes.length), episodes[row % episodes.length]);
    WINDOW_NAMES.forEach((window, w) => {
      COUNTERS.forEach((counter, c) => {
        const at = (row * WINDOW_NAMES.length + w) * COUNTERS.length + c;
        records.counts[at] = drawn.counts?.[window]?.[counter] ?? 0;
      });
      records.latency.set(drawn.latency?.[window] ?? [], (row * WINDOW_NAMES.length + w) * latencyBins);
    });
    drawn.recovery?.forEach(([offered, bad], bucket) => {
      records.recovery.set([offered, offered - bad], (row * RECOVERY_BUCKETS + bucket) * 2);
    });
    records.overflow[row] = drawn.overflow ?? 0;
  }
  return records;
}
