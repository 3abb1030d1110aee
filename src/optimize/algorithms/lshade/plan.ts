import type { Words } from '../../../math';
import { Draws } from '../../variation/draws';
import { toFraction } from '../../variation/spread';
import { PLAN_WORDS } from '../../variation/trials';
import { drawFactor, drawRate, type SuccessMemory, type TrialParameters } from './parameters';

/** The share of parents that count as best. */
const BEST_SHARE = 0.11;

/** The trials of a generation: what the kernel reads, and the parameters behind it. */
export interface Plan extends TrialParameters {
  /** [trial][best, plus, minus, factor, rate, crosses]. */
  readonly words: Uint32Array;
}

/**
 * Plans one trial for each parent: one of the best parents to move towards, another parent and a member of
 * parents and archive whose difference to add, the parameters, and the gene that changes in any case.
 *
 * @param parents how many, sorted best first; at least 4
 * @param archived how many the archive holds
 */
export function planTrials(
  key: Words,
  parents: number,
  archived: number,
  variables: number,
  memory: SuccessMemory,
): Plan {
  const words = new Uint32Array(parents * PLAN_WORDS);
  const factors = new Float64Array(parents);
  const rates = new Float64Array(parents);
  const best = Math.max(2, Math.round(BEST_SHARE * parents));
  for (let trial = 0; trial < parents; trial++) {
    const draws = new Draws(key, trial);
    const entry = draws.below(memory.factors.length);
    rates[trial] = drawRate(memory, entry, draws);
    factors[trial] = drawFactor(memory, entry, draws);
    const plus = other(draws, parents, trial);
    const at = trial * PLAN_WORDS;
    words[at] = draws.below(best);
    words[at + 1] = plus;
    words[at + 2] = other(draws, parents + archived, trial, plus);
    words[at + 3] = toFraction(factors[trial]);
    words[at + 4] = toFraction(rates[trial]);
    words[at + 5] = draws.below(variables);
  }
  return { words, factors, rates };
}

/** One below `count`, none of the two, all others equally likely. */
function other(draws: Draws, count: number, first: number, second = first): number {
  for (;;) {
    const drawn = draws.below(count);
    if (drawn !== first && drawn !== second) return drawn;
  }
}
