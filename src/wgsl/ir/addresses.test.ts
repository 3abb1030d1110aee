import { describe, expect, it } from 'vitest';
import { runBody } from '../testing/run';
import { foldAddresses } from './addresses';
import { binary, elementAddress, getLocal, i32Const, select } from './build';
import type { Ir, IrStmt } from './ir';

/** Parameters: the address of an array, and two numbers of which nothing is known. Then a local for a let. */
const array = getLocal('i32', 0);
const x = getLocal('i32', 1);
const y = getLocal('i32', 2);
const LET = 3;
const held = getLocal('i32', LET);

const add = (a: Ir, b: Ir | number): Ir => binary('i32.add', a, typeof b === 'number' ? i32Const(b) : b);
const and = (a: Ir, mask: number): Ir => binary('i32.and', a, i32Const(mask));
const times = (a: Ir, factor: number): Ir => binary('i32.mul', a, i32Const(factor));
const lesser = (a: Ir, b: number): Ir => select(binary('i32.lt_u', a, i32Const(b)), a, i32Const(b));
const load = (index: Ir): IrStmt => ({
  op: 'set',
  index: 4,
  value: { op: 'load', type: 'i32', address: elementAddress(array, index, 4), offset: 0 },
});

function folded(...body: IrStmt[]): readonly IrStmt[] {
  const params = ['i32', 'i32', 'i32'] as const;
  return foldAddresses({ name: 'f', params, results: [], locals: [...params, 'i32', 'i32'], body }).body;
}

/** The index and offset of the one load, undefined where they are what they were. */
function found(index: Ir): { index: Ir; offset: number } | undefined {
  const [s] = folded(load(index));
  if (s.op !== 'set' || s.value.op !== 'load') throw new Error('the load is gone');
  if (JSON.stringify([s]) === JSON.stringify([load(index)])) return undefined;
  const { address, offset } = s.value;
  const distance = address.op === 'binary' && address.a.op === 'binary' ? address.a.a : i32Const(0);
  return { index: distance, offset };
}

describe('foldAddresses', () => {
  it('moves constants that cannot wrap into the offset, with the masks that are proven idle', () => {
    expect(found(and(add(and(x, 15), 3), 31))).toEqual({ index: and(x, 15), offset: 12 });
    expect(found(and(add(times(and(x, 3), 10), 30), 63))).toEqual({
      index: times(and(x, 3), 10),
      offset: 120,
    });
    expect(found(add(and(y, 3), add(and(x, 15), 3)))?.offset).toBe(12);
  });

  it('keeps masks and clamps that may be needed', () => {
    expect(found(and(add(and(x, 15), 3), 15))).toBeUndefined();
    expect(found(and(x, 31))).toBeUndefined();
  });

  it('moves nothing out of a sum that may wrap', () => {
    expect(found(add(x, 1))).toBeUndefined();
    expect(found(add(add(and(x, 3), 5), -5))).toBeUndefined();
  });

  it('takes a constant out of a mask where the base has no bits there, even if the base wraps', () => {
    const even = add(times(x, 2), 64);
    expect(found(and(add(even, 1), 255))).toEqual({ index: and(even, 255), offset: 4 });
    expect(found(and(add(even, 3), 255))).toEqual({ index: and(add(even, 2), 255), offset: 4 });
    expect(found(and(add(times(x, 3), 1), 255))).toBeUndefined();
  });

  it('lets the fields of a record share one address through the local that holds its index', () => {
    const record: IrStmt = { op: 'set', index: LET, value: add(times(and(x, 7), 8), 100) };
    const base = getLocal('i32', 5);
    const at = (offset: number): IrStmt => ({
      op: 'set',
      index: 4,
      value: { op: 'load', type: 'i32', address: add(times(base, 4), array), offset },
    });
    expect(folded(record, load(and(add(held, 1), 255)), load(and(add(held, 2), 255)))).toEqual([
      { op: 'set', index: 5, value: times(and(x, 7), 8) },
      { op: 'set', index: LET, value: add(base, 100) },
      at(404),
      at(408),
    ]);
  });

  it('drops a clamp that is proven idle, and no other', () => {
    const index: IrStmt = { op: 'set', index: LET, value: add(and(x, 15), 3) };
    expect(JSON.stringify(folded(index, load(lesser(held, 18))))).not.toContain('lt_u');
    expect(folded(index, load(lesser(held, 17)))).toEqual([index, load(lesser(held, 17))]);
  });

  it.each<[string, IrStmt[]]>([
    [
      'is assigned twice',
      [
        { op: 'set', index: LET, value: add(and(x, 7), 1) },
        load(held),
        { op: 'set', index: LET, value: i32Const(9) },
      ],
    ],
    ['is read before it is assigned', [load(held), { op: 'set', index: LET, value: add(and(x, 7), 1) }]],
    [
      'is assigned on one path only',
      [
        { op: 'if', condition: x, accept: [{ op: 'set', index: LET, value: add(and(x, 7), 1) }], reject: [] },
        load(held),
      ],
    ],
  ])('does not look through a local that %s', (_, body) => {
    expect(folded(...body)).toEqual(body);
  });
});

describe('indices that wrap or lie out of bounds', () => {
  it('reach the element that they name modulo 2^32', () => {
    const out = runBody(
      `for (var i = 0u; i < 16u; i++) { all[i] = 100u + i; }
      let zero = out[0];
      out[0] = all[zero - 1u + 1u];
      let before = zero - 2u;
      out[1] = all[before + 2u];
      out[2] = all[before + 5u];
      all[before + 4u] = 7u;
      out[3] = all[2];`,
      4,
      'var<private> all: array<u32, 16>;',
    );
    expect([...out]).toEqual([100, 100, 103, 7]);
  });

  it('touch nothing but the array', () => {
    const out = runBody(
      `let at = out[0] + 4000000000u;
      for (var i = 0u; i < 70u; i++) { inner[at + i] = 5u; inner[at * 2u + 3u] = 6u; }
      out[0] = before[63] + after[0];`,
      1,
      `var<workgroup> before: array<u32, 64>; var<workgroup> inner: array<u32, 64>; var<workgroup> after: array<u32, 64>;`,
    );
    expect([...out]).toEqual([0]);
  });
});
