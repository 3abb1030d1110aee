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

/** What samples say of a policy. */
export function assessed(
  scenario: Scenario,
  policy: Policy,
  samples: Samples,
  limit: HealthyLimit,
): Assessed {
  const stats = scenario.objectives.map((name) => meanAndVariance(samples.objectives[name]));
  const violation = violationsOf(scenario, samples, limit).reduce((sum, excess) => sum + excess, 0);
  return {
    policy,
    samples,
    violation,
    means: stats.map(({ mean }) => mean),
    pessimistic: stats.map(({ mean, variance }) => mean + Math.sqrt(variance)),
  };
}

/** The samples of the scenario's objectives, as `dominance` takes them. */
export function objectiveSamples(scenario: Scenario, { samples }: Assessed): (readonly number[])[] {
  return scenario.objectives.map((name) => samples.objectives[name]);
}
