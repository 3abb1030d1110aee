import { hypervolume, type Population } from '../../optimize';
import { candidateKey } from '../../space';
import { type Bootstrapped, bootstrap, resampledMean } from '../measure';
import type { Policy, Scenario } from '../scenario';
import { type Assessed, objectiveSamples } from './assess';
import { knobValues } from './knob-values';
import type { ScenarioProblem } from './problem';
import type { FrontMember } from './result';
import { boxShare, referenceBeyond } from './search';

/** Each different candidate once, in the order of the populations. */
export function distinctPolicies(
  { space, policyOf }: ScenarioProblem,
  populations: readonly Population[],
): Policy[] {
  const policies = new Map<string, Policy>();
  for (const { genes, count } of populations)
    for (let i = 0; i < count; i++) {
      const key = candidateKey(space, genes, i);
      if (!policies.has(key)) policies.set(key, policyOf(genes, i, `candidate ${policies.size}`));
    }
  return [...policies.values()];
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

/** Hypervolumes of both fronts, as shares of the box below a point beyond the worst profile, and the difference. */
export interface FrontVolumes {
  readonly genetic: Bootstrapped;
  readonly random: Bootstrapped;
  /** Genetic minus random, on the same resamples. */
  readonly lead: Bootstrapped;
}

/** Hypervolumes on the same episodes, with bootstrap intervals over replications. */
export function frontVolumes(
  scenario: Scenario,
  genetic: readonly Assessed[],
  random: readonly Assessed[],
  profiles: readonly Assessed[],
): FrontVolumes {
  const reference = referenceBeyond(profiles.map(({ means }) => means));
  const volumeOf = (candidates: readonly Assessed[]) => {
    const samples = candidates
      .filter(({ violation }) => violation === 0)
      .map((candidate) => objectiveSamples(scenario, candidate));
    return (replications: Uint32Array) => {
      const points = samples.flatMap((point) =>
        point.map((objective) => Math.max(0, resampledMean(objective, replications))),
      );
      return boxShare(hypervolume(Float64Array.from(points), reference), reference);
    };
  };
  const n = profiles[0].samples.healthyBadShare.length;
  const [ours, theirs] = [volumeOf(genetic), volumeOf(random)];
  return {
    genetic: bootstrap(n, ours),
    random: bootstrap(n, theirs),
    lead: bootstrap(n, (replications) => ours(replications) - theirs(replications)),
  };
}
