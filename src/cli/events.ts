import type { Engine } from '../gpu';
import { describeEvent, eventLog, type Policy, resolvePolicy, type Scenario, type SimEvent } from '../system';
import type { Terminal } from './terminal';

export interface EventOptions {
  /** Index of the fault, -1 for none. */
  readonly fault: number;
  readonly replication: number;
  readonly seed: number;
  /** Leave out requests that got a good reply. */
  readonly failedOnly: boolean;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

/** Replays one episode and prints what happened in it, in order. */
export async function printEvents(
  engine: Engine,
  scenario: Scenario,
  policy: Policy,
  { fault, replication, seed, failedOnly, json, signal }: EventOptions,
  terminal: Terminal,
): Promise<void> {
  const resolved = resolvePolicy(scenario, policy);
  const all = await eventLog(engine, scenario, resolved, fault, replication, { seed, signal });
  const events = failedOnly ? withoutGood(all) : all;
  if (json) return terminal.printJson(events);
  const { dim, red, yellow } = terminal.colors;
  for (const event of events) {
    const words = describeEvent(scenario, event);
    const paint = event.kind === 'fault' ? yellow : isBad(event) ? red : String;
    terminal.print(`${dim(clockOf(event.timeUs))}  ${paint(words)}`);
  }
}

/** Seconds since the episode began, to the microsecond. */
function clockOf(timeUs: number): string {
  return `${(timeUs / 1_000_000).toFixed(6)} s`.padStart(13);
}

function isBad(event: SimEvent): boolean {
  return event.kind === 'request-done' && event.outcome !== 'good';
}

/** Everything of requests that ended late, failed or not at all, and what befell replicas, proxies and circuits. */
export function withoutGood(events: readonly SimEvent[]): SimEvent[] {
  const good = new Set<number>();
  for (const event of events)
    if (event.kind === 'request-done' && event.outcome === 'good') good.add(event.request);
  return events.filter((event) => !('request' in event && good.has(event.request)));
}
