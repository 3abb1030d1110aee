import type { Span, SpanFile } from '../traces/span';

const FILE: SpanFile = {
  name: 'spans',
  locate: ({ mark, spanId }) => ({ file: 'spans', line: mark, column: 1, path: `span ${spanId}` }),
};

/** A span of trace `t`, service from the operation `service/operation`, times in microseconds. */
export function span(
  spanId: string,
  parentId: string,
  operation: string,
  startUs: number,
  endUs: number,
  more: Partial<Span> = {},
): Span {
  const [service, name] = operation.split('/');
  return {
    traceId: 't',
    spanId,
    parentId,
    service,
    pod: `${service}-0`,
    operation: name,
    startUs,
    endUs,
    asynchronous: false,
    file: FILE,
    mark: 1,
    ...more,
  };
}
