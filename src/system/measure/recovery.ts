import type { Scenario } from '../scenario/types';
import { RECOVERY_BUCKETS } from '../simulate/records';
import type { RecordReader } from './reader';

/** A bucket is bad where this share of its requests, and at least two, were bad beyond the control's. */
const BAD_SHARE = 0.1;
const BAD_REQUESTS = 2;

export interface Recovery {
  /** Seconds from the end of the fault to the last bad bucket's end; the whole window where it never recovered. */
  readonly seconds: number;
  /** The last bucket was still bad: a metastable failure, as far as the episode shows. */
  readonly never: boolean;
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
  for (let bucket = 0; bucket < RECOVERY_BUCKETS; bucket++) {
    const { offered, bad } = reader.recoveryBucket(policy, faulted, bucket);
    const excess = bad - reader.recoveryBucket(policy, control, bucket).bad;
    if (excess >= BAD_REQUESTS && excess >= BAD_SHARE * offered) badUntil = bucket + 1;
  }
  const bucketS = scenario.windows.recoveryUs / 1_000_000 / RECOVERY_BUCKETS;
  return { seconds: badUntil * bucketS, never: badUntil === RECOVERY_BUCKETS };
}
