import {
  COUNTERS,
  type Counter,
  type EpisodeRecords,
  RECOVERY_BUCKETS,
  WINDOW_NAMES,
} from '../simulate/records';

export type WindowName = (typeof WINDOW_NAMES)[number];

const COUNTER_INDEX = Object.fromEntries(COUNTERS.map((name, i) => [name, i])) as Record<Counter, number>;
const WINDOW_INDEX = Object.fromEntries(WINDOW_NAMES.map((name, i) => [name, i])) as Record<
  WindowName,
  number
>;

/** Named access to the flat arrays of `EpisodeRecords`. */
export class RecordReader {
  readonly records: EpisodeRecords;
  /** Replication numbers that have a control, ascending. */
  readonly replications: readonly number[];
  readonly #episodes = new Map<string, number>();
  readonly #bins: number;

  constructor(records: EpisodeRecords) {
    this.records = records;
    const { episodes, policies, latency } = records;
    episodes.forEach(({ fault, replication }, e) => this.#episodes.set(`${fault}/${replication}`, e));
    this.replications = episodes
      .filter(({ fault }) => fault < 0)
      .map(({ replication }) => replication)
      .sort((a, b) => a - b);
    this.#bins = latency.length / (policies * episodes.length * WINDOW_NAMES.length);
  }

  /** Index of the episode in which a fault (-1: none) meets a replication. */
  episode(fault: number, replication: number): number {
    const index = this.#episodes.get(`${fault}/${replication}`);
    if (index === undefined)
      throw new RangeError(`no episode of fault ${fault} in replication ${replication}`);
    return index;
  }

  #row(policy: number, episode: number): number {
    return policy * this.records.episodes.length + episode;
  }

  /** A counter summed over windows. */
  count(policy: number, episode: number, windows: readonly WindowName[], counter: Counter): number {
    let sum = 0;
    for (const window of windows) {
      const row = this.#row(policy, episode) * WINDOW_NAMES.length + WINDOW_INDEX[window];
      sum += this.records.counts[row * COUNTERS.length + COUNTER_INDEX[counter]];
    }
    return sum;
  }

  /** Share of the requests offered in these windows that were not good (late, failed or unfinished); 0 of none. */
  badShare(policy: number, episode: number, windows: readonly WindowName[]): number {
    const offered = this.count(policy, episode, windows, 'offered');
    return offered === 0 ? 0 : (offered - this.count(policy, episode, windows, 'good')) / offered;
  }

  /** Adds the latency histogram of these windows to `into`, which has one entry a bin. */
  addLatency(policy: number, episode: number, windows: readonly WindowName[], into: Float64Array): void {
    for (const window of windows) {
      const start = (this.#row(policy, episode) * WINDOW_NAMES.length + WINDOW_INDEX[window]) * this.#bins;
      for (let bin = 0; bin < this.#bins; bin++) into[bin] += this.records.latency[start + bin];
    }
  }

  get latencyBins(): number {
    return this.#bins;
  }

  /** Requests offered in one bucket of the recovery window that were not good, and those offered. */
  recoveryBucket(policy: number, episode: number, bucket: number): { offered: number; bad: number } {
    const at = (this.#row(policy, episode) * RECOVERY_BUCKETS + bucket) * 2;
    const offered = this.records.recovery[at];
    return { offered, bad: offered - this.records.recovery[at + 1] };
  }

  /** Whether some episode of a policy had more in flight than the simulator keeps: its figures are then worth nothing. */
  overflowed(policy: number): boolean {
    const { episodes, overflow } = this.records;
    return episodes.some((_, e) => overflow[this.#row(policy, e)] !== 0);
  }
}
