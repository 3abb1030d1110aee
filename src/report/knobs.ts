import {
  type FieldName,
  type Knob,
  POLICY_FIELDS,
  type Policy,
  type Scenario,
  type Scope,
  writeValue,
} from '../system';
import type { KnobRow } from './document';

/** `mesh`, the service's name, or the call's. */
export function scopeName(scenario: Scenario, scope: Scope): string {
  if (scope.kind === 'mesh') return 'mesh';
  return scope.kind === 'service' ? scenario.services[scope.service].name : scenario.edges[scope.edge].name;
}

/** The scopes whose values reach this one, the narrowest first. */
function wider(scenario: Scenario, scope: Scope): Scope[] {
  if (scope.kind === 'mesh') return [scope];
  if (scope.kind === 'service') return [scope, { kind: 'mesh' }];
  return [scope, { kind: 'service', service: scenario.edges[scope.edge].to }, { kind: 'mesh' }];
}

const same = (a: Scope, b: Scope) => JSON.stringify(a) === JSON.stringify(b);

/** The value that a policy gives a field at a scope, as a user writes it; the field's default where it sets none. */
export function knobValue(scenario: Scenario, policy: Policy, field: FieldName, scope: Scope): string {
  for (const reach of wider(scenario, scope)) {
    const set = policy.values.find((value) => value.field === field && same(value.scope, reach));
    if (set) return shown(field, set.value);
  }
  if (field !== 'replicas') return shown(field, POLICY_FIELDS[field].default);
  return scope.kind === 'service' ? `${scenario.services[scope.service].replicas}` : 'as deployed';
}

function shown(field: FieldName, value: number): string {
  const written = writeValue(field, value);
  return typeof written === 'boolean' ? (written ? 'on' : 'off') : String(written);
}

/** One row for each knob that may turn and each value that one of the policies sets, mesh-wide ones first. */
export function knobRows(scenario: Scenario, policies: readonly Policy[]): KnobRow[] {
  const turned: Pick<Knob, 'field' | 'scope'>[] = [
    ...scenario.knobs,
    ...policies.flatMap((policy) => policy.values),
  ];
  const distinct = new Map(
    turned.map(({ field, scope }) => [JSON.stringify([scope, field]), { field, scope }]),
  );
  const order = { mesh: 0, service: 1, edge: 2 };
  return [...distinct.values()]
    .sort((a, b) => order[a.scope.kind] - order[b.scope.kind])
    .map(({ field, scope }) => ({
      scope: scopeName(scenario, scope),
      field,
      unit: POLICY_FIELDS[field].unit,
      values: policies.map((policy) => knobValue(scenario, policy, field, scope)),
    }));
}
