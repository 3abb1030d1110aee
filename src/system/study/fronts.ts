import { hypervolume, type Population } from '../../optimize';
import { candidateKey } from '../../space';
import type { Policy, Scenario } from '../scenario';
import type { Assessed } from './assess';
import { knobValues } from './knob-values';
import type { ScenarioProblem } from './problem';
import type { EvolveResult, FrontMember } from './result';
import { boxShare, referenceBeyond } from './search';

/** Each different candidate once, best first. */
export function distinctPolicies(
  { space, policyOf }: ScenarioProblem,
  { genes, count }: Population,
): Policy[] {
  const seen = new Set<string>();
  const policies: Policy[] = [];
  for (let i = 0; i < count; i++) {
    const key = candidateKey(space, genes, i);
    if (!seen.has(key)) policies.push(policyOf(genes, i, `candidate ${i}`));
    seen.add(key);
  }
  return policies;
}

/** Feasible candidates that no other dominates by their means; the chosen one in any case. */
export function frontMembers(
  scenario: Scenario,
  candidates: readonly Assessed[],
  chosen: number,
): FrontMember[] {
  const members = new Set(undominated(candidates)).add(candidates[chosen]);
  return candidates
    .filter((candidate) => members.has(candidate))
    .map((candidate) => ({
      objectives: candidate.means,
      chosen: candidate === candidates[chosen],
      knobs: knobValues(scenario, candidate.policy),
    }));
}

export function undominated(candidates: readonly Assessed[]): Assessed[] {
  const feasible = candidates.filter(({ violation }) => violation === 0);
  const dominates = (a: Assessed, b: Assessed) =>
    a.means.every((value, k) => value <= b.means[k]) && a.means.some((value, k) => value < b.means[k]);
  return feasible.filter((candidate) => !feasible.some((other) => dominates(other, candidate)));
}

/** Hypervolumes of both fronts on the same episodes, below a point beyond the worst profile. */
export function frontVolumes(
  genetic: readonly Assessed[],
  random: readonly Assessed[],
  profiles: readonly Assessed[],
): EvolveResult['hypervolume'] {
  const reference = referenceBeyond(profiles.map(({ means }) => means));
  const volume = (candidates: readonly Assessed[]) => {
    const points = undominated(candidates).flatMap(({ means }) => means.map((value) => Math.max(0, value)));
    return boxShare(hypervolume(Float64Array.from(points), reference), reference);
  };
  return { genetic: volume(genetic), random: volume(random) };
}
