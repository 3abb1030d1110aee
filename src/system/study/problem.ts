import type { Problem, Scores } from '../../problem';
import { meanAndVariance, type Samples, sampleMeasures } from '../measure';
import { type PolicySpace, policySpace } from '../policy';
import type { Scenario } from '../scenario';
import { type Arena, openArena } from './arena';
import { allFaults, type EpisodeRunner, episodesOf, mapPolicies } from './episodes';
import { constraintNames, type HealthyLimit, violationsOf } from './limits';

/** The search problem of a scenario: genes in, objectives and violations out. */
export interface ScenarioProblem extends Problem, Pick<PolicySpace, 'policyOf' | 'genesOf'> {}

/** The scenario as a problem for the optimiser. Throws RangeError where it has no knobs. */
export function makeProblem(runner: EpisodeRunner, scenario: Scenario): ScenarioProblem {
  return arenaProblem(openArena(runner, scenario));
}

/** The same in an arena that others use too. */
export function arenaProblem(arena: Arena): ScenarioProblem {
  const { runner, scenario } = arena;
  const { space, policyOf, genesOf } = policySpace(scenario);
  return {
    space,
    policyOf,
    genesOf,
    objectives: scenario.objectives,
    constraints: constraintNames(scenario),
    async evaluate(genes, block, signal) {
      const count = genes.length / space.variables.length;
      const policies = Array.from({ length: count }, (_, i) => policyOf(genes, i, `candidate ${i}`));
      const limit = await arena.limitOn(block, signal);
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
