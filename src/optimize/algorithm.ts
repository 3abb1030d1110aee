import type { Words } from '../math';
import type { Space } from '../space';
import type { Brood } from './brood';
import type { Population } from './population';
import type { Fitness } from './selection/fitness';
import type { Settings } from './settings';
import type { DeviceVariation } from './variation/device-variation';

/** Where a search stands when it proposes: all that an algorithm may depend on beside its own memory. */
export interface Standing {
  readonly space: Space;
  /** The key of the user's seed. */
  readonly seed: Words;
  readonly settings: Settings;
  /** Generations done. */
  readonly generation: number;
  readonly evaluations: number;
  /** Genes of the user's own first candidates, [candidate][variable]; may be empty. */
  readonly initial: Uint32Array;
  /** The survivors of the last generation, best first; empty before the first one. */
  readonly parents: Population;
}

/** What a generation came to, to be learnt from. */
export interface Told {
  /** Of all rivals, as selection is to see them: the parents, then what the algorithm proposed, then those from elsewhere. */
  readonly fitness: Fitness;
  /** How many of the rivals are parents: none in the first generation, or where `keepsParents` is false. */
  readonly parents: number;
  /** How many of the rivals the algorithm proposed itself. */
  readonly proposed: number;
}

/** What an algorithm makes of a generation. */
export interface Absorbed<Memory> {
  readonly memory: Memory;
  /** Indices of the rivals that survive, best first. */
  readonly survivors: Uint32Array;
}

/**
 * A search algorithm: how candidates are proposed and what is learnt from their scores. The run loop does the rest. All
 * methods are pure functions of their arguments, so that a run resumes from plain data.
 */
export interface Algorithm<Memory = unknown> {
  readonly name: string;
  /** The most objectives it can minimise. */
  readonly maxObjectives: number;
  /** Whether survivors of one generation compete with the next, and are evaluated again on a new block of episodes. */
  readonly keepsParents: boolean;
  /** Candidates in a generation where the user names no number. */
  population(space: Space): number;
  /**
   * Its memory before the first generation: plain data and typed arrays, never changed in place. Throws RangeError
   * for a space that it cannot search.
   */
  begin(standing: Standing): Memory;
  /** The candidates of the next generation; those of the first one hold the user's own. */
  propose(standing: Standing, memory: Memory, device: DeviceVariation): Brood;
  /** What the algorithm keeps of a generation that was evaluated, and who survives it. */
  absorb(standing: Standing, memory: Memory, told: Told): Absorbed<Memory>;
  /** Why nothing more is to be expected, once that is so. */
  exhausted?(memory: Memory): string | undefined;
}
