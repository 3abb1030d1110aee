import {
  type FieldName,
  lookUp,
  POLICY_FIELDS,
  type Policy,
  type Scenario,
  type Scope,
  scopeName,
  writeValue,
} from '../system';
import type { KnobRow } from './document';

/** A field's value as people write it, switches as on and off. */
export function fieldText(field: FieldName, value: number): string {
  const written = writeValue(field, value);
  return typeof written === 'boolean' ? (written ? 'on' : 'off') : String(written);
}

/** One row for each knob that may turn and each value that one of the policies sets, mesh-wide ones first. */
export function knobRows(scenario: Scenario, policies: readonly Policy[]): KnobRow[] {
  const turned: { field: FieldName; scope: Scope }[] = [
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
      values: policies.map((policy) => fieldText(field, lookUp(scenario, policy, field, scope))),
    }));
}
