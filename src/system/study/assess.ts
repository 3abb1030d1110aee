import type { EpisodeBlock } from '../../problem';
import { meanAndVariance, type Samples, sampleMeasures } from '../measure';
import type { Policy, Scenario } from '../scenario';
import type { Arena } from './arena';
import { allFaults, episodesOf, mapPolicies } from './episodes';
import { type HealthyLimit, violationsOf } from './limits';

/** A policy as one block of episodes shows it. */
export interface Assessed {
  readonly policy: Policy;
  readonly samples: Samples;
  /** Sum of normalised violations; 0 is feasible. */
  readonly violation: number;
  /** Standard errors, up to `MOST_ERRORS`, by which every measure may be worse and within its limit; -1 beyond a limit. */
  readonly headroom: number;
  /** Mean of each of the scenario's objectives. */
  readonly means: readonly number[];
  /** One standard error above the mean: a lucky mean is no achievement. */
  readonly pessimistic: readonly number[];
}

/** Assesses policies on common episodes. */
export async function assess(
  arena: Arena,
  policies: readonly Policy[],
  block: EpisodeBlock,
  signal?: AbortSignal,
): Promise<Assessed[]> {
  const { runner, scenario } = arena;
  const limit = await arena.limitOn(block, signal);
  const samples = await mapPolicies(
    runner,
    scenario,
    policies,
    episodesOf(block, allFaults(scenario)),
    (resolved, reader, index) => sampleMeasures(scenario, resolved, reader, index),
    signal,
  );
  return samples.map((one, i) => assessed(scenario, policies[i], one, limit));
}

/** Beyond so many standard errors nobody is surer. */
const MOST_ERRORS = 4;
const ERROR_STEP = 0.5;

/** The most standard errors at which something still holds; -1 where it does not hold for the means. */
export function mostErrors(holds: (errors: number) => boolean): number {
  let most = -1;
  for (let errors = 0; errors <= MOST_ERRORS && holds(errors); errors += ERROR_STEP) most = errors;
  return most;
}

/** What samples say of a policy. */
export function assessed(
  scenario: Scenario,
  policy: Policy,
  samples: Samples,
  limit: HealthyLimit,
): Assessed {
  const stats = scenario.objectives.map((name) => meanAndVariance(samples.objectives[name]));
  const violation = (errors: number) =>
    violationsOf(scenario, samples, limit, errors).reduce((sum, excess) => sum + excess, 0);
  return {
    policy,
    samples,
    violation: violation(0),
    headroom: mostErrors((errors) => violation(errors) === 0),
    means: stats.map(({ mean }) => mean),
    pessimistic: stats.map(({ mean, variance }) => mean + Math.sqrt(variance)),
  };
}

/** The samples of the scenario's objectives, as `dominance` takes them. */
export function objectiveSamples(scenario: Scenario, { samples }: Assessed): (readonly number[])[] {
  return scenario.objectives.map((name) => samples.objectives[name]);
}
