import { describe, expect, it } from 'vitest';
import { binary, getLocal, i32Const } from './build';
import type { Ir, IrStmt } from './ir';
import { rewriteAll } from './rewrite';

const label = { name: 'label' };
const one = i32Const(1);
const set: IrStmt = { op: 'set', index: 0, value: one };
const callee = { name: 'callee', params: [], results: [], locals: [], body: [] };

/** Each kind of statement, with how many constants and assignments of constants it holds. */
const statements: readonly [IrStmt, { constants: number; assignments: number }][] = [
  [set, { constants: 1, assignments: 1 }],
  [
    { op: 'set-global', index: 0, value: one },
    { constants: 1, assignments: 0 },
  ],
  [
    { op: 'store', address: one, offset: 0, value: one },
    { constants: 2, assignments: 0 },
  ],
  [
    { op: 'copy', to: one, from: one, bytes: 4 },
    { constants: 2, assignments: 0 },
  ],
  [
    { op: 'zero', at: one, bytes: one },
    { constants: 2, assignments: 0 },
  ],
  [
    { op: 'init', at: one, data: 0, bytes: 4 },
    { constants: 1, assignments: 0 },
  ],
  [
    { op: 'atomic', code: 'add', address: one, offset: 0, operands: [one, one] },
    { constants: 3, assignments: 0 },
  ],
  [
    { op: 'call', fn: callee, args: [one, one], results: [] },
    { constants: 2, assignments: 0 },
  ],
  [
    { op: 'if', condition: one, accept: [set], reject: [set, set] },
    { constants: 4, assignments: 3 },
  ],
  [
    { op: 'block', label, body: [set] },
    { constants: 1, assignments: 1 },
  ],
  [
    { op: 'loop', label, body: [set] },
    { constants: 1, assignments: 1 },
  ],
  [
    { op: 'br', label },
    { constants: 0, assignments: 0 },
  ],
  [
    { op: 'br-if', label, condition: one },
    { constants: 1, assignments: 0 },
  ],
  [
    { op: 'switch', selector: one, cases: [{ values: [1], body: [set] }], otherwise: [set] },
    { constants: 3, assignments: 2 },
  ],
  [
    { op: 'return', values: [one, one] },
    { constants: 2, assignments: 0 },
  ],
];

describe('rewriteAll', () => {
  it.each(statements)('reaches every part of %o', (statement, expected) => {
    const counted = { constants: 0, assignments: 0 };
    const same = rewriteAll([statement], {
      expr: (ir) => {
        if (ir.op === 'const') counted.constants++;
        return ir;
      },
      statement: (s) => {
        if (s.op === 'set') counted.assignments++;
        return [s];
      },
    });
    expect(counted).toEqual(expected);
    expect(same).toEqual([statement]);
  });

  it('rewrites expressions from the innermost out', () => {
    const load: Ir = {
      op: 'load',
      type: 'i32',
      address: binary('i32.add', getLocal('i32', 1), one),
      offset: 8,
    };
    const value: Ir = { op: 'select', type: 'i32', condition: load, a: one, b: getLocal('i32', 2) };
    const seen: string[] = [];
    rewriteAll([{ op: 'set', index: 0, value }], {
      expr: (ir) => {
        seen.push(ir.op);
        return ir;
      },
      statement: (s) => [s],
    });
    expect(seen).toEqual(['local', 'const', 'binary', 'load', 'const', 'local', 'select']);
  });

  it('puts any number of statements in place of one', () => {
    const twice = rewriteAll([set, { op: 'br', label }], {
      expr: (ir) => ir,
      statement: (s) => (s.op === 'set' ? [s, s] : []),
    });
    expect(twice).toEqual([set, set]);
  });
});
