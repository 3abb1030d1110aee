import type { Scenario } from '../scenario';
import type { CallSite, SimEvent } from './event-log';

const REASONS: Record<string, string> = {
  'caller-gone': 'the replica that made it is gone',
  'no-replica': 'no replica is left to send it to',
  'max-requests': 'too many requests of this proxy are in flight (maxRequests)',
  'circuit-open': 'the circuit is open',
  'retries-used': 'no retries are left',
  budget: 'too many retries are under way (retry budget)',
};

const OUTCOMES: Record<string, string> = {
  ok: 'answered',
  error: 'failed',
  timeout: 'timed out',
  'call-timeout': 'ended by the time-out of the whole call',
  cancelled: 'no longer needed, the other attempt answered',
};

const ms = (us: number) => `${(us / 1000).toFixed(3)} ms`;

/** The event in words, without its time: "request 17: frontend -> cart get, attempt 1 to cart[0] by proxy 2". */
export function describeEvent(scenario: Scenario, event: SimEvent): string {
  const request = (number: number) =>
    number >= 2 ** 31 ? `extra request ${number - 2 ** 31}` : `request ${number}`;
  const edge = (e: number) => scenario.edges[e].name;
  const called = (e: number, replica: number) =>
    `${scenario.services[scenario.edges[e].to].name}[${replica}]`;
  const call = (site: CallSite) =>
    `${request(site.request)}: ${edge(site.edge)} ${scenario.operations[site.operation].name}`;
  switch (event.kind) {
    case 'request':
      return `${request(event.request)} arrives (${scenario.classes[event.requestClass].name})`;
    case 'request-done':
      return `${request(event.request)} ends ${event.outcome} after ${ms(event.latencyUs)}`;
    case 'attempt':
      return `${call(event)}, attempt ${event.attempt + 1} to ${called(event.edge, event.replica)} by proxy ${event.proxy}`;
    case 'attempt-done':
      return `${call(event)}, attempt at ${called(event.edge, event.replica)} ${OUTCOMES[event.outcome]}`;
    case 'served':
      return `${call(event)}, own work done at ${called(event.edge, event.replica)}`;
    case 'refused':
      return `${call(event)}, refused by ${called(event.edge, event.replica)}`;
    case 'lost':
      return `${call(event)}, ${event.reply ? 'reply of' : 'request to'} ${called(event.edge, event.replica)} lost, ${event.againUs > 0 ? `sent again after ${ms(event.againUs)}` : 'given up'}`;
    case 'retry':
      return `${call(event)}, retry in ${ms(event.waitUs)}`;
    case 'retry-denied':
      return `${call(event)}, not retried: ${REASONS[event.reason]}`;
    case 'rejected':
      return `${call(event)}, not sent: ${REASONS[event.reason]}`;
    case 'ejected':
      return `${edge(event.edge)}, proxy ${event.proxy} ejects ${called(event.edge, event.replica)}`;
    case 'returned':
      return `${edge(event.edge)}, proxy ${event.proxy} takes ${called(event.edge, event.replica)} back`;
    case 'circuit':
      return event.openUntilUs === 0
        ? `${edge(event.edge)}, proxy ${event.proxy} closes its circuit`
        : `${edge(event.edge)}, proxy ${event.proxy} opens its circuit until ${ms(event.openUntilUs)}`;
    case 'fault':
      return `the fault ${event.active ? 'begins' : 'ends'}`;
    case 'readiness':
      return `${scenario.services[event.service].name}[${event.replica}] is ${event.ready ? 'ready again' : 'no longer ready'}`;
  }
}
