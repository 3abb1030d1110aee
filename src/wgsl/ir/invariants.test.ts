import { describe, expect, it } from 'vitest';
import { binary, getLocal, i32Const, select } from './build';
import { keepInvariants } from './invariants';
import type { Ir, IrFunction, IrModule, IrStmt } from './ir';

const local = (index: number): Ir => getLocal('i32', index);
const set = (index: number, value: Ir): IrStmt => ({ op: 'set', index, value });
const store = (value: Ir): IrStmt => ({ op: 'store', address: i32Const(0), offset: 0, value });
const loop = (...body: IrStmt[]): IrStmt => ({ op: 'loop', label: { name: 'again' }, body });
const times = (count: number, s: IrStmt): IrStmt[] => Array.from({ length: count }, () => s);
const load = (offset: number): Ir => ({ op: 'load', type: 'i32', address: local(0), offset });
const lesser = (a: Ir, b: Ir): Ir => select(binary('i32.lt_u', a, b), a, b);
const plus = (a: Ir, b: Ir): Ir => binary('i32.add', a, b);

/** Global 1 is the channel that values go through. */
const through = (index: number, value: Ir): IrStmt[] => [
  { op: 'set-global', index: 1, value },
  set(index, { op: 'global', type: 'i32', index: 1 }),
];

/** Locals 0 and 1 are parameters, 2 and 3 may be lets; the next one is new. */
function kept(...body: IrStmt[]): IrModule {
  const locals = ['i32', 'i32', 'i32', 'i32'] as const;
  const run: IrFunction = { name: 'run', params: ['i32', 'i32'], results: [], locals: [...locals], body };
  return keepInvariants({ functions: [run], run, globals: ['i32'], data: [], sharedMemory: false });
}

describe('keepInvariants', () => {
  it('computes an expression after the last let that it reads, and uses it in the loop', () => {
    const clamp = lesser(local(2), local(3));
    const { run, functions, globals } = kept(
      set(2, load(0)),
      set(3, load(4)),
      store(clamp),
      loop(...times(4, store(plus(clamp, load(8))))),
    );
    expect(run.body).toEqual([
      set(2, load(0)),
      set(3, load(4)),
      ...through(4, clamp),
      store(clamp),
      loop(...times(4, store(plus(local(4), load(8))))),
    ]);
    expect(functions).toEqual([run]);
    expect(globals).toEqual(['i32', 'i32']);
  });

  it('computes what parameters alone decide at the entry, and a let in its place', () => {
    const sum = plus(local(0), local(1));
    const last = plus(load(4), i32Const(-1));
    const uses = [...times(4, store(sum)), ...times(4, store(load(8))), ...times(4, store(local(2)))];
    expect(kept(set(2, last), loop(...uses)).run.body).toEqual([
      ...through(4, sum),
      ...through(2, last),
      loop(...times(4, store(local(4))), ...times(4, store(load(8))), ...times(4, store(local(2)))),
    ]);
  });

  it('computes in the outer loop what the inner one alone does not change', () => {
    const sum = plus(local(2), i32Const(1));
    const inner = (value: Ir): IrStmt => loop(...times(4, store(value)));
    expect(kept(loop(set(2, load(0)), inner(sum))).run.body).toEqual([
      loop(set(2, load(0)), ...through(4, sum), inner(local(4))),
    ]);
  });

  it.each<[string, IrStmt[]]>([
    ['is used seldom', [loop(...times(3, store(plus(local(0), local(1)))))]],
    ['is in no loop', times(9, store(plus(local(0), local(1))))],
    [
      'the loop changes',
      [set(2, load(0)), loop(...times(4, store(plus(local(2), local(1)))), set(2, load(4)))],
    ],
    ['the loop assigns', [loop(set(2, load(0)), ...times(4, store(plus(local(2), local(1)))))]],
    ['may have changed in memory', [loop(...times(4, store(plus(load(0), local(1)))))]],
    ['may trap', [loop(...times(4, store(binary('i32.div_u', local(0), local(1)))))]],
    ['is as good as a local', [set(2, load(0)), loop(...times(4, store(local(2))))]],
  ])('leaves alone what %s', (_, body) => {
    expect(kept(...body).run.body).toEqual(body);
  });
});
