import type { EpisodeBlock } from '../problem';
import type { ConstraintLevels } from './constraints';
import type { Population } from './population';
import type { LoggedUpdate, Settings } from './settings';

/** Everything that decides how a search goes on: plain data and typed arrays, which can be cloned and saved. */
export interface RunState {
  readonly version: 2;
  readonly algorithm: string;
  readonly seed: number;
  /** Generations done. */
  readonly generation: number;
  readonly evaluations: number;
  /** The survivors, best first. */
  readonly population: Population;
  /** All feasible candidates of the current block of episodes that no other dominates. */
  readonly archive: Population;
  readonly reference: readonly number[] | null;
  readonly settings: Settings;
  readonly log: readonly LoggedUpdate[];
  /** What the algorithm keeps for itself. */
  readonly memory: unknown;
  readonly constraints: ConstraintLevels | null;
  readonly progress: Progress;
}

/** How long the search has not got better. */
export interface Progress {
  /** The best value, or the hypervolume where there are two or three objectives; null before the first feasible. */
  readonly level: number | null;
  /** The least violation while nothing is feasible, infinite where all fitness is not finite; null otherwise. */
  readonly violation: number | null;
  /** Generations done when one of these was last bettered. */
  readonly since: number;
}

/** Candidates to score, and on which episodes. */
export interface Batch {
  readonly generation: number;
  readonly genes: Uint32Array;
  readonly episodes: EpisodeBlock;
}

/** What one generation came to. */
export interface Generation {
  readonly index: number;
  /** Candidates evaluated so far, evaluations of the same candidate on other episodes included. */
  readonly evaluations: number;
  readonly episodes: EpisodeBlock;
  /** All that were evaluated in this generation, survivors or not. */
  readonly candidates: Population;
  /** The survivors, best first. */
  readonly population: Population;
  /** Indices of the survivors that are feasible and that no other survivor dominates. */
  readonly front: readonly number[];
  readonly archive: Population;
  /** Of the archive; 0 while nothing is feasible, absent beyond three objectives. */
  readonly hypervolume?: number;
  /** The lowest feasible value of each objective; NaN while nothing is feasible. */
  readonly best: readonly number[];
  /** Survivors that are feasible. */
  readonly feasible: number;
  /** Candidates with an objective or violation that is NaN, or an infinite objective: infeasible beyond all others. */
  readonly notFinite: number;
}
