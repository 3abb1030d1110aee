import type { EpisodeBlock, Problem, Scores } from '../../problem';
import { costPerMonth, meanAndVariance, type Samples, sampleMeasures } from '../measure';
import { type PolicySpace, policySpace } from '../policy';
import type { Policy, Scenario } from '../scenario';
import { type Arena, openArena } from './arena';
import { allFaults, type EpisodeRunner, episodesOf, mapPolicies } from './episodes';
import { constraintNames, type HealthyLimit, healthyViolation, violationsOf } from './limits';

/** The search problem of a scenario: genes in, objectives and violations out. */
export interface ScenarioProblem extends Problem, Omit<PolicySpace, 'space'> {}

/**
 * The scenario as a problem for the optimiser. A candidate that spoils healthy traffic more than it may is infeasible
 * whatever the faults do to it: it is not sent through them, and its objectives, all but the cost, are infinite.
 * Throws RangeError where the scenario has no knobs.
 */
export function makeProblem(runner: EpisodeRunner, scenario: Scenario): ScenarioProblem {
  return arenaProblem(openArena(runner, scenario));
}

/** The same in an arena that others use too. */
export function arenaProblem(arena: Arena): ScenarioProblem {
  const { runner, scenario } = arena;
  const policies = policySpace(scenario);
  const { space, policyOf } = policies;
  return {
    ...policies,
    objectives: scenario.objectives,
    constraints: constraintNames(scenario),
    async evaluate(genes, block, signal) {
      const count = genes.length / space.variables.length;
      const candidates = Array.from({ length: count }, (_, i) => policyOf(genes, i, `candidate ${i}`));
      const limit = await arena.limitOn(block, signal);
      const screen = await screened(arena, candidates, block, limit, signal);
      const sound = screen.flatMap((row, i) => (row ? [] : [i]));
      const samples = await mapPolicies(
        runner,
        scenario,
        sound.map((i) => candidates[i]),
        episodesOf(block, allFaults(scenario)),
        (resolved, reader, index) => sampleMeasures(scenario, resolved, reader, index),
        signal,
      );
      const measured = new Map(sound.map((i, s) => [i, rowOf(scenario, samples[s], limit)]));
      return scoresOf(
        screen.map((row, i) => row ?? measured.get(i)!),
        block.count,
      );
    },
  };
}

/** One candidate's scores. */
interface ScoreRow {
  readonly objectives: readonly { readonly mean: number; readonly variance: number }[];
  readonly violations: readonly number[];
}

/** Scores of candidates that spoil healthy traffic, which the control alone tells; undefined of the others. */
async function screened(
  { runner, scenario }: Arena,
  candidates: readonly Policy[],
  block: EpisodeBlock,
  limit: HealthyLimit,
  signal?: AbortSignal,
): Promise<(ScoreRow | undefined)[]> {
  return mapPolicies(
    runner,
    scenario,
    candidates,
    episodesOf(block, []),
    (resolved, reader, index) => {
      const { healthyBadShare, overflowed } = sampleMeasures(
        { ...scenario, faults: [] },
        resolved,
        reader,
        index,
      );
      const spoilt = healthyViolation(healthyBadShare, limit);
      if (spoilt === 0) return undefined;
      const cost = costPerMonth(scenario, resolved);
      return {
        objectives: scenario.objectives.map((name) => ({
          mean: name === 'cost' ? cost : Number.POSITIVE_INFINITY,
          variance: 0,
        })),
        violations: [...scenario.limits.map(() => 0), spoilt, Number(overflowed)],
      };
    },
    signal,
  );
}

/** What samples say, as the optimiser's row. */
function rowOf(scenario: Scenario, samples: Samples, limit: HealthyLimit): ScoreRow {
  return {
    objectives: scenario.objectives.map((name) => meanAndVariance(samples.objectives[name])),
    violations: violationsOf(scenario, samples, limit),
  };
}

function scoresOf(rows: readonly ScoreRow[], replications: number): Scores {
  const objectives = rows.flatMap((row) => row.objectives);
  return {
    objectives: Float64Array.from(objectives, ({ mean }) => mean),
    variance: Float64Array.from(objectives, ({ variance }) => variance),
    violations: Float64Array.from(rows.flatMap(({ violations }) => violations)),
    samples: Float64Array.from(rows, () => replications),
  };
}
