import type { ResolvedPolicy } from '../policy/resolve';
import { wordIndex } from '../policy/resolve';
import type { Fault, Scenario } from '../scenario/types';
import type { RecordReader, WindowName } from './reader';
import { recoveryOf } from './recovery';

const US_PER_S = 1_000_000;

/** How many targets of a fault a policy exposes: each fails at the fault's own rate. */
export function targetsOf(scenario: Scenario, policy: ResolvedPolicy, fault: Fault): number {
  switch (fault.kind) {
    case 'replica-crash':
      return replicasOf(scenario, policy, fault.service);
    case 'slow-replica':
    case 'error-replies':
      // With a share declared, one event hits that share of the service at once; else each replica fails alone.
      return fault.replicaShare > 0 ? 1 : replicasOf(scenario, policy, fault.service);
    case 'zone-outage':
      return fault.zone < 0 ? scenario.zones.length : 1;
    default:
      return 1;
  }
}

export function replicasOf(scenario: Scenario, policy: ResolvedPolicy, service: number): number {
  return policy.words[wordIndex(scenario, 'replicas', service)];
}

/**
 * Seconds of bad service that one event of the fault costs in one replication, beyond what the control suffers:
 * onset + steady share x (duration - onset) + recovery. The steady window stands for however long the fault lasts
 * beyond it; a fault that ends sooner is seen to its end, and what follows within the windows counts as it is. A system
 * that has not recovered by the end of the recovery window stays as bad as it was in the window's last quarter until
 * the scenario's `repairS` have passed since the window began.
 */
export function excessBadSeconds(
  scenario: Scenario,
  reader: RecordReader,
  policy: number,
  fault: number,
  replication: number,
): number {
  const { onsetUs, steadyUs, recoveryUs } = scenario.windows;
  const faulted = reader.episode(fault, replication);
  const control = reader.episode(-1, replication);
  const excess = (window: WindowName) =>
    reader.badShare(policy, faulted, [window]) - reader.badShare(policy, control, [window]);
  const onsetS = onsetUs / US_PER_S;
  const steadyS = Math.max(steadyUs / US_PER_S, scenario.faults[fault].durationS - onsetS);
  const recoveryS = recoveryUs / US_PER_S;
  const { never, tailExcess } = recoveryOf(scenario, reader, policy, fault, replication);
  const lingeringS = never ? tailExcess * Math.max(0, scenario.repairS - recoveryS) : 0;
  return excess('onset') * onsetS + excess('steady') * steadyS + excess('recovery') * recoveryS + lingeringS;
}

/** Minutes of downtime a year from one fault, in one replication. */
export function downtimeMinPerYear(
  scenario: Scenario,
  resolved: ResolvedPolicy,
  reader: RecordReader,
  policy: number,
  fault: number,
  replication: number,
): number {
  const declared = scenario.faults[fault];
  const eventsPerYear = declared.ratePerYear * targetsOf(scenario, resolved, declared);
  return (eventsPerYear * excessBadSeconds(scenario, reader, policy, fault, replication)) / 60;
}

/** US dollars a month for all replicas. */
export function costPerMonth(scenario: Scenario, policy: ResolvedPolicy): number {
  let cost = 0;
  scenario.services.forEach((service, s) => {
    cost += service.costPerReplica * replicasOf(scenario, policy, s);
  });
  return cost;
}
