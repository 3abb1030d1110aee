import type { Scenario, SimEvent } from 'tardigrade';
import type { Span } from './api';

/** For how long each replica was ejected or not ready, and each breaker open; what proxies say of one thing is joined. */
export function spansOf(scenario: Scenario, events: readonly SimEvent[], endMs: number): Span[] {
  const open = new Map<string, { kind: Span['kind']; what: string; fromMs: number; holders: Set<number> }>();
  const spans: Span[] = [];
  const begin = (kind: Span['kind'], what: string, holder: number, timeUs: number) => {
    const key = `${kind} ${what}`;
    const known = open.get(key);
    if (known) known.holders.add(holder);
    else open.set(key, { kind, what, fromMs: timeUs / 1000, holders: new Set([holder]) });
  };
  const end = (kind: Span['kind'], what: string, holder: number, timeUs: number) => {
    const key = `${kind} ${what}`;
    const known = open.get(key);
    known?.holders.delete(holder);
    if (!known || known.holders.size > 0) return;
    open.delete(key);
    spans.push({ kind, what, fromMs: known.fromMs, toMs: timeUs / 1000 });
  };
  const called = (edge: number, replica: number) => `${scenario.edges[edge].name} #${replica + 1}`;
  for (const event of events) {
    const { timeUs } = event;
    if (event.kind === 'ejected') begin('ejected', called(event.edge, event.replica), event.proxy, timeUs);
    else if (event.kind === 'returned')
      end('ejected', called(event.edge, event.replica), event.proxy, timeUs);
    else if (event.kind === 'circuit')
      (event.openUntilUs === 0 ? end : begin)(
        'breaker open',
        scenario.edges[event.edge].name,
        event.proxy,
        timeUs,
      );
    else if (event.kind === 'readiness')
      (event.ready ? end : begin)(
        'not ready',
        `${scenario.services[event.service].name} #${event.replica + 1}`,
        0,
        timeUs,
      );
  }
  for (const { kind, what, fromMs } of open.values()) spans.push({ kind, what, fromMs, toMs: endMs });
  return spans.sort((a, b) => a.fromMs - b.fromMs);
}
