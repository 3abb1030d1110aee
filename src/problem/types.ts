import type { Space } from '../space';

/**
 * Replications `first` to `first + count - 1` of the purpose's own stream; the streams of different purposes
 * are disjoint.
 */
export interface EpisodeBlock {
  readonly index: number;
  readonly first: number;
  readonly count: number;
  readonly purpose: 'search' | 'choice' | 'test';
}

/** What an evaluation returns, row after row: [candidate][measure]. */
export interface Scores {
  /** Minimised. NaN makes the candidate infeasible. */
  readonly objectives: Float64Array;
  /**
   * Normalised by the problem so that they may be summed; 0 or less is satisfied. NaN makes the candidate
   * infeasible.
   */
  readonly violations: Float64Array;
  /** [candidate]: replications behind the row. */
  readonly samples: Float64Array;
  /** [candidate][objective]: the variance of the mean; 0 where there is no noise. */
  readonly variance: Float64Array;
}

/** Something to minimise: a space, names for what is scored, and an evaluator of whole batches. */
export interface Problem {
  readonly space: Space;
  readonly objectives: readonly string[];
  readonly constraints: readonly string[];
  /**
   * Scores candidates, `genes` laid out [candidate][variable]. The same genes and episodes must score the
   * same.
   */
  evaluate(genes: Uint32Array, episodes: EpisodeBlock, signal?: AbortSignal): Promise<Scores>;
}
