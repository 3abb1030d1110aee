import type { SpanNode } from '../traces/trees';

/** One stay of a request at a service: a server span, with what its own process did folded into it. */
export interface Visit {
  readonly service: string;
  readonly pod: string;
  /** The span's name as traced. */
  readonly operation: string;
  readonly startUs: number;
  readonly durationUs: number;
  /** The part of the duration in which no call was out. */
  readonly selfUs: number;
  /** Steps in order; the calls of one step overlap. */
  readonly steps: readonly (readonly VisitCall[])[];
}

export interface VisitCall {
  readonly visit: Visit;
  /**
   * Client span minus server span; negative where rounding, or a clock that runs at another pace, made the server's
   * the longer one; undefined where only the server's was recorded.
   */
  readonly linkUs: number | undefined;
}

/** A call with its time on the caller's clock. */
interface TimedCall extends VisitCall {
  readonly startUs: number;
  readonly endUs: number;
}

/**
 * Folds a tree of spans into visits. A span whose parent belongs to another service is a server span; if its parent
 * makes no other call, that parent is the client span. Every other span is local work and belongs to its visit.
 */
export function visitOf(node: SpanNode): Visit {
  const { span } = node;
  const calls = callsUnder(node, node)
    .map((call) => ({
      ...call,
      startUs: Math.min(Math.max(call.startUs, span.startUs), span.endUs),
      endUs: Math.max(Math.min(call.endUs, span.endUs), span.startUs),
    }))
    .sort((a, b) => a.startUs - b.startUs);
  const durationUs = span.endUs - span.startUs;
  return {
    service: span.service,
    pod: span.pod,
    operation: span.operation,
    startUs: span.startUs,
    durationUs,
    selfUs: Math.max(0, durationUs - coveredUs(calls)),
    steps: stepsOf(calls),
  };
}

function callsUnder(node: SpanNode, server: SpanNode): TimedCall[] {
  const isRemote = (child: SpanNode) => child.span.service !== server.span.service;
  const remote = node.children.filter(isRemote);
  const local = node.children
    .filter((child) => !isRemote(child))
    .flatMap((child) => callsUnder(child, server));
  if (node !== server && remote.length === 1 && local.length === 0) {
    const visit = visitOf(remote[0]);
    const { startUs, endUs } = node.span;
    return [{ visit, startUs, endUs, linkUs: endUs - startUs - visit.durationUs }];
  }
  const unmeasured = remote.map((child) => {
    const { startUs, endUs } = child.span;
    return { visit: visitOf(child), startUs, endUs, linkUs: undefined };
  });
  return [...local, ...unmeasured];
}

/** Length of the union of the calls' intervals; the calls are sorted by start. */
function coveredUs(calls: readonly TimedCall[]): number {
  let covered = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { startUs, endUs } of calls) {
    if (endUs <= until) continue;
    covered += endUs - Math.max(startUs, until);
    until = endUs;
  }
  return covered;
}

/** Calls overlap in earnest when more than this share of the shorter one does; less is the jitter of a sequence. */
const PARALLEL_SHARE = 0.5;

function stepsOf(calls: readonly TimedCall[]): VisitCall[][] {
  const steps: TimedCall[][] = [];
  for (const call of calls) {
    const step = steps.at(-1);
    if (step?.some((other) => isParallel(other, call))) step.push(call);
    else steps.push([call]);
  }
  return steps.map((step) => step.map(({ visit, linkUs }) => ({ visit, linkUs })));
}

function isParallel(a: TimedCall, b: TimedCall): boolean {
  const overlap = Math.min(a.endUs, b.endUs) - Math.max(a.startUs, b.startUs);
  return overlap > PARALLEL_SHARE * Math.min(a.endUs - a.startUs, b.endUs - b.startUs);
}

/** The visit and all that it caused, in order. */
export function* visitsUnder(visit: Visit): Generator<Visit> {
  yield visit;
  for (const step of visit.steps) for (const call of step) yield* visitsUnder(call.visit);
}
