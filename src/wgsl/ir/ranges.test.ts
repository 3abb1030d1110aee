import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binary, getLocal, i32Const, select, unary } from './build';
import type { Ir, IrBinary, IrFunction, IrStmt } from './ir';
import { Ranges } from './ranges';

const local = (index: number): Ir => getLocal('i32', index);
const set = (index: number, value: Ir): IrStmt => ({ op: 'set', index, value });
const top = { low: 0, high: 0xffffffff };

/** Local 0 is a parameter. */
const ranges = (...body: IrStmt[]): Ranges =>
  new Ranges({
    name: 'f',
    params: ['i32'],
    results: [],
    locals: ['i32', 'i32', 'i32'],
    body,
  } satisfies IrFunction);

const codes: readonly IrBinary[] = [
  'i32.add',
  'i32.sub',
  'i32.mul',
  'i32.div_u',
  'i32.rem_u',
  'i32.and',
  'i32.or',
  'i32.xor',
  'i32.shl',
  'i32.shr_u',
  'i32.shr_s',
  'i32.rotl',
  'i32.lt_s',
];
/** As in u32 arithmetic. */
const results: Partial<Record<IrBinary, (a: number, b: number) => number>> = {
  'i32.div_u': (a, b) => Math.floor(a / (b || 1)),
  'i32.rem_u': (a, b) => a % (b || 1),
  'i32.rotl': (a, b) => (a << (b & 31)) | (b & 31 ? a >>> (32 - (b & 31)) : 0),
};

describe('Ranges', () => {
  const bound = fc.oneof(
    fc.nat(40),
    fc.constantFrom(0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff),
  );
  const interval = fc.tuple(bound, bound).map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));
  const inside = ({ low, high }: { low: number; high: number }, share: number) =>
    low + Math.floor(share * (high - low));

  it('hold the result of every operation on values in the operands’ ranges', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...codes), interval, interval, share, share, (code, a, b, at, bt) => {
        // A local that is assigned both ends of an interval that begins at zero has that interval as its range.
        const fn = ranges(set(1, i32Const(a.high)), set(2, i32Const(b.high)));
        const shifted = (index: number, low: number, high: number): Ir =>
          low === high ? i32Const(low) : local(index);
        const [x, y] = [
          inside({ low: a.low === a.high ? a.low : 0, high: a.high }, at),
          inside({ low: b.low === b.high ? b.low : 0, high: b.high }, bt),
        ];
        const { low, high } = fn.of({
          op: 'binary',
          type: 'i32',
          code,
          a: shifted(1, a.low, a.high),
          b: shifted(2, b.low, b.high),
        });
        if (/div|rem/.test(code) && y === 0) return;
        const folded = binary(code, i32Const(x), i32Const(y));
        const value = (folded.op === 'const' ? folded.value : results[code]!(x, y)) >>> 0;
        expect(low <= value && value <= high).toBe(true);
      }),
    );
  });

  it('are the union of what is assigned, zero at the beginning included', () => {
    const fn = ranges(
      set(1, i32Const(7)),
      set(1, i32Const(3)),
      set(2, binary('i32.add', local(1), i32Const(5))),
    );
    expect(fn.of(local(1))).toEqual({ low: 0, high: 7 });
    expect(fn.of(local(2))).toEqual({ low: 0, high: 12 });
    expect(fn.of(local(0))).toEqual(top);
  });

  it('give up on a local that keeps growing, in a loop or through others', () => {
    const step = (to: number, from: number): IrStmt => set(to, binary('i32.add', local(from), i32Const(1)));
    expect(ranges(step(1, 1)).of(local(1))).toEqual(top);
    expect(ranges(step(1, 2), step(2, 1)).of(local(2))).toEqual(top);
  });

  it('know the lesser of two, comparisons and counts of bits', () => {
    const fn = ranges();
    const least = select(binary('i32.lt_u', local(0), i32Const(9)), local(0), i32Const(9));
    expect(fn.of(least)).toEqual({ low: 0, high: 9 });
    const signed = select(binary('i32.lt_s', local(0), i32Const(9)), local(0), i32Const(9));
    expect(fn.of(signed)).toEqual(top);
    expect(fn.of(binary('i32.gt_s', local(0), i32Const(9)))).toEqual({ low: 0, high: 1 });
    expect(fn.of(unary('i32.clz', local(0)))).toEqual({ low: 0, high: 32 });
  });

  it('follow sums that all wrap, and none that only some do', () => {
    const fn = ranges();
    const some = binary('i32.and', local(0), i32Const(7));
    const minusOne: Ir = { op: 'binary', type: 'i32', code: 'i32.add', a: some, b: i32Const(-1) };
    expect(fn.of(minusOne)).toEqual(top);
    const atLeastOne = binary('i32.or', some, i32Const(1));
    expect(fn.of({ ...minusOne, a: atLeastOne })).toEqual({ low: 0, high: 6 });
  });
});
