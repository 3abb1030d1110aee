import { describe, expect, it } from 'vitest';
import { binary, getLocal, i32Const } from './build';
import type { Ir, IrFunction, IrStmt, Label } from './ir';
import { threadSwitches } from './thread';
import { visitAll } from './visit';

const STATE = 0;
const OTHER = 1;
const state = getLocal('i32', STATE);
const other = getLocal('i32', OTHER);
const set = (index: number, value: number): IrStmt => ({ op: 'set', index, value: i32Const(value) });
const store: IrStmt = { op: 'store', address: i32Const(64), offset: 0, value: i32Const(7) };
const when = (condition: Ir, accept: IrStmt[], reject: IrStmt[] = []): IrStmt => ({
  op: 'if',
  condition,
  accept,
  reject,
});
const done: Label = { name: 'done' };

/** A machine of states 1, 2 and so on; state 0 ends it. */
function machine(
  states: readonly (readonly IrStmt[])[],
  { before = [], after = [] }: { before?: readonly IrStmt[]; after?: readonly IrStmt[] } = {},
): IrFunction {
  const dispatch: IrStmt = {
    op: 'switch',
    selector: state,
    cases: states.map((body, i) => ({ values: [i + 1], body })),
    otherwise: [{ op: 'br', label: done }],
  };
  const loop: IrStmt = { op: 'loop', label: { name: 'loop' }, body: [...before, dispatch, ...after] };
  const body: IrStmt[] = [{ op: 'block', label: done, body: [loop] }];
  return { name: 'f', params: ['i32', 'i32'], results: [], locals: ['i32', 'i32'], body };
}

/** For each case in its new order: its number, and the numbers of the cases it branches into. */
function ways(fn: IrFunction): [number, number[]][] {
  const found: [number, number[]][] = [];
  visitAll(threadSwitches(fn).body, {
    statement: (s) => {
      if (s.op !== 'switch') return;
      const byLabel = new Map(s.cases.map(({ label, values }) => [label, values[0]]));
      for (const { values, body } of s.cases) {
        const targets: number[] = [];
        visitAll(body, {
          statement: (inner) => {
            const target = inner.op === 'br' ? byLabel.get(inner.label) : undefined;
            if (target !== undefined) targets.push(target);
          },
        });
        found.push([values[0], targets]);
      }
    },
  });
  return found;
}

describe('threadSwitches', () => {
  it('branches from state to state, in an order in which that leads forward', () => {
    expect(ways(machine([[set(STATE, 0)], [set(STATE, 1)], [set(STATE, 2)]]))).toEqual([
      [3, [2]],
      [2, [1]],
      [1, []],
    ]);
  });

  it('leaves what leads back to the loop', () => {
    expect(ways(machine([[set(STATE, 2)], [set(STATE, 3)], [set(STATE, 1)]]))).toEqual([
      [1, [2]],
      [2, [3]],
      [3, []],
    ]);
  });

  it('follows each path through a case by itself', () => {
    const forked = [set(STATE, 2), when(other, [store, set(STATE, 3)]), set(OTHER, 5)];
    expect(ways(machine([forked, [set(STATE, 0)], [set(STATE, 0)]]))).toEqual([
      [1, [3, 2]],
      [2, []],
      [3, []],
    ]);
  });

  it('follows early exits, and executes what lies between two states', () => {
    const exit: Label = { name: 'exit' };
    const early: IrStmt[] = [{ op: 'block', label: exit, body: [set(STATE, 2), { op: 'br', label: exit }] }];
    const fn = machine([early, [set(STATE, 0)], [set(STATE, 0)]], {
      before: [when(binary('i32.eq', state, i32Const(9)), [store]), set(OTHER, 4)],
      after: [set(OTHER, 3)],
    });
    expect(new Map(ways(fn)).get(1)).toEqual([2]);
    expect(JSON.stringify(threadSwitches(fn))).toContain(
      JSON.stringify([
        set(STATE, 2),
        set(OTHER, 3),
        set(OTHER, 4),
        { op: 'br', label: { name: 'state' } },
      ]).slice(1, -1),
    );
  });

  const next = [set(STATE, 2)];
  const ends = [set(STATE, 0)];
  it.each<[string, IrFunction]>([
    ['the next state is not known', machine([[{ op: 'set', index: STATE, value: other }], ends, ends])],
    ['something with effects lies between', machine([next, ends, ends], { after: [store] })],
    [
      'a condition between is not known',
      machine([next, ends, ends], { before: [when(other, [set(STATE, 3)])] }),
    ],
    [
      'a call between may change the state',
      machine([[set(STATE, 2), { op: 'call', fn: machine([]), args: [], results: [STATE] }], ends, ends]),
    ],
    [
      'an inner loop lies between',
      machine([next, ends, ends], {
        after: [{ op: 'loop', label: { name: 'x' }, body: [{ op: 'br', label: done }] }],
      }),
    ],
    [
      'an inner loop changes the state',
      machine([
        [
          set(STATE, 2),
          {
            op: 'block',
            label: { name: 'b' },
            body: [
              {
                op: 'loop',
                label: { name: 'x' },
                body: [when(other, [{ op: 'br', label: done }]), set(STATE, 3)],
              },
            ],
          },
        ],
        ends,
        ends,
      ]),
    ],
  ])('leaves a case alone where %s', (_, fn) => {
    expect(ways(fn).map(([, targets]) => targets)).toEqual([[], [], []]);
  });
});
