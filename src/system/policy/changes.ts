import type { Policy, Scenario, Scope } from '../scenario/types';
import type { FieldName } from './fields';
import { lookUp, placeKey, withValues } from './lookup';

/** One value that differs between two policies. */
export interface Change {
  readonly field: FieldName;
  readonly scope: Scope;
  readonly from: number;
  readonly to: number;
}

const ORDER = { mesh: 0, service: 1, edge: 2 } as const;

/** Every place that either policy sets and at which their values differ, mesh-wide ones first. */
export function changesBetween(scenario: Scenario, from: Policy, to: Policy): Change[] {
  const places = new Map(
    [...from.values, ...to.values].map(({ field, scope }) => [placeKey(field, scope), { field, scope }]),
  );
  return [...places.values()]
    .map(({ field, scope }) => ({
      field,
      scope,
      from: lookUp(scenario, from, field, scope),
      to: lookUp(scenario, to, field, scope),
    }))
    .filter((change) => change.from !== change.to)
    .sort((a, b) => ORDER[a.scope.kind] - ORDER[b.scope.kind]);
}

/** The policy with some changes made. */
export function applyChanges(policy: Policy, changes: readonly Change[], name: string): Policy {
  return withValues(
    policy,
    name,
    changes.map(({ field, scope, to }) => ({ field, scope, value: to })),
  );
}
