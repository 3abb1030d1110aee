import type { Breeder } from './breeder';
import type { Fitness } from './fitness';
import type { Population } from './population';
import type { VariationSettings } from './variation';

/** What a proposal is made from. */
export interface Proposal {
  readonly breeder: Breeder;
  readonly generation: number;
  /** Sorted best first. */
  readonly parents: Population;
  readonly count: number;
  readonly variation: VariationSettings;
  readonly signal?: AbortSignal;
}

/** A search algorithm: how candidates are proposed and which of them survive. The run loop does the rest. */
export interface Algorithm {
  readonly name: string;
  /** The most objectives it can minimise. */
  readonly maxObjectives: number;
  /** Genes of `count` new candidates. */
  propose(proposal: Proposal): Promise<Uint32Array>;
  /** Indices of at most `size` survivors, best first. Ties go to the lower index. */
  survive(fitness: Fitness, size: number): number[];
}
