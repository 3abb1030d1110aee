import type { Problem } from '../../problem';
import { type Estimate, type Measures, measure, sampleMeasures } from '../measure';
import { type FieldUnit, knobName, POLICY_FIELDS, policySpace } from '../policy';
import type { Objective, Scenario } from '../scenario';
import { LATENCY_BINS } from '../simulate';
import { openArena } from './arena';
import { allFaults, type EpisodeRunner, episodesOf, mapPolicies } from './episodes';
import { constraintNames, violationsOf } from './limits';

/** A scenario as what is swept: its knobs as variables, and every measure scored. */
export interface ScenarioSweep {
  readonly problem: Problem;
  /** Units of its variables and measures, by name, where they have one. */
  readonly units: Readonly<Record<string, string>>;
  /** Measures that are none of the scenario's objectives. */
  readonly reported: readonly string[];
}

type Measure = keyof Measures;

/** What is scored, with its unit and the objective that it is; no unit for counts and shares of a whole. */
const MEASURES: Readonly<Record<Measure, { unit?: string; objective?: Objective }>> = {
  downtimeMinPerYear: { unit: 'min/year', objective: 'downtime' },
  slowShareWorst: { objective: 'slow-share' },
  costPerMonth: { unit: '$/month', objective: 'cost' },
  attemptsPerRequest: { objective: 'attempts' },
  attackerLoss: { objective: 'attacker-loss' },
  unrecovered: { objective: 'unrecovered' },
  p99HealthyMs: { unit: 'ms' },
  p99WorstMs: { unit: 'ms' },
  recoveryS: { unit: 's' },
  neverRecovered: {},
  healthyBadShare: {},
};

const FIELD_UNITS: Readonly<Record<FieldUnit, string | undefined>> = {
  us: 'us',
  percent: '%',
  'per-mille': '1/1000',
  'per-second': '1/s',
  count: undefined,
  switch: undefined,
  choice: undefined,
};

/**
 * The scenario as a problem whose objectives are all its measures, each the mean of its estimate: NaN where there was nothing
 * to measure. Unlike the search, it sends every policy through every fault, sound or not.
 * Throws RangeError where the scenario has no knobs.
 */
export function scenarioSweep(runner: EpisodeRunner, scenario: Scenario): ScenarioSweep {
  const { space, policyOf } = policySpace(scenario);
  const arena = openArena(runner, scenario);
  const measures = Object.keys(MEASURES) as Measure[];
  const constraints = constraintNames(scenario);
  const problem: Problem = {
    space,
    objectives: measures,
    constraints,
    async evaluate(genes, block, signal) {
      const count = genes.length / space.variables.length;
      const policies = Array.from({ length: count }, (_, i) => policyOf(genes, i, `row ${i}`));
      const limit = await arena.limitOn(block, signal);
      const rows = await mapPolicies(
        runner,
        scenario,
        policies,
        episodesOf(block, allFaults(scenario)),
        (resolved, reader, index) => {
          const samples = sampleMeasures(scenario, resolved, reader, index);
          const measured = measure(scenario, resolved, reader, index, samples, LATENCY_BINS).measures;
          return {
            estimates: measures.map((name): Estimate => measured[name]),
            violations: violationsOf(scenario, samples, limit),
          };
        },
        signal,
      );
      const estimates = rows.flatMap((row) => row.estimates);
      return {
        objectives: Float64Array.from(estimates, ({ mean }) => mean ?? Number.NaN),
        variance: Float64Array.from(estimates, ({ standardError }) =>
          standardError === null ? Number.NaN : standardError * standardError,
        ),
        violations: Float64Array.from(rows.flatMap(({ violations }) => violations)),
        samples: new Float64Array(count).fill(block.count),
      };
    },
  };
  const measured = measures.map((name) => [name, MEASURES[name].unit] as const);
  const knobs = scenario.knobs.map(
    (knob) => [knobName(scenario, knob), FIELD_UNITS[POLICY_FIELDS[knob.field].unit]] as const,
  );
  return {
    problem,
    units: Object.fromEntries(
      [...measured, ...knobs].flatMap(([name, unit]) => (unit ? [[name, unit]] : [])),
    ),
    reported: measures.filter((name) => {
      const { objective } = MEASURES[name];
      return objective === undefined || !scenario.objectives.includes(objective);
    }),
  };
}
