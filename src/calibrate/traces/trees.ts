import { UserError } from '../../text';
import type { Span } from './span';

/** A span with what it caused. */
export interface SpanNode {
  readonly span: Span;
  readonly children: SpanNode[];
}

/** How many traces or spans were set right or left out, by what was wrong with them. */
export interface TraceFaults {
  /** Spans that were there twice; the first was kept. */
  duplicateSpans: number;
  /** Messages that nobody waits for, left out with what they caused. */
  asynchronousSpans: number;
  /** Traces left out because a span's parent is missing. */
  orphanedTraces: number;
  /** Traces left out because they have no root, or several. */
  rootlessTraces: number;
  /** Traces left out because a span ends before it starts. */
  reversedTraces: number;
  /** Spans that lie wholly outside their caller's: the clocks of two pods disagree. Durations are right all the same. */
  skewedSpans: number;
  /** The largest such disagreement seen, in microseconds. */
  largestSkewUs: number;
}

export interface TraceForest {
  readonly roots: readonly SpanNode[];
  readonly faults: TraceFaults;
}

type Problem = 'orphanedTraces' | 'rootlessTraces' | 'reversedTraces' | 'skewedSpans';

const EXPORT_WHOLE = 'export whole traces, or pass --tolerate to leave such traces out and be told how many';

/**
 * Puts the spans of each trace together.
 *
 * A span whose caller is missing, a trace without one root, and a span that ends before it starts make the figures
 * wrong; clocks that disagree do not, since only durations are compared between pods, but they should be known.
 * @param tolerate leave broken traces out and count them, instead of refusing the file
 * @throws UserError at the first such span, unless `tolerate`; and where no trace is left.
 */
export function growTrees(spans: readonly Span[], tolerate: boolean): TraceForest {
  const faults: TraceFaults = {
    duplicateSpans: 0,
    asynchronousSpans: 0,
    orphanedTraces: 0,
    rootlessTraces: 0,
    reversedTraces: 0,
    skewedSpans: 0,
    largestSkewUs: 0,
  };
  const note = (problem: Problem, span: Span, what: string, mend: string) => {
    if (!tolerate) throw new UserError(what, mend, span.file.locate(span));
    faults[problem]++;
  };

  const roots: SpanNode[] = [];
  for (const trace of groupByTrace(spans, faults).values()) {
    const root = growTree([...trace.values()], faults, note);
    if (root) roots.push(root);
  }
  if (roots.length === 0)
    throw new UserError(
      'no trace is left that is whole',
      'export whole traces',
      spans[0].file.locate(spans[0]),
    );
  roots.sort((a, b) => a.span.startUs - b.span.startUs);
  return { roots, faults };
}

function groupByTrace(spans: readonly Span[], faults: TraceFaults): Map<string, Map<string, SpanNode>> {
  const traces = new Map<string, Map<string, SpanNode>>();
  for (const span of spans) {
    let trace = traces.get(span.traceId);
    if (!trace) {
      trace = new Map();
      traces.set(span.traceId, trace);
    }
    if (trace.has(span.spanId)) faults.duplicateSpans++;
    else trace.set(span.spanId, { span, children: [] });
  }
  return traces;
}

function growTree(
  nodes: readonly SpanNode[],
  faults: TraceFaults,
  note: (problem: Problem, span: Span, what: string, mend: string) => void,
): SpanNode | undefined {
  const byId = new Map(nodes.map((node) => [node.span.spanId, node]));
  const tops: SpanNode[] = [];
  for (const node of nodes) {
    const { span } = node;
    if (span.endUs < span.startUs) {
      const mend = 'the clock jumped; pass --tolerate to leave such traces out';
      note('reversedTraces', span, `the span ends ${span.startUs - span.endUs} us before it starts`, mend);
      return undefined;
    }
    if (span.parentId === '') tops.push(node);
  }
  if (tops.length !== 1) {
    const { span } = tops[1] ?? nodes[0];
    const what = tops.length === 0 ? 'no root span' : `${tops.length} root spans`;
    note('rootlessTraces', span, `trace ${span.traceId} has ${what}`, EXPORT_WHOLE);
    return undefined;
  }
  for (const node of nodes) {
    const { span } = node;
    if (span.parentId === '') continue;
    const parent = byId.get(span.parentId);
    if (!parent) {
      note('orphanedTraces', span, `its parent, span ${span.parentId}, is not in the file`, EXPORT_WHOLE);
      return undefined;
    }
    if (span.asynchronous) faults.asynchronousSpans++;
    else {
      parent.children.push(node);
      noteSkew(span, parent.span, faults, note);
    }
  }
  const [root] = tops;
  sortChildren(root);
  return root;
}

function noteSkew(
  span: Span,
  caller: Span,
  faults: TraceFaults,
  note: (problem: Problem, span: Span, what: string, mend: string) => void,
): void {
  if (span.pod === caller.pod) return;
  const skewUs = Math.max(caller.startUs - span.endUs, span.startUs - caller.endUs);
  if (skewUs <= 0) return;
  faults.largestSkewUs = Math.max(faults.largestSkewUs, skewUs);
  note(
    'skewedSpans',
    span,
    `the clocks of ${span.pod} and ${caller.pod} differ by ${skewUs} us or more`,
    'synchronise them, or pass --tolerate: only durations are compared between pods',
  );
}

function sortChildren(node: SpanNode): void {
  node.children.sort((a, b) => a.span.startUs - b.span.startUs);
  for (const child of node.children) sortChildren(child);
}
