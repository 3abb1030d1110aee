import { type Policy, policySpace, type Scenario, sizedProfiles } from 'tardigrade';
import type { PolicyQuery } from './api';
import { TODAY } from './scenario-view';

/** The policy that is asked for. @throws RangeError for a contestant that the scenario does not have */
export function policyFor(scenario: Scenario, query: PolicyQuery): Policy {
  if (query.kind === 'genes') return policySpace(scenario).policyOf(query.genes, 0, 'evolved');
  const known =
    query.id === TODAY.id
      ? scenario.policy
      : sizedProfiles(scenario).find(({ id }) => id === query.id)?.policy;
  if (!known) throw new RangeError(`there is no contestant ${query.id}`);
  return query.retryBudgetPercent === null ? known : withRetryBudget(known, query.retryBudgetPercent);
}

/** The policy with one retry budget everywhere, in place of any of its own. */
function withRetryBudget(policy: Policy, percent: number): Policy {
  const others = policy.values.filter(({ field }) => field !== 'retryBudget');
  return {
    name: `${policy.name}, retry budget ${percent} %`,
    values: [...others, { scope: { kind: 'mesh' }, field: 'retryBudget', value: percent }],
  };
}
