import type { Distribution, Scenario } from '../../system';
import { uniformStream } from '../model/random';

/** A span to be written in some format; times in whole microseconds. */
export interface RecordedSpan {
  traceId: string;
  spanId: string;
  parentId: string;
  service: string;
  operation: string;
  startUs: number;
  endUs: number;
}

function sample(distribution: Distribution, u: number): number {
  if (distribution.kind === 'constant') return distribution.valueUs;
  if (distribution.kind !== 'quantiles') throw new Error('the recorder knows constants and quantiles');
  const { at, valuesUs } = distribution;
  const i = at.findIndex((p, index) => index > 0 && p >= u);
  return Math.round(
    valuesUs[i - 1] + ((u - at[i - 1]) / (at[i] - at[i - 1])) * (valuesUs[i] - valuesUs[i - 1]),
  );
}

/**
 * Traces as the scenario's system would leave them if nobody ever waited: a known truth to calibrate against.
 * @param clockUs by service, how far its clock is ahead
 */
export function recordTraces(
  scenario: Scenario,
  requests: number,
  seed: number,
  clockUs: Record<string, number> = {},
): RecordedSpan[] {
  const uniform = uniformStream(seed);
  const spans: RecordedSpan[] = [];
  let own = 0;
  const draw = (distribution: Distribution) => {
    const shared = uniform() < scenario.sharedSlowness;
    const fresh = uniform();
    return sample(distribution, shared ? own : fresh);
  };

  /** Records a server span that starts at `startUs`, and what it causes; returns when it ends. */
  const serve = (traceId: string, parentId: string, index: number, startUs: number): number => {
    const operation = scenario.operations[index];
    const service = scenario.services[operation.service].name;
    const span = open(traceId, parentId, service, operation.name);
    let nowUs = startUs + draw(operation.self);
    for (const step of operation.steps) {
      const ends = step.map((call) => {
        let at = nowUs;
        if (uniform() < call.probability)
          for (let i = 0; i < call.times; i++) {
            const client = open(traceId, span.spanId, service, `call ${call.operation}`);
            const delayUs = draw(scenario.edges[call.edge].delay);
            const there = Math.floor(delayUs / 2);
            const begun = at;
            at = serve(traceId, client.spanId, call.operation, at + there) + delayUs - there;
            close(client, begun, at);
          }
        return at;
      });
      nowUs = Math.max(nowUs, ...ends);
    }
    close(span, startUs, nowUs);
    return nowUs;
  };
  const open = (traceId: string, parentId: string, service: string, operation: string): RecordedSpan => {
    const spanId = (spans.length + 1).toString(16).padStart(16, '0');
    const span = { traceId, spanId, parentId, service, operation, startUs: 0, endUs: 0 };
    spans.push(span);
    return span;
  };
  const close = (span: RecordedSpan, startUs: number, endUs: number) => {
    span.startUs = startUs + (clockUs[span.service] ?? 0);
    span.endUs = endUs + (clockUs[span.service] ?? 0);
  };

  for (let i = 0; i < requests; i++) {
    const traceId = (i + 1).toString(16).padStart(32, '0');
    const requestClass = classAt(scenario, uniform());
    own = uniform();
    serve(traceId, '', requestClass.operation, 1_600_000_000_000_000 + (i * 1e6) / scenario.ratePerS);
  }
  return spans;
}

/** The class of the request that is drawn at u, 0 <= u < 1. */
function classAt(scenario: Scenario, u: number): Scenario['classes'][number] {
  let upTo = 0;
  for (const requestClass of scenario.classes) {
    upTo += requestClass.share;
    if (u < upTo) return requestClass;
  }
  return scenario.classes[0];
}

/** The pod that a service's spans come from. */
export const podOf = (service: string) => `${service}-6d5f7c9b68-abcde`;

export function toCsv(spans: readonly RecordedSpan[]): string {
  const lines = spans.map((span) =>
    [
      span.traceId,
      span.spanId,
      span.parentId === '' ? 'root' : span.parentId,
      podOf(span.service),
      span.operation,
      `${span.startUs}000`,
      `${span.endUs}000`,
      span.endUs - span.startUs,
    ].join(','),
  );
  const header = 'TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration';
  return [header, ...lines, ''].join('\n');
}

export function toOtlp(spans: readonly RecordedSpan[]): string {
  const services = [...new Set(spans.map((span) => span.service))];
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const resourceSpans = services.map((service) => ({
    resource: {
      attributes: [attribute('service.name', service), attribute('k8s.pod.name', podOf(service))],
    },
    scopeSpans: [
      {
        spans: spans
          .filter((span) => span.service === service)
          .map((span) => ({
            traceId: span.traceId,
            spanId: span.spanId,
            parentSpanId: span.parentId,
            name: span.operation,
            kind: span.operation.startsWith('call ') ? 3 : 2,
            startTimeUnixNano: `${span.startUs}000`,
            endTimeUnixNano: `${span.endUs}000`,
          })),
      },
    ],
  }));
  return JSON.stringify({ resourceSpans }, undefined, 1);
}

export function toJaeger(spans: readonly RecordedSpan[]): string {
  const traces = [...new Set(spans.map((span) => span.traceId))];
  const data = traces.map((traceID) => {
    const own = spans.filter((span) => span.traceId === traceID);
    return {
      traceID,
      processes: Object.fromEntries(
        own.map(({ service }) => [
          service,
          { serviceName: service, tags: [{ key: 'hostname', value: podOf(service) }] },
        ]),
      ),
      spans: own.map((span) => ({
        traceID,
        spanID: span.spanId,
        operationName: span.operation,
        references: span.parentId === '' ? [] : [{ refType: 'CHILD_OF', traceID, spanID: span.parentId }],
        startTime: span.startUs,
        duration: span.endUs - span.startUs,
        processID: span.service,
      })),
    };
  });
  return JSON.stringify({ data });
}
