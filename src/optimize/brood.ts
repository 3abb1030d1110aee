import type { Dispatch } from '../gpu';

/** Dispatches that write genes, [candidate][variable], and the buffer that holds them afterwards. */
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
      /** Readies the device to make candidates `first` to `first + count - 1` with the next submit. */
      prepare(first: number, count: number): Promise<Prepared>;
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
