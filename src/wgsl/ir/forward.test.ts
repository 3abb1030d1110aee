import { describe, expect, it } from 'vitest';
import { runBody } from '../testing/run';
import { binary, getLocal, i32Const } from './build';
import { forwardTemporaries } from './forward';
import type { Ir, IrStmt } from './ir';

const local = (index: number): Ir => getLocal('i32', index);
const add = (a: Ir, b: Ir): Ir => binary('i32.add', a, b);
const set = (index: number, value: Ir): IrStmt => ({ op: 'set', index, value });
const load = (address: Ir): Ir => ({ op: 'load', type: 'i32', address, offset: 0 });
const store = (address: Ir, value: Ir): IrStmt => ({ op: 'store', address, offset: 0, value });
const label = { name: 'exit' };

/** Local 0 is a parameter, locals 1 to 3 are not. */
function forwarded(body: IrStmt[]): readonly IrStmt[] {
  const locals = ['i32', 'i32', 'i32', 'i32'] as const;
  return forwardTemporaries({ name: 'f', params: ['i32'], results: [], locals: [...locals], body }).body;
}

describe('forwardTemporaries', () => {
  it('puts a value where it is used, through a chain of temporaries', () => {
    const body = [set(1, load(local(0))), set(2, add(local(1), i32Const(4))), store(local(0), local(2))];
    expect(forwarded(body)).toEqual([store(local(0), add(load(local(0)), i32Const(4)))]);
  });

  it('does so inside blocks, and for conditions', () => {
    const branch = (condition: Ir): IrStmt => ({ op: 'br-if', label, condition });
    const block = (body: IrStmt[]): IrStmt[] => [{ op: 'block', label, body }];
    expect(forwarded(block([set(1, load(local(0))), branch(local(1))]))).toEqual(
      block([branch(load(local(0)))]),
    );
  });

  it.each<[string, IrStmt[]]>([
    ['is read twice', [set(1, load(local(0))), store(local(1), local(1))]],
    ['is assigned twice', [set(1, i32Const(1)), store(local(0), local(1)), set(1, i32Const(2))]],
    ['is a parameter', [set(0, i32Const(1)), store(i32Const(8), local(0))]],
    ['is read after a store', [set(1, load(local(0))), store(local(0), i32Const(3)), set(2, local(1))]],
    [
      'is read inside the statement that follows, not by it',
      [
        set(1, load(local(0))),
        { op: 'if', condition: local(0), accept: [store(i32Const(0), local(1))], reject: [] },
      ],
    ],
    [
      'selects a case',
      [set(1, load(local(0))), { op: 'switch', selector: local(1), cases: [], otherwise: [] }],
    ],
  ])('leaves a local alone that %s', (_, body) => {
    expect(forwarded(body)).toEqual(body);
  });
});

describe('conditions made of && and ||', () => {
  const cases = Array.from({ length: 16 }, (_, i) => [i & 1, (i >> 1) & 1, (i >> 2) & 1, i >> 3]);
  it.each([
    ['a && b', (a: number, b: number) => a && b],
    ['a || b', (a: number, b: number) => a || b],
    ['!(a && b)', (a: number, b: number) => !(a && b)],
    ['!(a || b)', (a: number, b: number) => !(a || b)],
    ['(a && b) || (c && d)', (a: number, b: number, c: number, d: number) => (a && b) || (c && d)],
    ['(a || b) && !(c || d)', (a: number, b: number, c: number, d: number) => (a || b) && !(c || d)],
    ['a && (b || (c && d))', (a: number, b: number, c: number, d: number) => a && (b || (c && d))],
  ])('%s: decides an if, a while and a break', (condition, expected) => {
    const text = condition.replace(/\b[a-d]\b/g, (name) => `(bits[i] & ${2 ** 'abcd'.indexOf(name)}u) != 0u`);
    const out = runBody(
      `for (var i = 0u; i < 16u; i++) {
        if (${text}) { out[i] = 1u; } else { out[i] = 2u; }
        while (${text}) { out[i] += 4u; break; }
        loop { out[i] += 8u; if (out[i] > 30u) { break; } continuing { break if ${text}; } }
      }`,
      16,
      'var<private> bits: array<u32, 16> = array<u32, 16>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);',
    );
    expect([...out]).toEqual(
      cases.map(([a, b, c, d]) => {
        const holds = Boolean(expected(a, b, c, d));
        return (holds ? 1 + 4 : 2) + (holds ? 8 : 32);
      }),
    );
  });
});
