import { describe, expect, it } from 'vitest';
import { binary, getLocal, i32Const, select } from './build';
import type { Ir, IrFunction, IrStmt } from './ir';
import { joinPairs } from './pairs';
import { visitAll } from './visit';

const local = (index: number): Ir => getLocal('i32', index);
const set = (index: number, value: Ir): IrStmt => ({ op: 'set', index, value });
const word = (offset: number): Ir => ({ op: 'load', type: 'i32', address: local(0), offset });
const store = (offset: number, value: Ir): IrStmt => ({ op: 'store', address: local(0), offset, value });
const isLess = (high: 'i32.lt_u' | 'i32.lt_s', [a0, a1, b0, b1]: readonly Ir[]): Ir => ({
  op: 'choose',
  type: 'i32',
  condition: binary(high, a1, b1),
  a: i32Const(1),
  b: select(binary('i32.eq', a1, b1), binary('i32.lt_u', a0, b0), i32Const(0)),
});
const pairs = [1, 2, 3, 4].map(local);
const then = (condition: Ir): IrStmt => ({
  op: 'if',
  condition,
  accept: [store(64, i32Const(1))],
  reject: [],
});

/** Local 0 is a parameter; locals 1 and 2, and 3 and 4, are halves. */
function joined(body: IrStmt[]): IrFunction {
  return joinPairs({ name: 'f', params: ['i32'], results: [], locals: Array(5).fill('i32'), body });
}

function codes({ body }: IrFunction): string[] {
  const found: string[] = [];
  visitAll(body, {
    statement: (s) => {
      if (s.op === 'store') found.push(`store ${s.value.type}`);
    },
    expr: (ir) => {
      if (ir.op === 'load') found.push(`load ${ir.type}`);
      if (ir.op === 'binary') found.push(ir.code);
    },
  });
  return found;
}

const loads = [set(1, word(0)), set(2, word(4)), set(4, word(12)), set(3, word(8))];

describe('joinPairs', () => {
  it('loads, compares and stores both words as one', () => {
    const body = [...loads, then(isLess('i32.lt_u', pairs)), store(16, pairs[0]), store(20, pairs[1])];
    expect(codes(joined(body))).toEqual(['load i64', 'load i64', 'i64.lt_u', 'store i32', 'store i64']);
  });

  it.each<[string, IrStmt[]]>([
    ['words compared as signed', [...loads, then(isLess('i32.lt_s', pairs))]],
    [
      'halves that are also assigned alone',
      [...loads, set(1, word(16)), set(4, word(16)), then(isLess('i32.lt_u', pairs))],
    ],
    [
      'halves that are assigned together, then one of them right after and the other further on',
      [
        ...[...loads.slice(0, 2), set(1, word(16)), then(pairs[0]), set(2, word(20))],
        then(isLess('i32.lt_u', [pairs[0], pairs[1], i32Const(5), i32Const(9)])),
      ],
    ],
    [
      'halves the other way round, with other parts equal',
      [...loads, then(isLess('i32.lt_u', [pairs[0], pairs[1], pairs[2], pairs[1]]))].slice(2),
    ],
  ])('leaves alone: %s', (_, body) => {
    expect(codes(joined(body)).filter((code) => code.includes('i64'))).toEqual([]);
  });

  it('makes one number of words that do not lie side by side', () => {
    const body = [set(1, word(4)), set(2, word(0)), ...loads.slice(2), then(isLess('i32.lt_u', pairs))];
    expect(codes(joined(body))).toContain('i64.or');
  });
});
