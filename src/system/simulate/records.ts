/** What a simulation of (policy, episode) pairs hands back: integer counts, nothing derived. */

export const WINDOW_NAMES = ['healthy', 'onset', 'steady', 'recovery'] as const;

/**
 * Counters of one window. A request belongs to the window in which it arrived at the system's edge.
 *
 * offered = good + slow + failed + unfinished (legitimate requests only).
 * - good: a right answer within the class's latency objective
 * - slow: a right answer, but later
 * - failed: an error reached the client
 * - unfinished: still under way when the episode ended
 * - calls: calls made for these requests, the one from outside included; attempts: tries of those calls, first tries and
 *   hedges included. Attackers' calls are not among them
 * - attackOffered: attacker's requests
 */
export const COUNTERS = [
  'offered',
  'good',
  'slow',
  'failed',
  'unfinished',
  'calls',
  'attempts',
  'attackOffered',
] as const;
export type Counter = (typeof COUNTERS)[number];

/** Equal parts of the recovery window; in each, requests offered and good, to see when (and whether) it recovers. */
export const RECOVERY_BUCKETS = 16;

/**
 * One episode: a fault (index into the scenario's faults, -1: the control without a fault) met by one replication.
 * The replication number keys all randomness: every policy meets the same arrivals, service times and faults.
 */
export interface Episode {
  readonly fault: number;
  readonly replication: number;
}

/** All arrays are indexed [policy][episode]..., row-major. */
export interface EpisodeRecords {
  readonly policies: number;
  readonly episodes: readonly Episode[];
  /** [policy][episode][window][counter] */
  readonly counts: Uint32Array;
  /** [policy][episode][window][bin]: end-to-end latency of requests with a right answer; bins of `LATENCY_BINS`. */
  readonly latency: Uint32Array;
  /** [policy][episode][bucket][offered, good] over the recovery window */
  readonly recovery: Uint32Array;
  /** [policy][episode]: 0, or bits that say which capacity overflowed: such a candidate is infeasible. */
  readonly overflow: Uint32Array;
}
