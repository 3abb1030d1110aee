import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey, mulhi, mullo, rotateLeft, seedKey, threefry2x32, type Words } from './index';
import { THREEFRY_KNOWN_ANSWERS } from './testing/known-answers';

const u32 = fc.oneof(
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.constantFrom(0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff),
);

describe('u32 helpers', () => {
  it('mulhi and mullo are the halves of the 64-bit product', () => {
    fc.assert(
      fc.property(u32, u32, (a, b) => {
        const product = BigInt(a) * BigInt(b);
        expect(BigInt(mulhi(a, b))).toBe(product >> 32n);
        expect(BigInt(mullo(a, b))).toBe(product & 0xffffffffn);
      }),
      { numRuns: 2000 },
    );
  });

  it('rotateLeft loses no bit', () => {
    expect(rotateLeft(0x80000001, 1)).toBe(3);
    expect(rotateLeft(0x12345678, 16)).toBe(0x56781234);
  });
});

describe('threefry2x32', () => {
  it.each(THREEFRY_KNOWN_ANSWERS)('passes the known answer $draw', ({ key, counter, draw }) => {
    expect(threefry2x32(key, counter)).toEqual(draw);
  });
});

describe('keys', () => {
  it('a seed fills both words and is refused where it is no seed', () => {
    expect(seedKey(2 ** 32 + 7)).toEqual([7, 1]);
    expect(() => seedKey(-1)).toThrow(/seed -1/);
    expect(() => seedKey(0.5)).toThrow(RangeError);
  });

  it('differ with every word, with their order and with their number', () => {
    const root: Words = seedKey(1);
    const keys = [
      deriveKey(root),
      deriveKey(root, 0),
      deriveKey(root, 0, 0),
      deriveKey(root, 1),
      deriveKey(root, 1, 2),
      deriveKey(root, 2, 1),
      deriveKey(seedKey(2), 1, 2),
    ].map(String);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
