import type { Policy, Scenario, Scope } from '../scenario/types';
import { type FieldName, POLICY_FIELDS } from './fields';

/** `mesh`, the service's name, or the call's. */
export function scopeName(scenario: Scenario, scope: Scope): string {
  if (scope.kind === 'mesh') return 'mesh';
  return scope.kind === 'service' ? scenario.services[scope.service].name : scenario.edges[scope.edge].name;
}

export function sameScope(a: Scope, b: Scope): boolean {
  return scopeKey(a) === scopeKey(b);
}

function scopeKey(scope: Scope): string {
  return scope.kind === 'mesh' ? 'mesh' : scope.kind === 'service' ? `s${scope.service}` : `e${scope.edge}`;
}

/** Distinguishes a field at a scope from every other. */
export function placeKey(field: FieldName, scope: Scope): string {
  return `${field}@${scopeKey(scope)}`;
}

/** The scopes whose values reach this one, the narrowest first. */
function reaching(scenario: Scenario, scope: Scope): Scope[] {
  if (scope.kind === 'mesh') return [scope];
  if (scope.kind === 'service') return [scope, { kind: 'mesh' }];
  return [scope, { kind: 'service', service: scenario.edges[scope.edge].to }, { kind: 'mesh' }];
}

/** Whether a value at one scope holds at another, narrower one where nothing narrower is said. */
export function reaches(scenario: Scenario, wide: Scope, narrow: Scope): boolean {
  return !sameScope(wide, narrow) && reaching(scenario, narrow).some((scope) => sameScope(scope, wide));
}

/**
 * The value that a policy gives a field at a scope, by the same precedence as `resolvePolicy`. The default of
 * `replicas` for the whole mesh is the most that any service deploys today.
 */
export function lookUp(scenario: Scenario, policy: Policy, field: FieldName, scope: Scope): number {
  for (const reach of reaching(scenario, scope)) {
    const set = policy.values.findLast((value) => value.field === field && sameScope(value.scope, reach));
    if (set) return set.value;
  }
  if (field !== 'replicas') return POLICY_FIELDS[field].default;
  if (scope.kind === 'service') return scenario.services[scope.service].replicas;
  return Math.max(...scenario.services.map(({ replicas }) => replicas));
}

/** A policy with some of its values replaced, or added where it has none at that place. */
export function withValues(policy: Policy, name: string, values: Policy['values']): Policy {
  const replaced = new Set(values.map(({ field, scope }) => placeKey(field, scope)));
  const kept = policy.values.filter(({ field, scope }) => !replaced.has(placeKey(field, scope)));
  return { name, values: [...kept, ...values] };
}
