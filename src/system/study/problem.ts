import type { EpisodeBlock, Problem, Scores } from '../../optimize';
import { meanAndVariance, type Samples, sampleMeasures } from '../measure';
import { type PolicySpace, policySpace } from '../policy';
import type { Scenario } from '../scenario';
import { allFaults, type EpisodeRunner, episodesOf, mapPolicies } from './episodes';
import { constraintNames, type HealthyLimit, healthyLimit, violationsOf } from './limits';

/** The search problem of a scenario: genes in, objectives and violations out. */
export interface ScenarioProblem extends Problem, Pick<PolicySpace, 'policyOf' | 'genesOf'> {}

/**
 * The scenario as a problem for the optimiser. Throws RangeError where it has no knobs.
 * @param runner simulates episodes
 */
export function makeProblem(runner: EpisodeRunner, scenario: Scenario): ScenarioProblem {
  const { space, policyOf, genesOf } = policySpace(scenario);
  const limits = new Map<string, Promise<HealthyLimit>>();
  const limitOn = (block: EpisodeBlock, signal?: AbortSignal): Promise<HealthyLimit> => {
    const key = `${block.purpose} ${block.first} ${block.count}`;
    const known = limits.get(key);
    if (known) return known;
    // The search turns to one block after another and does not return.
    limits.clear();
    const limit = healthyLimit(runner, scenario, block, signal);
    // An aborted evaluation must not fail the next one.
    limit.catch(() => limits.delete(key));
    limits.set(key, limit);
    return limit;
  };
  return {
    space,
    policyOf,
    genesOf,
    objectives: scenario.objectives,
    constraints: constraintNames(scenario),
    async evaluate(genes, block, signal) {
      const count = genes.length / space.variables.length;
      const policies = Array.from({ length: count }, (_, i) => policyOf(genes, i, `candidate ${i}`));
      const limit = await limitOn(block, signal);
      const samples = await mapPolicies(
        runner,
        scenario,
        policies,
        episodesOf(block, allFaults(scenario)),
        (resolved, reader, index) => sampleMeasures(scenario, resolved, reader, index),
        signal,
      );
      return scoresOf(scenario, samples, limit, block.count);
    },
  };
}

/** Samples as the optimiser's rows. */
export function scoresOf(
  scenario: Scenario,
  samples: readonly Samples[],
  limit: HealthyLimit,
  replications: number,
): Scores {
  const rows = samples.map((one) => scenario.objectives.map((name) => meanAndVariance(one.objectives[name])));
  return {
    objectives: Float64Array.from(rows.flat(), ({ mean }) => mean),
    variance: Float64Array.from(rows.flat(), ({ variance }) => variance),
    violations: Float64Array.from(samples.flatMap((one) => violationsOf(scenario, one, limit))),
    samples: Float64Array.from(samples, () => replications),
  };
}
