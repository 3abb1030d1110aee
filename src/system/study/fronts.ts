import { hypervolume, type Population } from '../../optimize';
import { candidateKey } from '../../space';
import { type Bootstrapped, bootstrap, resampledMean } from '../measure';
import type { Policy, Scenario } from '../scenario';
import { type Assessed, objectiveSamples } from './assess';
import { knobValues } from './knob-values';
import type { ScenarioProblem } from './problem';
import type { FrontMember } from './result';
import { boxShare, referenceBeyond } from './search';

/** Each different candidate that was within its limits when last scored, once; all of them where none was. */
export function distinctPolicies(
  { space, policyOf }: ScenarioProblem,
  populations: readonly Population[],
): Policy[] {
  const sound = new Map<string, Policy>();
  const others = new Map<string, Policy>();
  for (const { genes, count, shape, violations } of populations)
    for (let i = 0; i < count; i++) {
      const key = candidateKey(space, genes, i);
      const own = violations.subarray(i * shape.constraints, (i + 1) * shape.constraints);
      const policies = own.every((violation) => violation === 0) ? sound : others;
      if (!policies.has(key)) policies.set(key, policyOf(genes, i, `candidate ${policies.size}`));
    }
  return [...(sound.size > 0 ? sound : others).values()];
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

/**
 * Hypervolumes on the same replications, with bootstrap intervals over them.
 * @param profiles set the reference point; they may have met more replications
 */
export function frontVolumes(
  scenario: Scenario,
  genetic: readonly Assessed[],
  random: readonly Assessed[],
  profiles: readonly Assessed[],
  replications: number,
): FrontVolumes {
  const reference = referenceBeyond(profiles.map(({ means }) => means));
  const volumeOf = (candidates: readonly Assessed[]) => {
    const samples = candidates
      .filter(({ violation }) => violation === 0)
      .map((candidate) => objectiveSamples(scenario, candidate));
    return (drawn: Uint32Array) => {
      const points = samples.flatMap((point) =>
        point.map((objective) => Math.max(0, resampledMean(objective, drawn))),
      );
      return boxShare(hypervolume(Float64Array.from(points), reference), reference);
    };
  };
  const [ours, theirs] = [volumeOf(genetic), volumeOf(random)];
  return {
    genetic: bootstrap(replications, ours),
    random: bootstrap(replications, theirs),
    lead: bootstrap(replications, (drawn) => ours(drawn) - theirs(drawn)),
  };
}
