import type { Fault, Scenario } from '../system';
import { formatDuration } from '../text';
import type { ScenarioSummary } from './document';
import { percent, plain } from './figures';

/** What of a scenario a reader of the result must know to judge it. */
export function summarize(scenario: Scenario): ScenarioSummary {
  const { name, source, zones, proxies, ratePerS, repairS, sharedSlowness, services, edges } = scenario;
  return {
    name,
    source,
    zones: [...zones],
    proxies,
    ratePerS,
    repairS,
    sharedSlowness,
    classes: scenario.classes.map((c) => ({
      name: c.name,
      share: c.share,
      objectiveMs: c.objectiveUs / 1000,
    })),
    services: services.map((service) => ({
      name: service.name,
      replicas: service.replicas,
      workers: service.workers,
      workersAssumed: service.workersAssumed,
      costPerReplica: service.costPerReplica,
    })),
    calls: edges.map(({ from, to }) => ({
      from: from < 0 ? null : services[from].name,
      to: services[to].name,
    })),
    faults: scenario.faults.map((fault) => ({
      name: fault.name,
      kind: fault.kind,
      ratePerYear: fault.ratePerYear,
      durationS: fault.durationS,
      what: describeFault(scenario, fault),
    })),
  };
}

/** Target and magnitude of a fault in words. */
export function describeFault(scenario: Scenario, fault: Fault): string {
  const service = scenario.services[fault.service]?.name;
  // A share too small for one replica still hits one.
  const hit =
    fault.replicaShare === 0 ? `one replica of ${service}` : `${percent(fault.replicaShare)} of ${service}`;
  const links = () => fault.edges.map((edge) => scenario.edges[edge].name).join(', ');
  switch (fault.kind) {
    case 'replica-crash':
      return `one replica of ${service}`;
    case 'zone-outage':
      return fault.zone < 0 ? `one zone of ${scenario.zones.length}` : `zone ${scenario.zones[fault.zone]}`;
    case 'link-latency':
      return `+${formatDuration(fault.delayUs)} on ${links()}`;
    case 'link-loss':
      return `${percent(fault.probability)} of messages on ${links()}`;
    case 'slow-replica':
      return `${hit}, ${plain(fault.factor)} times slower`;
    case 'error-replies':
      return `${percent(fault.probability)} errors from ${hit}`;
    case 'overload':
      return `${plain(fault.factor)} times the traffic`;
    case 'attack-flood':
      return `${plain(fault.attackRate)} hostile requests/s of ${scenario.classes[fault.requestClass].name}`;
  }
}
