import { applyChanges, type Change, changesBetween } from '../policy';
import type { Policy, Scenario } from '../scenario';
import type { Assessed } from './assess';
import { tradeOff } from './choose';

/** Share of the gain that a smaller set of changes must keep. */
export const GAIN_KEPT = 0.9;

export interface MinimalChanges {
  readonly changes: readonly Change[];
  /** Share of the choice's gain over the profile that these changes alone give; null where there is no gain to keep. */
  readonly gainKept: number | null;
}

/** Assesses policies on the episodes of the choice. */
export type Assessor = (policies: readonly Policy[]) => Promise<Assessed[]>;

/**
 * The smallest set of changes to a profile that keeps `GAIN_KEPT` of what the choice gains over it, by greedy backward
 * elimination: each round drops as many of the least missed changes together as it can. Gain is the trade-off over
 * all objectives; what makes the policy infeasible is never dropped.
 */
export async function minimalChanges(
  scenario: Scenario,
  profile: Assessed,
  choice: Assessed,
  assessAll: Assessor,
): Promise<MinimalChanges> {
  const all = changesBetween(scenario, profile.policy, choice.policy);
  const gainOf = ({ means }: Assessed) => -tradeOff(means, profile.means);
  const whole = gainOf(choice);
  if (whole <= 0) return { changes: all, gainKept: null };
  const gains = async (sets: readonly (readonly Change[])[]): Promise<number[]> => {
    const policies = sets.map((changes, i) => applyChanges(profile.policy, changes, `subset ${i}`));
    return (await assessAll(policies)).map((one) =>
      one.violation > choice.violation ? Number.NEGATIVE_INFINITY : gainOf(one),
    );
  };

  let kept = all;
  let keptGain = whole;
  while (kept.length > 1) {
    const current = kept;
    const without = await gains(current.map((dropped) => current.filter((change) => change !== dropped)));
    const leastMissed = current.map((_, i) => i).sort((a, b) => without[b] - without[a] || a - b);
    const sizes = halvings(current.length - 1);
    const sets = sizes.map((size) => {
      const dropped = new Set(leastMissed.slice(0, size));
      return current.filter((_, i) => !dropped.has(i));
    });
    const found = await gains(sets);
    const accepted = found.findIndex((gain) => gain >= GAIN_KEPT * whole);
    if (accepted < 0) break;
    kept = sets[accepted];
    keptGain = found[accepted];
  }
  // Where a change for the whole mesh was dropped, those of its exceptions start from the profile's value.
  const changes = changesBetween(scenario, profile.policy, applyChanges(profile.policy, kept, 'kept'));
  return { changes, gainKept: keptGain / whole };
}

/** n, n/2, n/4, ... 1. */
function halvings(n: number): number[] {
  const sizes: number[] = [];
  for (let size = n; size >= 1; size = Math.floor(size / 2)) sizes.push(size);
  return sizes;
}

/** Index of the policy from which the fewest changes lead to the choice; the first of equals. */
export function nearestPolicy(scenario: Scenario, from: readonly Policy[], choice: Policy): number {
  const distances = from.map((policy) => changesBetween(scenario, policy, choice).length);
  return distances.indexOf(Math.min(...distances));
}
