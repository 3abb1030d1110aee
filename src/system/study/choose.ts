import { log } from '../../math';
import { NON_INFERIORITY_MARGIN, pairedDifference } from '../measure';
import type { Scenario } from '../scenario';
import { type Assessed, mostErrors, objectiveSamples } from './assess';

/** An objective below this share of the reference counts as this much: near zero, ratios say nothing. */
const FLOOR = 0.01;

/**
 * How good a policy is beside a reference, all objectives taken together: the sum of log(value / reference), so that
 * one per cent less of any objective weighs the same. 0 for the reference itself, lower is better.
 */
export function tradeOff(values: readonly number[], reference: readonly number[]): number {
  return values.reduce((sum, value, k) => {
    const scale = Math.abs(reference[k]);
    // An objective that the reference does not have at all can only be judged by whether it stays away.
    return sum + (scale > 0 ? log(Math.max(value / scale, FLOOR)) : value > 0 ? 1 : 0);
  }, 0);
}

/** Index of the least trade-off among feasible ones; where none is feasible, of the least violation. Ties: the first. */
export function bestTradeOff(candidates: readonly Assessed[], reference: readonly number[]): number {
  return byTradeOff(candidates, reference)[0];
}

/** Indices, feasible ones first by trade-off, then the others by violation. */
function byTradeOff(candidates: readonly Assessed[], reference: readonly number[]): number[] {
  return ordered(candidates, ({ violation, pessimistic }) => [violation, tradeOff(pessimistic, reference)]);
}

/** Index of the candidate to recommend: the first by `rankForChoice`. */
export function choose(candidates: readonly Assessed[], references: readonly Assessed[]): number {
  return rankForChoice(candidates, references)[0];
}

/** Standard errors within the limits from which on a candidate counts as surely within them. */
const SURE = 2;

/**
 * Indices, the candidate to recommend first: those that are surely within the limits and no worse than the best
 * reference policy on any objective, pessimistically and within the margin, by their trade-off; then those that are so
 * as far as their means go; then the others.
 */
export function rankForChoice(candidates: readonly Assessed[], references: readonly Assessed[]): number[] {
  const best = references[bestTradeOff(references, references[0].means)];
  const noWorse = ({ pessimistic }: Assessed) =>
    pessimistic.every(
      (value, k) => value <= best.means[k] + NON_INFERIORITY_MARGIN * Math.abs(best.means[k]),
    );
  return ordered(candidates, (candidate) => [
    candidate.violation,
    Number(!noWorse(candidate)),
    Number(candidate.headroom < SURE),
    tradeOff(candidate.pessimistic, best.means),
  ]);
}

/**
 * Indices, the candidate that most surely dominates one policy first: by how many standard errors everything may be
 * worse, the limits included, so that it still does. Of the equally sure the one that gains most; of those that don't
 * dominate, the one that loses least.
 */
export function byDominance(scenario: Scenario, candidates: readonly Assessed[], policy: Assessed): number[] {
  const rival = objectiveSamples(scenario, policy);
  return ordered(candidates, (candidate) => {
    const differences = objectiveSamples(scenario, candidate).map((samples, k) =>
      pairedDifference(samples, rival[k]),
    );
    const shares = (errors: number) =>
      differences.map(
        ({ mean, standardError }, k) =>
          (mean + errors * standardError) / Math.max(Math.abs(policy.means[k]), Number.MIN_VALUE),
      );
    const dominates = (errors: number) => {
      const worse = shares(errors);
      return worse.every((share) => share <= NON_INFERIORITY_MARGIN) && worse.some((share) => share < 0);
    };
    const sureness = Math.min(candidate.headroom, mostErrors(dominates));
    return sureness < 0
      ? [1, candidate.violation + Math.max(0, ...shares(1))]
      : [-sureness, tradeOff(candidate.pessimistic, policy.means)];
  });
}

/** Indices by keys, compared one after the other, lower first; ties by index. */
function ordered<T>(items: readonly T[], keysOf: (item: T) => readonly number[]): number[] {
  const keys = items.map(keysOf);
  return items
    .map((_, i) => i)
    .sort((a, b) => {
      const k = keys[a].findIndex((key, at) => key !== keys[b][at]);
      return k < 0 ? a - b : keys[a][k] < keys[b][k] ? -1 : 1;
    });
}
