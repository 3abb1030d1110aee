import { describe, expect, it } from 'vitest';
import { span } from '../testing/spans';
import type { Span } from './span';
import { growTrees } from './trees';

const ROOT = span('a', '', 'front/index', 0, 100);
const CALL = span('b', 'a', 'front/call', 10, 60);
const OTHER = span('z', '', 'front/index', 500, 600, { traceId: 'whole' });

describe('growing traces', () => {
  it('puts children under their parents, by time', () => {
    const early = span('c', 'a', 'front/early', 5, 6);
    const { roots } = growTrees([CALL, ROOT, early], false);
    expect(roots).toHaveLength(1);
    expect(roots[0].children.map(({ span }) => span.spanId)).toEqual(['c', 'b']);
  });

  const broken: [string, Span[], RegExp, object][] = [
    [
      'an orphan',
      [ROOT, span('b', 'lost', 'front/call', 10, 60, { mark: 7 })],
      /^spans:7:1: span b: its parent, span lost, is not in the file; .*--tolerate/,
      { orphanedTraces: 1 },
    ],
    ['no root', [CALL], /^spans:1:1: span b: trace t has no root span; /, { rootlessTraces: 1 }],
    [
      'two roots',
      [ROOT, span('r', '', 'front/again', 5, 9, { mark: 3 })],
      /^spans:3:1: span r: trace t has 2 root spans; /,
      { rootlessTraces: 1 },
    ],
    [
      'a span that ends before it starts',
      [ROOT, span('b', 'a', 'front/call', 60, 10)],
      /^spans:1:1: span b: the span ends 50 us before it starts; /,
      { reversedTraces: 1 },
    ],
  ];
  it.each(broken)('refuses a trace with %s, or leaves it out', (_, spans, message, counted) => {
    expect(() => growTrees([...spans, OTHER], false)).toThrow(message);
    const { roots, faults } = growTrees([...spans, OTHER], true);
    expect(roots.map((root) => root.span.traceId)).toEqual(['whole']);
    expect(faults).toMatchObject(counted);
  });

  it('refuses clocks that differ, or measures by how much: the trace stays', () => {
    const server = span('s', 'b', 'back/serve', 1060, 1070);
    expect(() => growTrees([ROOT, CALL, server], false)).toThrow(
      'span s: the clocks of back-0 and front-0 differ by 1000 us or more; ',
    );
    const { roots, faults } = growTrees([ROOT, CALL, server], true);
    expect(roots[0].children[0].children).toHaveLength(1);
    expect(faults).toMatchObject({ skewedSpans: 1, largestSkewUs: 1000 });
  });

  it('drops duplicates and what nobody waits for, and counts them', () => {
    const consumer = span('m', 'a', 'mail/send', 900, 950, { asynchronous: true });
    const { roots, faults } = growTrees([ROOT, CALL, CALL, consumer], false);
    expect(roots[0].children).toHaveLength(1);
    expect(faults).toMatchObject({ duplicateSpans: 1, asynchronousSpans: 1 });
  });

  it('needs at least one whole trace', () => {
    expect(() => growTrees([CALL], true)).toThrow('no trace is left that is whole');
  });
});
