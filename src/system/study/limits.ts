import type { EpisodeBlock } from '../../problem';
import { meanAndVariance, NON_INFERIORITY_MARGIN, type Samples, sampleMeasures } from '../measure';
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
  /** The best profile's healthy bad share, a sample for each replication. */
  readonly badShares: readonly number[];
  /** Requests of one policy on the block. */
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
    (resolved, reader, index) => {
      const samples = sampleMeasures({ ...scenario, faults: [] }, resolved, reader, index);
      return { badShares: samples.healthyBadShare, requests: samples.healthyRequests };
    },
    signal,
  );
  const badShare = ({ badShares }: HealthyLimit) => meanAndVariance(badShares).mean;
  return healthy.reduce((best, one) => (badShare(one) < badShare(best) ? one : best));
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

/**
 * How far a policy is beyond each limit, normalised; 0 where it is within.
 * @param errors standard errors by which each measure is taken to be worse than its mean
 */
export function violationsOf(
  scenario: Scenario,
  samples: Samples,
  limit: HealthyLimit,
  errors = 0,
): number[] {
  const declared = scenario.limits.map(({ measure, max }) => {
    const { mean, variance } = meanAndVariance(samples.objectives[measure]);
    return Math.max(0, mean + errors * Math.sqrt(variance) - max) / (max > 0 ? max : 1);
  });
  return [...declared, healthyViolation(samples.healthyBadShare, limit, errors), Number(samples.overflowed)];
}

/** Of the healthy limit alone; the error is that of the paired difference from the best profile. */
export function healthyViolation(badShares: readonly number[], limit: HealthyLimit, errors = 0): number {
  const best = meanAndVariance(limit.badShares).mean;
  const { mean, variance } = meanAndVariance(badShares.map((share, i) => share - limit.badShares[i]));
  const spare = limit.requests > 0 ? SPARE_REQUESTS / limit.requests : 0;
  const allowed = best * NON_INFERIORITY_MARGIN + spare;
  return Math.max(0, mean + errors * Math.sqrt(variance) - allowed) / Math.max(best + allowed, 1e-3);
}
