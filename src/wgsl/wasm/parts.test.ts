import { expect, it } from 'vitest';
import { binary, i32Const } from '../ir/build';
import type { Ir, IrBinary, IrFunction, IrModule } from '../ir/ir';
import { memoryAfter } from '../testing/random-ir';
import { partLoad } from './parts';

const word = (address: number, offset: number): Ir => ({
  op: 'load',
  type: 'i32',
  address: i32Const(address),
  offset,
});

function part(code: IrBinary, constant: number, load = word(0, 8)) {
  const ir = binary(code, load, i32Const(constant));
  return ir.op === 'binary' ? partLoad(ir) : undefined;
}

function storing(values: readonly Ir[]): IrModule {
  const run: IrFunction = {
    name: 'run',
    params: ['i32', 'i32', 'i32'],
    results: [],
    locals: ['i32', 'i32', 'i32'],
    body: values.map((value, i) => ({ op: 'store', address: i32Const(0), offset: 4 * i, value })),
  };
  return { functions: [run], run, globals: [], data: [], sharedMemory: false };
}

it('loads the bytes that the operators leave of a word, up to the end of memory', () => {
  const operations = [
    ['i32.and', 0xff, (x: number) => x & 0xff],
    ['i32.and', 0xffff, (x: number) => x & 0xffff],
    ['i32.shr_u', 16, (x: number) => x >>> 16],
    ['i32.shr_u', 24, (x: number) => x >>> 24],
    ['i32.and', 0xfffe, (x: number) => x & 0xfffe],
    ['i32.shr_u', 8, (x: number) => x >>> 8],
    ['i32.shr_s', 16, (x: number) => x >> 16],
  ] as const;
  const before = new DataView(memoryAfter(storing([])).buffer);
  const places = [
    [1024, 7],
    [2048, 0],
    [before.byteLength - 8, 4],
  ];
  const cases = places.flatMap(([address, offset]) =>
    operations.map(([code, constant, expected]) => ({
      value: binary(code, word(address, offset), i32Const(constant)),
      expected: expected(before.getInt32(address + offset, true)) >>> 0,
    })),
  );
  const after = memoryAfter(storing(cases.map(({ value }) => value)));
  expect([...new Uint32Array(after.buffer, 0, cases.length)]).toEqual(cases.map(({ expected }) => expected));
});

it('takes whole bytes at either end of a word alone', () => {
  expect(part('i32.and', 0xffff)).toMatchObject({ bytes: 2, offset: 8 });
  expect(part('i32.shr_u', 24)).toMatchObject({ bytes: 1, offset: 11 });
  for (const mask of [0, 1, 0x7fff, 0xff00, -0x10000]) expect(part('i32.and', mask)).toBeUndefined();
  for (const distance of [8, 15, 17]) expect(part('i32.shr_u', distance)).toBeUndefined();
  expect(part('i32.shr_s', 16)).toBeUndefined();
  expect(part('i32.or', 0xffff)).toBeUndefined();
});

it('leaves a word whose upper part no offset reaches', () => {
  expect(part('i32.shr_u', 16, word(0, 2 ** 32 - 2))).toBeUndefined();
  expect(part('i32.shr_u', 16, word(0, 2 ** 32 - 3))).toMatchObject({ offset: 2 ** 32 - 1 });
});
