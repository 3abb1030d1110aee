import { type FieldName, POLICY_FIELDS, type ResolvedPolicy, wordIndex } from '../policy';
import type { FaultKind, Scenario } from '../scenario';

/** Parts of the kernel that are compiled in only where something uses them: names of its `@if` conditions. */
export const MECHANISMS = [
  'retries',
  'other_host',
  'hedging',
  'adaptive',
  'breaker',
  'ejection',
  'success_rate',
  'round_robin',
  'least_request',
  'rate_limit',
  'health',
] as const;
export type Mechanism = (typeof MECHANISMS)[number];

/** The field that turns each mechanism on, and the value that does (undefined: anything but 0). */
const SWITCHES: Record<Mechanism, readonly { field: FieldName; value?: number }[]> = {
  retries: [{ field: 'retries' }],
  other_host: [{ field: 'retryOtherHost' }],
  hedging: [{ field: 'hedgeDelay' }],
  adaptive: [{ field: 'adaptiveTimeout' }],
  breaker: [{ field: 'breakerFailures' }],
  ejection: [{ field: 'ejectConsecutive' }, { field: 'ejectSuccessRate' }],
  success_rate: [{ field: 'ejectSuccessRate' }],
  round_robin: [{ field: 'loadBalancing', value: 1 }],
  least_request: [{ field: 'loadBalancing', value: 2 }],
  rate_limit: [{ field: 'rateLimit' }],
  health: [{ field: 'healthInterval' }],
};

const FAULT_CONDITIONS: Record<FaultKind, readonly string[]> = {
  'replica-crash': ['replica_fault', 'down'],
  'zone-outage': ['replica_fault', 'down'],
  'link-latency': ['link_fault', 'link_latency'],
  'link-loss': ['link_fault', 'link_loss'],
  'slow-replica': ['replica_fault', 'slow_replica'],
  'error-replies': ['replica_fault', 'error_replies'],
  overload: ['extra_traffic'],
  'attack-flood': ['extra_traffic'],
};

/** The mechanisms that a policy of this scenario uses. */
export function mechanismsOf(scenario: Scenario, policy: ResolvedPolicy): Set<Mechanism> {
  const used = new Set<Mechanism>();
  for (const mechanism of MECHANISMS)
    for (const { field, value } of SWITCHES[mechanism]) {
      const owners = POLICY_FIELDS[field].scope === 'edge' ? scenario.edges : scenario.services;
      const isOn = (word: number) => (value === undefined ? word !== 0 : word === value);
      if (owners.some((_, owner) => isOn(policy.words[wordIndex(scenario, field, owner)])))
        used.add(mechanism);
    }
  return used;
}

/** The conditions that the kernel is linked with. */
export function conditionsOf(
  scenario: Scenario,
  mechanisms: ReadonlySet<Mechanism>,
  events: boolean,
): Record<string, boolean> {
  const faults = Object.entries(FAULT_CONDITIONS).map(
    ([kind, names]) => [names, scenario.faults.some((fault) => fault.kind === kind)] as const,
  );
  const on = (name: string) => faults.some(([names, used]) => used && names.includes(name));
  const names = [...new Set(Object.values(FAULT_CONDITIONS).flat())];
  return {
    ...Object.fromEntries(MECHANISMS.map((mechanism) => [mechanism, mechanisms.has(mechanism)])),
    ...Object.fromEntries(names.map((name) => [name, on(name)])),
    sent_time: mechanisms.has('hedging') || mechanisms.has('adaptive'),
    slowness: scenario.sharedSlowness > 0,
    faults: scenario.faults.length > 0,
    events,
  };
}
