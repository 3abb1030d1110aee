import { type Fault, OBJECTIVE_UNITS, policySpace, type Scenario, sizedProfiles } from 'tardigrade';
import type { ContestantView, FaultView, ScenarioView } from './api';
import { isGraded } from './conditions';

/** The contestant that the scenario's author wrote: fixed thresholds, so one of the rules. */
export const TODAY: ContestantView = { id: 'today', label: 'What runs today', school: 'rule-based' };

/** A checked scenario as the page draws it. */
export function viewOf(scenario: Scenario): ScenarioView {
  const { windows } = scenario;
  return {
    name: scenario.name,
    source: scenario.source,
    zones: scenario.zones,
    services: scenario.services.map(({ name, workers }) => ({ name, workers })),
    edges: scenario.edges.map(({ name, from, to }) => ({ name, from, to })),
    faults: scenario.faults.map((fault) => faultView(scenario, fault)),
    contestants: [TODAY, ...sizedProfiles(scenario).map(({ id, label, school }) => ({ id, label, school }))],
    objectives: scenario.objectives.map((name) => ({ name, unit: OBJECTIVE_UNITS[name] })),
    genes: policySpace(scenario).space.variables.length,
    ratePerS: scenario.ratePerS,
    faultStartMs: (windows.warmupUs + windows.healthyUs) / 1000,
    faultLastsMs: (windows.onsetUs + windows.steadyUs) / 1000,
  };
}

function faultView(scenario: Scenario, fault: Fault): FaultView {
  return { name: fault.name, kind: fault.kind, graded: isGraded(fault), effect: effectOf(scenario, fault) };
}

/** Links that are named; more are counted. */
const MOST_LINKS = 2;

function effectOf(scenario: Scenario, fault: Fault): string {
  const service = scenario.services[fault.service]?.name;
  const links =
    fault.edges.length > MOST_LINKS
      ? `${fault.edges.length} links`
      : fault.edges.map((edge) => scenario.edges[edge].name).join(', ');
  const percent = `${Math.round(fault.probability * 1000) / 10} %`;
  switch (fault.kind) {
    case 'replica-crash':
      return `a replica of ${service} is down`;
    case 'zone-outage':
      return fault.zone < 0 ? 'a whole zone is down' : `zone ${scenario.zones[fault.zone]} is down`;
    case 'link-latency':
      return `${fault.delayUs / 1000} ms more on ${links}`;
    case 'link-loss':
      return `${percent} of messages lost on ${links}`;
    case 'slow-replica':
      return `${service} takes ${fault.factor} times as long`;
    case 'error-replies':
      return `${percent} of replies of ${service} are errors`;
    case 'overload':
      return `${fault.factor} times the traffic`;
    case 'attack-flood':
      return `${fault.attackRate} hostile requests a second`;
  }
}
