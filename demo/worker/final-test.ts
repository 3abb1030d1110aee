import {
  blockOf,
  type Engine,
  episodesOf,
  LATENCY_BINS,
  type Measures,
  measure,
  type Objective,
  openSimulator,
  pairedDifference,
  RecordReader,
  resolvePolicy,
  type Scenario,
  sampleMeasures,
} from 'tardigrade';
import type { FinalTest, FinalTestQuery } from './api';
import { policyFor } from './policies';
import { timesLess } from './times-less';

/** Two policies meet them: together half of what the default population and random search meet in one generation. */
const REPLICATIONS = 12;

const MEASURES: Readonly<Record<Objective, keyof Measures>> = {
  downtime: 'downtimeMinPerYear',
  'slow-share': 'slowShareWorst',
  cost: 'costPerMonth',
  attempts: 'attemptsPerRequest',
  'attacker-loss': 'attackerLoss',
  unrecovered: 'unrecovered',
};

/**
 * Lets the recommended policy and the best rules meet the same test episodes. Those of the search chose both, and so
 * flatter the one that was chosen from many.
 * @param genes of the recommended policy
 * @returns undefined where there is nothing to measure: nobody attacks, say
 * @throws the signal's reason
 */
export async function finalTest(
  engine: Engine,
  scenario: Scenario,
  { genes, rules, seed }: FinalTestQuery,
  signal: AbortSignal,
): Promise<FinalTest | undefined> {
  signal.throwIfAborted();
  const resolved = [
    policyFor(scenario, { kind: 'genes', genes }),
    policyFor(scenario, { kind: 'contestant', id: rules, retryBudgetPercent: null }),
  ].map((policy) => resolvePolicy(scenario, policy));
  const simulator = await openSimulator(engine, scenario, { seed });
  const episodes = episodesOf(blockOf('test', REPLICATIONS), [...scenario.faults.keys()]);
  const reader = new RecordReader(await simulator.simulate(resolved, episodes, { signal }));
  const [objective] = scenario.objectives;
  const [evolved, best] = resolved.map((policy, index) => {
    const samples = sampleMeasures(scenario, policy, reader, index);
    const { measures } = measure(scenario, policy, reader, index, samples, LATENCY_BINS);
    const { mean, low, high } = measures[MEASURES[objective]];
    return {
      samples: samples.objectives[objective],
      figure: mean === null || low === null || high === null ? undefined : { mean, low, high },
    };
  });
  if (!evolved.figure || !best.figure) return undefined;
  return {
    replications: REPLICATIONS,
    evolved: evolved.figure,
    rules: best.figure,
    difference: pairedDifference(evolved.samples, best.samples),
    timesLess: timesLess(evolved.samples, best.samples),
  };
}
