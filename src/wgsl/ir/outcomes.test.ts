import { describe, expect, it } from 'vitest';
import { binary, getLocal, i32Const, unary } from './build';
import type { Ir, IrStmt } from './ir';
import { threadOutcomes } from './outcomes';
import { visitAll } from './visit';

const local = (index: number): Ir => getLocal('i32', index);
const set = (index: number, value: Ir): IrStmt => ({ op: 'set', index, value });
const store = (value: number): IrStmt => ({
  op: 'store',
  address: local(0),
  offset: 0,
  value: i32Const(value),
});
const choice = (condition: Ir, accept: IrStmt[], reject: IrStmt[] = []): IrStmt => ({
  op: 'if',
  condition,
  accept,
  reject,
});
const label = { name: 'exit' };
const leave: IrStmt = { op: 'br', label };
const block = (...body: IrStmt[]): IrStmt => ({ op: 'block', label, body });
const less: Ir = binary('i32.lt_u', local(0), i32Const(9));

/** Local 0 is a parameter; local 1 is the outcome. */
function threaded(body: IrStmt[]): readonly IrStmt[] {
  return threadOutcomes({ name: 'f', params: ['i32'], results: [], locals: ['i32', 'i32', 'i32'], body })
    .body;
}

/** How often the statements read local 1. */
function reads(body: readonly IrStmt[]): number {
  let count = 0;
  visitAll(body, {
    expr: (ir) => {
      if (ir.op === 'local' && ir.index === 1) count++;
    },
  });
  return count;
}

const undecided = choice(local(0), [set(1, i32Const(1))], [store(3), set(1, less)]);

describe('threadOutcomes', () => {
  it('branches in each path by what that sets', () => {
    const [next, otherwise] = [{ name: 'next' }, { name: 'else' }];
    expect(threaded([undecided, choice(local(1), [store(1)])])).toEqual([
      {
        op: 'block',
        label: otherwise,
        body: [
          {
            op: 'block',
            label: next,
            body: [
              choice(
                local(0),
                [{ op: 'br', label: next }],
                [
                  store(3),
                  { op: 'br-if', label: otherwise, condition: unary('i32.eqz', less) },
                  { op: 'br', label: next },
                ],
              ),
            ],
          },
          store(1),
        ],
      },
    ]);
  });

  it.each<[string, IrStmt[]]>([
    ['an if with two arms', [undecided, choice(local(1), [store(1)], [store(2)])]],
    ['a branch', [block(undecided, { op: 'br-if', label, condition: unary('i32.eqz', local(1)) }, store(1))]],
    ['a comparison', [undecided, choice(binary('i32.eq', local(1), i32Const(1)), [store(1)])]],
    [
      'the left side of an &&',
      [
        undecided,
        choice({ op: 'choose', type: 'i32', condition: local(1), a: less, b: i32Const(0) }, [store(1)]),
      ],
    ],
    [
      'a block that is left early',
      [
        block(choice(local(0), [set(1, i32Const(0)), leave]), store(3), set(1, less)),
        choice(local(1), [store(1)]),
      ],
    ],
  ])('asks no more for the outcome: %s', (_, body) => {
    expect(reads(threaded(body))).toBe(0);
  });

  it('still sets what is read later', () => {
    const after = threaded([undecided, choice(local(1), [store(1)]), set(2, local(1))]);
    expect(reads(after)).toBe(2);
    let sets = 0;
    visitAll(after, {
      statement: (s) => {
        if (s.op === 'set' && s.index === 1) sets++;
      },
    });
    expect(sets).toBe(2);
  });

  it.each<[string, IrStmt[]]>([
    ['a path that does not set it', [choice(local(0), [set(1, i32Const(1))]), choice(local(1), [store(1)])]],
    ['something between', [undecided, store(4), choice(local(1), [store(1)])]],
    [
      'an exit that is taken without setting it',
      [
        set(1, i32Const(1)),
        block(choice(local(0), [store(3), leave]), set(1, less)),
        choice(local(1), [store(1)]),
      ],
    ],
    [
      'no path that decides',
      [choice(local(0), [set(1, less)], [set(1, local(0))]), choice(local(1), [store(1)])],
    ],
    ['a condition that reads more', [undecided, choice(binary('i32.lt_u', local(1), local(0)), [store(1)])]],
  ])('leaves alone: %s', (_, body) => {
    expect(threaded(body)).toEqual(body);
  });
});
