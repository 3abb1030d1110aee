import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JsonSpans } from './json';

const span = (fields: object) => ({ traceId: 't', spanId: 's', name: 'op', kind: 2, ...fields });
const otlp = (...spans: object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeSpans: [{ spans }],
    },
  ],
});
const TIMES = { startTimeUnixNano: '1544712660000000999', endTimeUnixNano: '1544712661000000000' };

describe('OTLP traces', () => {
  it('are read to the microsecond', () => {
    const { spans } = new JsonSpans('a.json', JSON.stringify(otlp(span(TIMES))));
    expect(spans).toMatchObject([
      {
        service: 'shop',
        pod: 'shop',
        parentId: '',
        startUs: 1544712660000000,
        endUs: 1544712661000000,
        asynchronous: false,
      },
    ]);
  });

  it('may come one document a line', () => {
    const lines = ['a', 'b'].map((spanId) => JSON.stringify(otlp(span({ ...TIMES, spanId }))));
    const { spans } = new JsonSpans('a.jsonl', `${lines.join('\n')}\n`);
    expect(spans.map(({ spanId }) => spanId)).toEqual(['a', 'b']);
  });

  it('tell messages that nobody waits for', () => {
    const { spans } = new JsonSpans('a.json', JSON.stringify(otlp(span({ ...TIMES, kind: 5 }))));
    expect(spans[0].asynchronous).toBe(true);
  });

  it('are located by the id of the span', () => {
    const text = JSON.stringify(
      otlp(span({ ...TIMES, spanId: 'x', parentSpanId: 'y' }), span(TIMES)),
      null,
      1,
    );
    const file = new JsonSpans('a.json', text);
    const { line, column } = file.locate(file.spans[1]);
    expect(text.split('\n')[line - 1].slice(column - 1)).toBe('"spanId": "s",');
  });
});

describe('JSON that holds no traces', () => {
  it('is refused, with its place', () => {
    const read = (text: string) => new JsonSpans('a.json', text);
    expect(() => read('{"a": 1}')).toThrow('a.json:1:1: this JSON holds no traces');
    expect(() => read('{\n "a" 1}')).toThrow(/^a\.json:2:6: not valid JSON: unexpected "1"/);
    expect(() => read('{\n "a": 1')).toThrow('a.json:2:8: not valid JSON: it ends too early');
    expect(() => read(`${JSON.stringify(otlp(span(TIMES)))}\n{"resourceSpans": [}\n`)).toThrow(
      /^a\.json:2:20: not valid JSON/,
    );
    expect(() => read(JSON.stringify(otlp(span({}))))).toThrow(/span s: the span has no start or no end/);
  });
});

describe('traces of other projects', () => {
  const folder = new URL('../../../../shared/data/traces/', import.meta.url);
  const read = (name: string) => new JsonSpans(name, readFileSync(new URL(name, folder), 'utf8')).spans;

  it.skipIf(!existsSync(folder))('are read (../shared/data/traces; skipped where it is absent)', () => {
    expect(read('otlp-example.json')).toMatchObject([
      { service: 'my.service', operation: "I'm a server span", startUs: 1544712660000000 },
    ]);
    expect(read('otlp-spans.json').map(({ operation }) => operation)).toContain('test-general-conversion-2');
    const jaeger = read('jaeger-trace.json');
    expect(jaeger.map(({ service }) => service)).toContain('ride-sharing-app');
    expect(jaeger[0]).toMatchObject({
      operation: 'OrderVehicle',
      parentId: '',
      startUs: 1660049722779884,
      endUs: 1660049722779884 + 1181596,
    });
  });
});
