import type { Dispatch, Engine, Read } from '../gpu';
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

/** What an evaluation returns, row after row: [candidate][measure]. The arrays may be parts of one buffer: copy what is to be transferred. */
export interface Scores {
  /** Minimised. NaN makes the candidate infeasible. */
  readonly objectives: Float64Array;
  /**
   * Normalised by the problem so that they may be summed; 0 or less is satisfied. NaN makes the candidate
   * infeasible.
   */
  readonly violations: Float64Array;
  /** Replications behind the row: [candidate]. */
  readonly samples: Float64Array;
  /** [candidate][objective]: the variance of the mean; 0 where there is no noise. */
  readonly variance: Float64Array;
  /** Candidates whose fitness was NaN or infinite in some replication; their scores are NaN then. */
  readonly notFinite?: number;
}

/** Something to minimise: a space, names for what is scored, and an evaluator of whole batches. */
export interface Problem {
  /** For people. */
  readonly name?: string;
  readonly space: Space;
  readonly objectives: readonly string[];
  readonly constraints: readonly string[];
  /**
   * `exact` (the default): the same scores on every engine. `f32`: the same on this engine, close to them on others.
   */
  readonly precision?: 'exact' | 'f32';
  /**
   * Whether replications of a candidate differ. False where each candidate is evaluated once, however many replications a
   * block has: its scores then tell no variance. The default is that they may.
   */
  readonly noisy?: boolean;
  /** Scores candidates that are on the device already. */
  readonly device?: DeviceEvaluator;
  /**
   * Scores candidates, `genes` laid out [candidate][variable]. The same genes and episodes must score the
   * same.
   */
  evaluate(genes: Uint32Array, episodes: EpisodeBlock, signal?: AbortSignal): Promise<Scores>;
}

/** Evaluates genes where they are, so that making candidates and scoring them takes one submit and one wait. */
export interface DeviceEvaluator {
  /** Whose buffers and kernels these are. */
  readonly engine: Engine;
  /** Bytes of the scores that `prepare` has written and read back. */
  byteLength(count: number, episodes: EpisodeBlock): number;
  /**
   * Dispatches that score `count` candidates, whose genes earlier dispatches of the same submit may write. They hold
   * until the next `prepare`; call it inside `engine.replay`, since buffers and kernels belong to a device.
   */
  prepare(genes: GPUBuffer, count: number, episodes: EpisodeBlock): Promise<DeviceEvaluation>;
}

/** What to submit, what to read back, and how to make scores of it. */
export interface DeviceEvaluation {
  readonly dispatches: readonly Dispatch[];
  readonly reads: readonly Read[];
  /** Scores from the words that these reads returned, in their order. */
  scores(results: readonly Uint32Array[]): Scores;
}
