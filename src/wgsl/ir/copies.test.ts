import { describe, expect, it } from 'vitest';
import { getLocal, i32Const } from './build';
import { propagateCopies } from './copies';
import type { Ir, IrStmt } from './ir';

const local = (index: number): Ir => getLocal('i32', index);
const set = (index: number, value: Ir): IrStmt => ({ op: 'set', index, value });
const store = (value: Ir): IrStmt => ({ op: 'store', address: i32Const(0), offset: 0, value });
const loop = (...body: IrStmt[]): IrStmt => ({ op: 'loop', label: { name: 'again' }, body });

/** Locals 0 and 1 are parameters; 2 is a copy of 0, which is read again. */
function propagated(body: IrStmt[]): readonly IrStmt[] {
  const locals = ['i32', 'i32', 'i32'] as const;
  return propagateCopies({ name: 'f', params: ['i32', 'i32'], results: [], locals: [...locals], body }).body;
}

describe('propagateCopies', () => {
  it('reads the original, also further in, and drops the copy', () => {
    const then = (value: Ir): IrStmt => ({ op: 'if', condition: value, accept: [store(value)], reject: [] });
    expect(propagated([set(2, local(0)), store(local(0)), then(local(2))])).toEqual([
      store(local(0)),
      then(local(0)),
    ]);
  });

  it.each<[string, IrStmt[]]>([
    ['the original is assigned', [set(2, local(0)), store(local(0)), set(0, local(1)), store(local(2))]],
    ['the copy is assigned', [set(2, local(0)), store(local(0)), set(2, i32Const(1)), store(local(2))]],
    [
      'a loop assigns the original later',
      [set(2, local(0)), loop(store(local(2)), set(0, i32Const(1)), store(local(0)))],
    ],
    ['the original is read for the copy alone', [set(2, local(0)), store(local(2))]],
  ])('leaves alone what is read after: %s', (_, body) => {
    expect(propagated(body)).toEqual(body);
  });
});
