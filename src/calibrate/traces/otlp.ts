import type { JsonSpan } from './json';
import { microsecondsOf, serviceOfPod } from './span';

/** OpenTelemetry's `SpanKind.SPAN_KIND_CONSUMER`, as a number and by name. */
const CONSUMER: readonly unknown[] = [5, 'SPAN_KIND_CONSUMER'];

interface Attribute {
  key?: string;
  value?: { stringValue?: string };
}

interface OtlpSpan {
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  name?: string;
  kind?: unknown;
  startTimeUnixNano?: string | number;
  endTimeUnixNano?: string | number;
}

interface ResourceSpans {
  resource?: { attributes?: Attribute[] };
  scopeSpans?: { spans?: OtlpSpan[] }[];
}

/**
 * Spans of OTLP's JSON encoding (opentelemetry-proto, `TracesData`). The service is the resource's `service.name`,
 * the replica its `k8s.pod.name` or `service.instance.id`.
 * @returns undefined where the document is of another format.
 */
export function otlpSpans(document: unknown): JsonSpan[] | undefined {
  const resources = (document as { resourceSpans?: ResourceSpans[] } | null)?.resourceSpans;
  if (!Array.isArray(resources)) return undefined;
  return resources.flatMap(({ resource, scopeSpans }) => {
    const attribute = (key: string) => resource?.attributes?.find((a) => a.key === key)?.value?.stringValue;
    const pod = attribute('k8s.pod.name') ?? attribute('service.instance.id');
    const service = attribute('service.name') ?? (pod ? serviceOfPod(pod) : 'unknown');
    return (scopeSpans ?? []).flatMap(({ spans }) =>
      (spans ?? []).map((span) => ({
        traceId: span.traceId ?? '',
        spanId: span.spanId ?? '',
        parentId: span.parentSpanId ?? '',
        service,
        pod: pod ?? service,
        operation: span.name ?? '',
        startUs: microsecondsOf(span.startTimeUnixNano ?? ''),
        endUs: microsecondsOf(span.endTimeUnixNano ?? ''),
        asynchronous: CONSUMER.includes(span.kind),
      })),
    );
  });
}
