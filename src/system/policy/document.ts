import { Document } from 'yaml';
import { conform, didYouMean, type Path, parseYaml, type YamlSource } from '../../text';
import { edgeName, indexOfName } from '../scenario/names';
import type { Edge, Policy, Scenario, Scope, Service } from '../scenario/types';
import { FIELD_NAMES, type FieldName, POLICY_FIELDS } from './fields';
import { policyFileSchema, type WrittenPolicy, type WrittenValue } from './schema';
import { readValue, writeValue } from './values';

type Values = Policy['values'][number][];

/** What the names in a policy refer to. */
export interface Owners {
  readonly services: readonly Service[];
  readonly edges: readonly Edge[];
}

/** Whether a field may be set at a scope: a call has no replicas. */
export function fieldFits(field: FieldName, scope: Scope): boolean {
  return scope.kind !== 'edge' || POLICY_FIELDS[field].scope === 'edge';
}

/** The most replicas that a value at this scope may ask for. */
export function mostReplicas(scope: Scope, { services }: Owners): number {
  const hit = scope.kind === 'service' ? [services[scope.service]] : services;
  return Math.min(...hit.map(({ maxReplicas }) => maxReplicas));
}

function readScope(
  source: YamlSource,
  path: Path,
  scope: Scope,
  written: Record<string, WrittenValue>,
  owners: Owners,
): Values {
  return Object.entries(written).map(([name, value]) => {
    const at = [...path, name];
    const field = name as FieldName;
    if (!FIELD_NAMES.includes(field))
      throw source.keyError(at, `there is no policy field '${name}'`, didYouMean(name, FIELD_NAMES, 'field'));
    if (!fieldFits(field, scope))
      throw source.keyError(at, `${name} belongs to a service, not to a call`, 'set it under services');
    const read = readValue(field, value);
    if (typeof read === 'string') throw source.complaint(at, read);
    const most = mostReplicas(scope, owners);
    if (field === 'replicas' && read > most)
      throw source.error(at, `${read} replicas are over maxReplicas`, `stay at or below ${most}`);
    return { scope, field, value: read };
  });
}

/**
 * A written policy with names resolved.
 * @param path where in the document it stands
 */
export function readPolicy(
  source: YamlSource,
  path: Path,
  name: string,
  written: WrittenPolicy,
  owners: Owners,
): Policy {
  const values = readScope(source, [...path, 'mesh'], { kind: 'mesh' }, written.mesh, owners);
  for (const [key, fields] of Object.entries(written.services)) {
    const at = [...path, 'services', key];
    const service = indexOfName(source, at, key, owners.services, 'service', true);
    values.push(...readScope(source, at, { kind: 'service', service }, fields, owners));
  }
  for (const [key, fields] of Object.entries(written.calls)) {
    const at = [...path, 'calls', key];
    const edge = indexOfName(source, at, edgeName(key), owners.edges, 'call', true);
    values.push(...readScope(source, at, { kind: 'edge', edge }, fields, owners));
  }
  return { name, values };
}

/**
 * Reads a policy.yaml for a scenario.
 * @throws UserError with the place of the first mistake
 */
export function loadPolicy(text: string, file: string, scenario: Scenario): Policy {
  const source = parseYaml(text, file);
  const { name, ...written } = conform(policyFileSchema, source);
  return readPolicy(source, [], name, written, scenario);
}

/** The policy as policy.yaml: fields in their usual order, units as people write them. `loadPolicy` reads it back. */
export function writePolicy(scenario: Scenario, policy: Policy): string {
  const fieldsAt = (matches: (scope: Scope) => boolean) => {
    const fields: Record<string, unknown> = {};
    for (const field of FIELD_NAMES)
      for (const value of policy.values)
        if (value.field === field && matches(value.scope)) fields[field] = writeValue(field, value.value);
    return fields;
  };
  const byName = (things: readonly { name: string }[], matches: (scope: Scope, index: number) => boolean) =>
    Object.fromEntries(
      things
        .map((thing, i) => [thing.name, fieldsAt((scope) => matches(scope, i))] as const)
        .filter(([, fields]) => Object.keys(fields).length > 0),
    );
  const document = new Document({
    name: policy.name,
    mesh: fieldsAt((scope) => scope.kind === 'mesh'),
    services: byName(scenario.services, (scope, i) => scope.kind === 'service' && scope.service === i),
    calls: byName(scenario.edges, (scope, i) => scope.kind === 'edge' && scope.edge === i),
  });
  document.commentBefore = ` Fault-tolerance policy for ${scenario.name}. A value under calls wins over services, services over mesh.`;
  return document.toString({ lineWidth: 0 });
}
