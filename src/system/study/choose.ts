import { log } from '../../math';
import { dominance, NON_INFERIORITY_MARGIN } from '../measure';
import type { Scenario } from '../scenario';
import { type Assessed, objectiveSamples } from './assess';

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
  const rank = ({ violation, pessimistic }: Assessed) => [violation, tradeOff(pessimistic, reference)];
  let best = 0;
  for (let i = 1; i < candidates.length; i++) {
    const [violation, value] = rank(candidates[i]);
    const [bestViolation, bestValue] = rank(candidates[best]);
    if (violation < bestViolation || (violation === bestViolation && value < bestValue)) best = i;
  }
  return best;
}

/**
 * Index of the candidate to recommend: of those that are no worse than the best reference policy on any objective,
 * pessimistically and within the margin, the one with the best trade-off; of all, where there is none.
 */
export function choose(candidates: readonly Assessed[], references: readonly Assessed[]): number {
  const best = references[bestTradeOff(references, references[0].means)];
  const noWorse = candidates.filter(
    ({ violation, pessimistic }) =>
      violation === 0 &&
      pessimistic.every(
        (value, k) => value <= best.means[k] + NON_INFERIORITY_MARGIN * Math.abs(best.means[k]),
      ),
  );
  const pool = noWorse.length > 0 ? noWorse : candidates;
  return candidates.indexOf(pool[bestTradeOff(pool, best.means)]);
}

/**
 * Index of the candidate that most surely dominates one policy: the least worst upper limit of the paired differences,
 * each as a share of the policy's own mean. On the chosen episodes only; the test decides.
 */
export function mostDominating(
  scenario: Scenario,
  candidates: readonly Assessed[],
  policy: Assessed,
): number {
  const rival = objectiveSamples(scenario, policy);
  const standing = candidates.map((candidate) => {
    const { nonInferior, better, differences } = dominance(
      scenario.objectives,
      objectiveSamples(scenario, candidate),
      rival,
    );
    const shares = differences.map(
      ({ upper }, k) => upper / Math.max(Math.abs(policy.means[k]), Number.MIN_VALUE),
    );
    return {
      group: Number(candidate.violation > 0) * 4 + Number(!nonInferior) * 2 + Number(better.length === 0),
      // Among those that dominate, the largest gain; among the others, the least loss.
      score: nonInferior ? tradeOff(candidate.pessimistic, policy.means) : Math.max(...shares),
    };
  });
  let best = 0;
  for (let i = 1; i < standing.length; i++) {
    const { group, score } = standing[i];
    if (group < standing[best].group || (group === standing[best].group && score < standing[best].score))
      best = i;
  }
  return best;
}
