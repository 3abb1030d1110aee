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

/**
 * What has to be changed in one policy so that it does as another does: mesh-wide changes first, and `from` is the value
 * that those before leave at the place. All of them together give every field of every call and service the other's value.
 */
export function changesBetween(scenario: Scenario, from: Policy, to: Policy): Change[] {
  // Where no policy sets replicas, each service has its own number.
  const deployed = scenario.services.map((_, service) => ({
    field: 'replicas' as const,
    scope: { kind: 'service', service } as const,
  }));
  const places = new Map(
    [...from.values, ...to.values, ...deployed].map(({ field, scope }) => [
      placeKey(field, scope),
      { field, scope },
    ]),
  );
  const changes: Change[] = [];
  let changed = from;
  for (const { field, scope } of [...places.values()].sort(
    (a, b) => ORDER[a.scope.kind] - ORDER[b.scope.kind],
  )) {
    const change = {
      field,
      scope,
      from: lookUp(scenario, changed, field, scope),
      to: lookUp(scenario, to, field, scope),
    };
    if (change.from === change.to) continue;
    changes.push(change);
    changed = applyChanges(changed, [change], from.name);
  }
  return changes;
}

/** The policy with some changes made. */
export function applyChanges(policy: Policy, changes: readonly Change[], name: string): Policy {
  return withValues(
    policy,
    name,
    changes.map(({ field, scope, to }) => ({ field, scope, value: to })),
  );
}
