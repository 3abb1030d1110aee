import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryAfter } from '../testing/random-ir';
import { getLocal, i32Const, unary } from './build';
import { branchByPieces, ifByPieces } from './conditions';
import type { Ir, IrFunction, IrModule, IrStmt } from './ir';

/** A condition over eight bits. */
type Condition =
  | { readonly bit: number }
  | { readonly not: Condition }
  | { readonly both: boolean; readonly left: Condition; readonly right: Condition };

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.nat(7).map((bit): Condition => ({ bit })),
    tie('condition').map((not): Condition => ({ not })),
    fc
      .tuple(fc.boolean(), tie('condition'), tie('condition'))
      .map(([both, left, right]): Condition => ({ both, left, right })),
  ),
}));

function irOf(c: Condition): Ir {
  if ('bit' in c) return getLocal('i32', 3 + c.bit);
  if ('not' in c) return unary('i32.eqz', irOf(c.not));
  const [left, right] = [irOf(c.left), irOf(c.right)];
  return c.both
    ? { op: 'choose', type: 'i32', condition: left, a: right, b: i32Const(0) }
    : { op: 'choose', type: 'i32', condition: left, a: i32Const(1), b: right };
}

function outcomeOf(c: Condition, bits: number): boolean {
  if ('bit' in c) return ((bits >> c.bit) & 1) === 1;
  if ('not' in c) return !outcomeOf(c.not, bits);
  return c.both
    ? outcomeOf(c.left, bits) && outcomeOf(c.right, bits)
    : outcomeOf(c.left, bits) || outcomeOf(c.right, bits);
}

const store = (offset: number, value: number): IrStmt => ({
  op: 'store',
  address: i32Const(0),
  offset,
  value: i32Const(value),
});

/** What the statements leave in the first three words, run with locals that hold the bits. */
function wordsAfter(bits: number, statements: readonly IrStmt[]): number[] {
  const set = Array.from(
    { length: 8 },
    (_, bit): IrStmt => ({ op: 'set', index: 3 + bit, value: i32Const((bits >> bit) & 1) }),
  );
  const run: IrFunction = {
    name: 'run',
    params: ['i32', 'i32', 'i32'],
    results: [],
    locals: Array.from({ length: 11 }, () => 'i32'),
    body: [...set, ...statements],
  };
  const module: IrModule = { functions: [run], run, globals: [], data: [], sharedMemory: false };
  return [...new Int32Array(memoryAfter(module).buffer, 0, 3)];
}

it('comes to the arm that the condition chooses, and branches on the outcome asked for', () => {
  fc.assert(
    fc.property(condition, fc.nat(255), (c, bits) => {
      const left = (outcome: boolean, offset: number): IrStmt => {
        const label = { name: 'left' };
        const body = [store(offset, 1), ...branchByPieces(outcome, irOf(c), label), store(offset, 0)];
        return { op: 'block', label, body };
      };
      const choice = ifByPieces({
        op: 'if',
        condition: irOf(c),
        accept: [store(0, 1)],
        reject: [store(0, 0)],
      });
      const value = outcomeOf(c, bits);
      expect(wordsAfter(bits, [choice, left(true, 4), left(false, 8)])).toEqual(
        [value, value, !value].map(Number),
      );
    }),
  );
});

it('evaluates the right side only where the left does not decide', () => {
  const trap: Ir = { op: 'load', type: 'i32', address: i32Const(-8), offset: 0 };
  const never = irOf({ both: true, left: { bit: 0 }, right: { bit: 1 } });
  if (never.op !== 'choose') throw new Error('a condition of two sides chooses');
  const choice = ifByPieces({
    op: 'if',
    condition: { ...never, a: trap },
    accept: [store(0, 1)],
    reject: [store(0, 2)],
  });
  expect(wordsAfter(0, [choice])[0]).toBe(2);
  expect(() => wordsAfter(1, [choice])).toThrow(WebAssembly.RuntimeError);
});
