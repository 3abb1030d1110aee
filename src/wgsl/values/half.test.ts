import fc from 'fast-check';
import { expect, it } from 'vitest';
import { f16Bits, f16Value } from './half';
import { literalValue } from './literal';
import { ConstError } from './value';

it('half floats survive the way there and back', () => {
  for (let bits = 0; bits < 0x7c00; bits++) {
    expect(f16Bits(f16Value(bits))).toBe(bits);
    expect(f16Bits(f16Value(bits | 0x8000))).toBe(bits | 0x8000);
  }
});

it('rounding to half picks the nearest, the even one of two', () => {
  fc.assert(
    fc.property(fc.double({ min: -65504, max: 65504, noNaN: true }), (x) => {
      const bits = f16Bits(x);
      const error = Math.abs(f16Value(bits) - x);
      for (const neighbour of [bits - 1, bits + 1])
        if ((neighbour & 0x7fff) < 0x7c00)
          expect(Math.abs(f16Value(neighbour) - x)).toBeGreaterThanOrEqual(error);
    }),
  );
  expect(f16Bits(1 + 2 ** -11)).toBe(0x3c00);
  expect(f16Bits(1 + 3 * 2 ** -11)).toBe(0x3c02);
});

it.each([
  ['0x1.8p1', 'abstract-float', 3],
  ['0x.8p-1f', 'f32', 0.25],
  ['1e3', 'abstract-float', 1000],
  ['12f', 'f32', 12],
  ['0x1fu', 'u32', 31],
  ['7i', 'i32', 7],
  ['0xff', 'abstract-int', 255n],
] as const)('the literal %s is %s %s', (text, name, value) => {
  expect(literalValue(text)).toEqual({ type: { kind: 'scalar', name }, scalars: [value] });
});

it.each(['4294967296u', '2147483648i', '1e39f', '9223372036854775808', '1e309'])(
  '%s does not fit',
  (text) => {
    expect(() => literalValue(text)).toThrow(ConstError);
  },
);
