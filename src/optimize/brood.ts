import type { Dispatch } from '../gpu';
import type { Columns } from './variation/columns';

/** Dispatches that write genes, [candidate][variable made], and the buffer that holds them afterwards. */
export interface Prepared {
  readonly dispatches: readonly Dispatch[];
  readonly genes: GPUBuffer;
}

/**
 * New candidates, still to be made: an endless sequence in which each is a pure function of its index, so that how
 * many are made at once changes nothing.
 */
export type Recipe =
  | {
      readonly on: 'host';
      /** Genes of candidates `first` to `first + count - 1`. */
      make(first: number, count: number): Uint32Array;
    }
  | {
      readonly on: 'device';
      /** Candidates in the largest buffer that making `count` of them needs. */
      rows(count: number): number;
      /** Readies the device to make these variables of candidates `first` to `first + count - 1` with the next submit. */
      prepare(first: number, count: number, columns: Columns): Promise<Prepared>;
    };

/** What an algorithm wants evaluated in a generation. */
export interface Brood {
  readonly count: number;
  readonly recipe: Recipe;
  /**
   * Genes of candidates that need no second evaluation: those that decode like one of them, or like an earlier one
   * of the brood, are passed over. Null takes the recipe's candidates as they come.
   */
  readonly unlike: Uint32Array | null;
}
