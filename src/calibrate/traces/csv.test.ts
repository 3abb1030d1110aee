import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvSpans } from './csv';

const HEADER = 'TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration';
const ROOT =
  't1,s1,root,front-5bd9c7f6d4-x2z9k,shop.Front/Index,1661273974730641486,1661273975415194516,684553';
const CHILD =
  't1,s2,s1,front-5bd9c7f6d4-x2z9k,"SELECT ""a"", b",1661273974730744351,1661273974737125575,6381';

function read(...chunks: string[]): CsvSpans {
  const csv = new CsvSpans('traces.csv');
  for (const chunk of chunks) csv.push(chunk);
  csv.end();
  return csv;
}

describe('CSV traces', () => {
  it('are read to the microsecond', () => {
    const { spans } = read(`${HEADER}\n${ROOT}\n${CHILD}\n`);
    expect(spans).toMatchObject([
      {
        traceId: 't1',
        spanId: 's1',
        parentId: '',
        service: 'front',
        pod: 'front-5bd9c7f6d4-x2z9k',
        operation: 'shop.Front/Index',
        startUs: 1661273974730641,
        endUs: 1661273975415194,
        mark: 2,
      },
      { spanId: 's2', parentId: 's1', operation: 'SELECT "a", b', mark: 3 },
    ]);
  });

  it('may have a byte order mark, carriage returns, blank lines and columns in another order', () => {
    const { spans } = read(
      '\uFEFFSpanID,TraceID,ParentID,OperationName,PodName,StartTimeUnixNano,EndTimeUnixNano\r\n',
      's1,t1,,op,db-0,1000,2000\r\n\r\n',
    );
    expect(spans).toMatchObject([
      { traceId: 't1', spanId: 's1', parentId: '', service: 'db', operation: 'op', startUs: 1, endUs: 2 },
    ]);
  });

  it('give the same spans however the stream is cut', () => {
    const whole = `${HEADER}\n${ROOT}\n${CHILD}`;
    const expected = read(whole).spans.map(({ file: _, ...span }) => span);
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const chunks = at.slice(1).map((end, i) => whole.slice(at[i], end));
        expect(read(...chunks).spans.map(({ file: _, ...span }) => span)).toEqual(expected);
      }),
    );
  });

  it('are refused where they are not what the header says', () => {
    expect(() => read('trace,span\n')).toThrow('traces.csv:1:1: the header has no column TraceID, SpanID');
    expect(() => read(`${HEADER}\n${ROOT}\nt1,s2\n`)).toThrow(
      'traces.csv:3:1: this line has 2 fields, the header 8',
    );
    expect(() => read(`${HEADER}\nt1,s1,root,a,b,soon,2,3\n`)).toThrow(
      "traces.csv:2:16: StartTimeUnixNano: 'soon' is no time",
    );
  });
});
