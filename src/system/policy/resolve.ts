import type { Policy, Scenario } from '../scenario/types';
import { EDGE_FIELDS, type FieldName, POLICY_FIELDS, SERVICE_FIELDS } from './fields';

/**
 * A policy with a value for every field of every edge and service: the row of u32 words that the simulator reads.
 *
 * Layout: `[edge 0: EDGE_FIELDS][edge 1: EDGE_FIELDS]...[service 0: SERVICE_FIELDS]...`.
 */
export interface ResolvedPolicy {
  readonly name: string;
  readonly words: Uint32Array;
}

/** Number of u32 words in a resolved policy of this scenario. */
export function policyWords(scenario: Scenario): number {
  return scenario.edges.length * EDGE_FIELDS.length + scenario.services.length * SERVICE_FIELDS.length;
}

/** Index of a field's word for an edge or a service (by the field's own scope). */
export function wordIndex(scenario: Scenario, field: FieldName, owner: number): number {
  return POLICY_FIELDS[field].scope === 'edge'
    ? owner * EDGE_FIELDS.length + EDGE_FIELDS.indexOf(field)
    : scenario.edges.length * EDGE_FIELDS.length +
        owner * SERVICE_FIELDS.length +
        SERVICE_FIELDS.indexOf(field);
}

/**
 * Fills in every field: the default, then mesh-wide values, then those of the callee's or own service, then those of
 * the edge. A service's replicas default to what the scenario deploys today.
 */
export function resolvePolicy(scenario: Scenario, policy: Policy): ResolvedPolicy {
  const words = new Uint32Array(policyWords(scenario));
  const set = (field: FieldName, owner: number, value: number) => {
    words[wordIndex(scenario, field, owner)] = value;
  };
  for (const field of EDGE_FIELDS)
    scenario.edges.forEach((_, e) => set(field, e, POLICY_FIELDS[field].default));
  for (const field of SERVICE_FIELDS)
    scenario.services.forEach((service, s) =>
      set(field, s, field === 'replicas' ? service.replicas : POLICY_FIELDS[field].default),
    );
  for (const kind of ['mesh', 'service', 'edge'] as const)
    for (const { scope, field, value } of policy.values) {
      if (scope.kind !== kind) continue;
      const ownersAreEdges = POLICY_FIELDS[field].scope === 'edge';
      if (scope.kind === 'mesh')
        (ownersAreEdges ? scenario.edges : scenario.services).forEach((_, owner) => set(field, owner, value));
      else if (scope.kind === 'edge') set(field, scope.edge, value);
      else if (ownersAreEdges)
        scenario.edges.forEach((edge, e) => {
          if (edge.to === scope.service) set(field, e, value);
        });
      else set(field, scope.service, value);
    }
  return { name: policy.name, words };
}
