import type { Draws } from '../../variation/draws';

/** Entries of the memory of successful parameters. */
const ENTRIES = 6;
const SPREAD = 0.1;

/** Marks an entry after which every trial crosses a single gene. */
const TERMINAL = -1;

/** Means of parameters that succeeded, in turn overwritten: Tanabe and Fukunaga 2013. */
export interface SuccessMemory {
  /** [entry]: means of the scale factor. */
  readonly factors: Float64Array;
  /** [entry]: means of the crossover rate; -1 once only zero succeeded. */
  readonly rates: Float64Array;
  /** The entry that is overwritten next. */
  readonly next: number;
}

/** Parameters of a generation's trials, [trial]. */
export interface TrialParameters {
  readonly factors: Float64Array;
  readonly rates: Float64Array;
}

export function emptyMemory(): SuccessMemory {
  return {
    factors: new Float64Array(ENTRIES).fill(0.5),
    rates: new Float64Array(ENTRIES).fill(0.5),
    next: 0,
  };
}

/** A trial's crossover rate, normal about an entry's mean, within [0, 1]. */
export function drawRate({ rates }: SuccessMemory, entry: number, draws: Draws): number {
  if (rates[entry] === TERMINAL) return 0;
  return Math.min(Math.max(rates[entry] + SPREAD * draws.normal(), 0), 1);
}

/** A trial's scale factor, Cauchy about an entry's mean: drawn again while not positive, at most 1. */
export function drawFactor({ factors }: SuccessMemory, entry: number, draws: Draws): number {
  for (;;) {
    const factor = factors[entry] + SPREAD * draws.cauchy();
    if (factor > 0) return Math.min(factor, 1);
  }
}

/**
 * The memory after a generation: one entry becomes the Lehmer mean of the parameters of successful trials, each
 * weighted by what it gained.
 *
 * @param trials indices of successful trials
 * @param gains [successful trial], positive; infinite ones have no weight to compare and are left out
 */
export function remember(
  memory: SuccessMemory,
  { factors, rates }: TrialParameters,
  trials: Uint32Array,
  gains: Float64Array,
): SuccessMemory {
  if (!gains.some(Number.isFinite)) return memory;
  const lehmer = (values: Float64Array): number => {
    let above = 0;
    let below = 0;
    for (let i = 0; i < trials.length; i++) {
      if (!Number.isFinite(gains[i])) continue;
      const value = values[trials[i]];
      above += gains[i] * value * value;
      below += gains[i] * value;
    }
    return below > 0 ? above / below : 0;
  };
  const entry = memory.next;
  const rate = memory.rates[entry] === TERMINAL ? 0 : lehmer(rates);
  return {
    factors: memory.factors.with(entry, lehmer(factors)),
    rates: memory.rates.with(entry, rate > 0 ? rate : TERMINAL),
    next: (entry + 1) % memory.factors.length,
  };
}
