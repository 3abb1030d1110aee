import type { FlowView } from '../worker/api';

/** The system at one moment. */
export interface Moment {
  /** By edge: attempts a second, and the share of them that came to nothing. */
  readonly edges: readonly { readonly perS: number; readonly failedShare: number }[];
  /** By replica: calls in progress, and whether it is down. */
  readonly replicas: readonly { readonly inFlight: number; readonly down: boolean }[];
}

/** Buckets that edges are averaged over: one attempt more or less must not flicker. */
const SMOOTHING = 4;

export function momentOf(flow: FlowView, bucket: number): Moment {
  const { buckets, bucketMs, replicas, attempts, failures, inFlight, down } = flow;
  const from = Math.max(0, bucket - SMOOTHING + 1);
  const over = (counts: Uint16Array, edge: number) => {
    let sum = 0;
    for (let b = from; b <= bucket; b++) sum += counts[edge * buckets + b];
    return sum;
  };
  const seconds = ((bucket - from + 1) * bucketMs) / 1000;
  return {
    edges: Array.from({ length: attempts.length / buckets }, (_, edge) => {
      const sent = over(attempts, edge);
      const failed = over(failures, edge);
      return {
        perS: sent / seconds,
        failedShare: failed === 0 ? 0 : Math.min(1, failed / Math.max(sent, failed)),
      };
    }),
    replicas: replicas.map((_, r) => ({
      inFlight: inFlight[r * buckets + bucket],
      down: down[r * buckets + bucket] === 1,
    })),
  };
}

export function bucketAt({ bucketMs, buckets }: FlowView, timeMs: number): number {
  return Math.min(buckets - 1, Math.max(0, Math.floor(timeMs / bucketMs)));
}
