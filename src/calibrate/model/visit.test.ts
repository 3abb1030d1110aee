import { describe, expect, it } from 'vitest';
import { span } from '../testing/spans';
import type { Span } from '../traces/span';
import { growTrees } from '../traces/trees';
import { type Visit, visitOf } from './visit';

const visit = (...spans: Span[]): Visit => visitOf(growTrees(spans, true).roots[0]);
const called = ({ steps }: Visit) => steps.map((step) => step.map((call) => call.visit.operation));

const ROOT = span('r', '', 'front/index', 0, 1000);

describe('a visit', () => {
  it('takes the link from client minus server, and self time from what no call covers', () => {
    const root = visit(
      ROOT,
      span('c', 'r', 'front/call', 100, 400),
      // The callee's clock is an hour ahead: it must not matter.
      span('s', 'c', 'back/serve', 3_600_000_200, 3_600_000_350),
    );
    expect(root).toMatchObject({ service: 'front', durationUs: 1000, selfUs: 700 });
    expect(root.steps[0][0]).toMatchObject({ linkUs: 150, visit: { operation: 'serve', durationUs: 150 } });
  });

  it('counts the time that parallel calls share once', () => {
    const root = visit(
      ROOT,
      span('c1', 'r', 'front/call', 100, 400),
      span('s1', 'c1', 'back/one', 110, 390),
      span('c2', 'r', 'front/call', 120, 600),
      span('s2', 'c2', 'back/two', 130, 590),
      span('c3', 'r', 'front/call', 590, 700),
      span('s3', 'c3', 'back/three', 600, 690),
    );
    // 590 to 600 is the jitter of a sequence, not parallel work.
    expect(called(root)).toEqual([['one', 'two'], ['three']]);
    expect(root.selfUs).toBe(1000 - 600);
  });

  it('sees through local spans, and takes a leaf for local work', () => {
    const root = visit(
      ROOT,
      span('h', 'r', 'front/handler', 50, 900),
      span('c1', 'h', 'front/call', 100, 300),
      span('s1', 'c1', 'back/one', 120, 280),
      span('q', 'h', 'front/query', 300, 400),
      span('c2', 'h', 'front/call', 400, 500),
      span('s2', 'c2', 'back/two', 420, 480),
    );
    expect(called(root)).toEqual([['one'], ['two']]);
    expect(root.selfUs).toBe(700);
  });

  it('does without client spans, but then knows no link', () => {
    const root = visit(ROOT, span('s', 'r', 'back/serve', 100, 300));
    expect(root).toMatchObject({ selfUs: 800, steps: [[{ linkUs: undefined }]] });
  });

  it('never has a negative self time', () => {
    const root = visit(ROOT, span('c', 'r', 'front/call', 0, 1200), span('s', 'c', 'back/serve', 0, 1201));
    expect(root.selfUs).toBe(0);
    expect(root.steps[0][0].linkUs).toBe(-1);
  });
});
