import {
  type Engine,
  lookUp,
  makeProblem,
  openSimulator,
  POLICY_FIELDS,
  type Policy,
  policySpace,
  type Scenario,
  scopeName,
  writePolicy,
  writeValue,
} from 'tardigrade';
import type { CandidateView, KnobEffect } from './api';

/** A candidate's knobs beside what runs today, and the file that it would be applied with. */
export function candidateView(scenario: Scenario, policy: Policy): CandidateView {
  return {
    knobs: scenario.knobs.map(({ field, scope }) => {
      const written = (of: Policy) => String(writeValue(field, lookUp(scenario, of, field, scope)));
      const [today, evolved] = [written(scenario.policy), written(policy)];
      const { note } = POLICY_FIELDS[field];
      return {
        name: field,
        note,
        scope: scopeName(scenario, scope),
        today,
        evolved,
        changed: today !== evolved,
      };
    }),
    policyYaml: writePolicy(scenario, policy),
  };
}

/** Replications on which the effect of single changes is measured; on common episodes few will do. */
const REPLICATIONS = 2;

/** What each changed knob buys: the objectives with that one knob turned back to today's, less those of the candidate. */
export async function knobEffects(
  engine: Engine,
  scenario: Scenario,
  genes: Uint32Array,
  seed: number,
): Promise<KnobEffect[]> {
  const { space, policyOf, genesOf } = policySpace(scenario);
  const candidate = policyOf(genes, 0, 'evolved');
  const turned = scenario.knobs.flatMap(({ field, scope }, knob) => {
    const value = lookUp(scenario, scenario.policy, field, scope);
    if (value === lookUp(scenario, candidate, field, scope)) return [];
    const place = JSON.stringify(scope);
    const others = candidate.values.filter(
      (one) => one.field !== field || JSON.stringify(one.scope) !== place,
    );
    return [{ knob, genes: genesOf({ name: 'turned back', values: [...others, { field, scope, value }] }) }];
  });
  const width = space.variables.length;
  const rows = new Uint32Array((turned.length + 1) * width);
  rows.set(genes);
  turned.forEach(({ genes: row }, i) => rows.set(row, (i + 1) * width));
  const simulator = await openSimulator(engine, scenario, { seed });
  const block = { index: 0, first: 0, count: REPLICATIONS, purpose: 'choice' } as const;
  const { objectives } = await makeProblem(simulator, scenario).evaluate(rows, block);
  const count = scenario.objectives.length;
  return turned.map(({ knob }, i) => ({
    knob,
    differences: scenario.objectives.map((_, k) => objectives[(i + 1) * count + k] - objectives[k]),
  }));
}
