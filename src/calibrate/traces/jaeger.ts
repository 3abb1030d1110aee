import type { JsonSpan } from './json';

interface JaegerSpan {
  traceID?: string;
  spanID?: string;
  operationName?: string;
  references?: { refType?: string; spanID?: string }[];
  /** Microseconds since 1970. */
  startTime?: number;
  /** Microseconds. */
  duration?: number;
  processID?: string;
  tags?: { key?: string; value?: unknown }[];
}

interface JaegerTrace {
  spans?: JaegerSpan[];
  processes?: Record<string, { serviceName?: string; tags?: { key?: string; value?: unknown }[] }>;
}

/**
 * Spans as Jaeger's query API returns them: `{ data: [trace, ...] }`, or one trace by itself.
 * @returns undefined where the document is of another format.
 */
export function jaegerSpans(document: unknown): JsonSpan[] | undefined {
  const data = (document as { data?: JaegerTrace | JaegerTrace[] } | null)?.data ?? (document as JaegerTrace);
  const traces = Array.isArray(data) ? data : [data];
  if (traces.length === 0 || !traces.every((trace) => Array.isArray(trace?.spans))) return undefined;
  return traces.flatMap(({ spans = [], processes = {} }) =>
    spans.map((span) => {
      const process = processes[span.processID ?? ''];
      const service = process?.serviceName ?? 'unknown';
      const pod = process?.tags?.find((tag) => tag.key === 'k8s.pod.name' || tag.key === 'hostname')?.value;
      const startUs = span.startTime ?? Number.NaN;
      return {
        traceId: span.traceID ?? '',
        spanId: span.spanID ?? '',
        parentId: span.references?.find((reference) => reference.refType === 'CHILD_OF')?.spanID ?? '',
        service,
        pod: typeof pod === 'string' ? pod : service,
        operation: span.operationName ?? '',
        startUs,
        endUs: startUs + (span.duration ?? Number.NaN),
        asynchronous: span.tags?.some((tag) => tag.key === 'span.kind' && tag.value === 'consumer') ?? false,
      };
    }),
  );
}
