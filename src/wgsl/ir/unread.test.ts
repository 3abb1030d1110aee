import { describe, expect, it } from 'vitest';
import { getLocal, i32Const } from './build';
import type { Ir, IrStmt } from './ir';
import { dropUnread } from './unread';

const set = (value: number): IrStmt => ({ op: 'set', index: 1, value: i32Const(value) });
const read: IrStmt = { op: 'store', address: i32Const(0), offset: 0, value: getLocal('i32', 1) };
const loop = (...body: IrStmt[]): IrStmt => ({ op: 'loop', label: { name: 'again' }, body });
const block = (...body: IrStmt[]): IrStmt => ({ op: 'block', label: { name: 'exit' }, body });
const when = (...accept: IrStmt[]): IrStmt => {
  const condition: Ir = getLocal('i32', 0);
  return { op: 'if', condition, accept, reject: [] };
};

/** Local 0 is a parameter, 1 is assigned and read. */
function dropped(...body: IrStmt[]): readonly IrStmt[] {
  return dropUnread({ name: 'f', params: ['i32'], results: [], locals: ['i32', 'i32'], body }).body;
}

describe('dropUnread', () => {
  it('drops an initial value that is always overwritten before a read', () => {
    expect(dropped(loop(set(0), block(when(), set(1), read, loop(read))))).toEqual([
      loop(block(when(), set(1), read, loop(read))),
    ]);
  });

  it('drops what is assigned after the last read', () => {
    expect(dropped(block(set(1), read), set(2))).toEqual([block(set(1), read)]);
  });

  it.each<[string, IrStmt[]]>([
    ['may not be overwritten', [set(0), when(set(1)), read]],
    ['is read before', [set(0), read, set(1), read]],
    ['the next turn reads', [set(0), loop(read, set(1))]],
    ['takes the place of what is read later', [set(0), block(read, set(1)), read]],
    ['the scope of what is read overwrites in some cases', [set(1), loop(read, when(set(2)))]],
    ['nobody reads, for want of a read', [set(0), set(1)]],
  ])('keeps what %s', (_, body) => {
    expect(dropped(...body)).toEqual(body);
  });
});
