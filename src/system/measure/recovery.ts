import type { Scenario } from '../scenario/types';
import { RECOVERY_BUCKETS } from '../simulate/records';
import type { RecordReader } from './reader';

/** A stretch is bad where this share of its requests, and at least two, were bad beyond the control's. */
const BAD_SHARE = 0.1;
const BAD_REQUESTS = 2;

/** The last quarter of the window tells whether it recovered: one bucket alone holds too few requests. */
const TAIL_BUCKETS = RECOVERY_BUCKETS / 4;

export interface Recovery {
  /** Seconds from the end of the steady window to the last bad bucket's end; the whole window where it never recovered. */
  readonly seconds: number;
  /** Still bad in the last quarter of the window: a metastable failure, as far as the episode shows. */
  readonly never: boolean;
  /** Share of the last quarter's requests that were bad beyond the control's, from -1 to 1. */
  readonly tailExcess: number;
}

/** When the system was good again after a fault, in one replication, to the resolution of the buckets. */
export function recoveryOf(
  scenario: Scenario,
  reader: RecordReader,
  policy: number,
  fault: number,
  replication: number,
): Recovery {
  const faulted = reader.episode(fault, replication);
  const control = reader.episode(-1, replication);
  let badUntil = 0;
  let tailOffered = 0;
  let tailBad = 0;
  for (let bucket = 0; bucket < RECOVERY_BUCKETS; bucket++) {
    const { offered, bad } = reader.recoveryBucket(policy, faulted, bucket);
    const excess = bad - reader.recoveryBucket(policy, control, bucket).bad;
    if (isBad(excess, offered)) badUntil = bucket + 1;
    if (bucket < RECOVERY_BUCKETS - TAIL_BUCKETS) continue;
    tailOffered += offered;
    tailBad += excess;
  }
  const never = isBad(tailBad, tailOffered);
  const bucketS = scenario.windows.recoveryUs / 1_000_000 / RECOVERY_BUCKETS;
  return {
    seconds: (never ? RECOVERY_BUCKETS : badUntil) * bucketS,
    never,
    tailExcess: tailOffered === 0 ? 0 : tailBad / tailOffered,
  };
}

function isBad(excess: number, offered: number): boolean {
  return excess >= BAD_REQUESTS && excess >= BAD_SHARE * offered;
}
