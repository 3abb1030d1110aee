import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binary, getLocal, i32Const } from '../ir/build';
import type { IrFunction, IrStmt } from '../ir/ir';
import { Bytes } from './bytes';
import { emitScalar } from './emit';
import { ModuleBuilder } from './module';

function decodeUnsigned(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, i) => sum + (byte & 0x7f) * 2 ** (7 * i), 0);
}

function decodeSigned(bytes: Uint8Array): number {
  const raw = decodeUnsigned(bytes);
  const bits = 7 * bytes.length;
  return bytes[bytes.length - 1] & 0x40 ? raw - 2 ** bits : raw;
}

describe('Bytes', () => {
  it('encodes every u32 and i32 in LEB128', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.integer(), (unsigned, signed) => {
        const [u, s] = [new Bytes(), new Bytes()];
        u.u32(unsigned);
        s.i32(signed);
        expect(decodeUnsigned(u.finish())).toBe(unsigned);
        expect(decodeSigned(s.finish())).toBe(signed);
      }),
    );
  });

  it('grows, and measures names in UTF-8', () => {
    const bytes = new Bytes();
    bytes.name('ü'.repeat(300));
    expect(bytes.length).toBe(602);
  });
});

describe('ModuleBuilder', () => {
  it('writes the sections of a module, byte for byte', () => {
    const builder = new ModuleBuilder();
    builder.importMemory(false);
    const type = builder.type(['i32'], ['i32']);
    expect(builder.type(['i32'], ['i32'])).toBe(type);
    const index = builder.addFunction({ type, locals: ['i32', 'i32', 'f32'], code: Uint8Array.of(0x20, 0) });
    builder.exportFunction('id', index);
    const hex = [...builder.finish()].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    expect(hex).toBe(
      [
        '00 61 73 6d 01 00 00 00',
        '01 06 01 60 01 7f 01 7f',
        '02 0f 01 03 65 6e 76 06 6d 65 6d 6f 72 79 02 00 01',
        '03 02 01 00',
        '07 06 01 02 69 64 00 00',
        '0a 0a 01 08 02 02 7f 01 7d 20 00 0b',
      ].join(' '),
    );
  });

  it('declares globals, passive data and shared memory as engines accept them', () => {
    const builder = new ModuleBuilder();
    builder.importMemory(true);
    builder.addGlobal('i32');
    builder.addGlobal('f32');
    builder.addData(Uint8Array.of(1, 2, 3));
    builder.exportFunction(
      'f',
      builder.addFunction({ type: builder.type([], []), locals: [], code: new Uint8Array() }),
    );
    expect(WebAssembly.validate(builder.finish() as BufferSource)).toBe(true);
  });
});

/** Runs a function of one i32 whose statements leave their result in local 3. */
function run(body: IrStmt[], argument: number): number {
  const result = getLocal('i32', 3);
  const fn: IrFunction = {
    name: 'run',
    params: ['i32', 'i32', 'i32'],
    results: ['i32'],
    locals: ['i32', 'i32', 'i32', 'i32'],
    body: [...body, { op: 'return', values: [result] }],
  };
  const wasm = emitScalar({ functions: [fn], run: fn, globals: [], data: [], sharedMemory: false });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm as BufferSource), {
    env: { memory },
  });
  return (instance.exports.run as (a: number, b: number, c: number) => number)(argument, 0, 0);
}

describe('emitScalar', () => {
  const set = (value: number): IrStmt => ({ op: 'set', index: 3, value: i32Const(value) });

  it.each([
    ['a jump table', [2, 3, 5, 4]],
    ['comparisons', [-2147483648, 0, 2147483647, 12]],
  ])('switches by %s', (_, values) => {
    const body: IrStmt[] = [
      {
        op: 'switch',
        selector: getLocal('i32', 0),
        cases: [
          { values: values.slice(0, 2), body: [set(1)] },
          { values: values.slice(2), body: [set(2)] },
        ],
        otherwise: [set(9)],
      },
    ];
    expect([...values, 6].map((value) => run(body, value))).toEqual([1, 1, 2, 2, 9]);
  });

  it('branches to the label meant, however deep', () => {
    const [outer, inner] = [{ name: 'outer' }, { name: 'inner' }];
    const count: IrStmt = { op: 'set', index: 3, value: binary('i32.add', getLocal('i32', 3), i32Const(1)) };
    const body: IrStmt[] = [
      {
        op: 'block',
        label: outer,
        body: [
          {
            op: 'loop',
            label: inner,
            body: [
              count,
              {
                op: 'br-if',
                label: outer,
                condition: binary('i32.eq', getLocal('i32', 3), getLocal('i32', 0)),
              },
              { op: 'if', condition: i32Const(1), accept: [{ op: 'br', label: inner }], reject: [] },
              { op: 'br', label: outer },
            ],
          },
        ],
      },
    ];
    expect(run(body, 10)).toBe(10);
  });
});
