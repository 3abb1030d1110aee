import type { EpisodeBlock } from '../../problem';
import { meanAndVariance, NON_INFERIORITY_MARGIN, type Samples } from '../measure';
import { sizedProfiles } from '../policy';
import type { Scenario } from '../scenario';
import { type EpisodeRunner, episodesOf, mapPolicies } from './episodes';

/**
 * The most healthy traffic that a policy may spoil, on one block of episodes.
 *
 * Downtime counts what a fault adds to the control, so a policy that is always bad would have none. A candidate
 * therefore has to be as good without faults as the best profile is on the same replications.
 */
export interface HealthyLimit {
  readonly badShare: number;
  readonly requests: number;
}

/** The least healthy bad share of any profile on the block. */
export async function healthyLimit(
  runner: EpisodeRunner,
  scenario: Scenario,
  block: EpisodeBlock,
  signal?: AbortSignal,
): Promise<HealthyLimit> {
  const healthy = await mapPolicies(
    runner,
    scenario,
    sizedProfiles(scenario).map(({ policy }) => policy),
    episodesOf(block, []),
    (_, reader, index) => {
      let bad = 0;
      let requests = 0;
      for (const replication of reader.replications) {
        const control = reader.episode(-1, replication);
        const offered = reader.count(index, control, ['healthy', 'onset', 'steady', 'recovery'], 'offered');
        bad += offered - reader.count(index, control, ['healthy', 'onset', 'steady', 'recovery'], 'good');
        requests += offered;
      }
      return { badShare: requests === 0 ? 0 : bad / requests, requests };
    },
    signal,
  );
  return healthy.reduce((best, one) => (one.badShare < best.badShare ? one : best));
}

/** Names of the constraints, in the order of `violationsOf`. */
export function constraintNames(scenario: Scenario): string[] {
  return [
    ...scenario.limits.map(({ measure, max }) => `${measure} <= ${max}`),
    'healthy traffic',
    'capacity',
  ];
}

/** Two requests more than the limit are noise. */
const SPARE_REQUESTS = 2;

/** How far a policy is beyond each limit, normalised; 0 where it is within. */
export function violationsOf(scenario: Scenario, samples: Samples, limit: HealthyLimit): number[] {
  const declared = scenario.limits.map(({ measure, max }) => {
    const { mean } = meanAndVariance(samples.objectives[measure]);
    return Math.max(0, mean - max) / (max > 0 ? max : 1);
  });
  const spare = limit.requests > 0 ? SPARE_REQUESTS / limit.requests : 0;
  const allowed = limit.badShare * (1 + NON_INFERIORITY_MARGIN) + spare;
  const healthy =
    Math.max(0, meanAndVariance(samples.healthyBadShare).mean - allowed) / Math.max(allowed, 1e-3);
  return [...declared, healthy, Number(samples.overflowed)];
}
