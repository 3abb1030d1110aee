import type { Shard } from '../shard';

/** A shard to evaluate, as it lies in the queue. `sweep` says of which sweep: plain data that only its two ends read. */
export interface ShardTask<Sweep> {
  /** Tells sweeps apart. */
  readonly id: string;
  readonly sweep: Sweep;
  readonly shard: Shard;
}

/** The name of a shard's task in the queue: adding it twice adds it once. */
export function jobIdOf(id: string, shard: number): string {
  return `${id}-${shard}`;
}

/** Where Redis keeps that a sweep is coordinated; the key dies with its coordinator. */
export function liveKeyOf(id: string): string {
  return `tardigrade-sweep-${id}`;
}
