import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosPi, exp, exp2, log, log2, normalQuantile, pow } from './index';

/** Distance in units in the last place, by counting representable doubles between the two. */
function ulpsBetween(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const bits = new BigInt64Array(new Float64Array([a, b]).buffer);
  const difference = bits[0] - bits[1];
  return Number(difference < 0n ? -difference : difference);
}

// Math.* is itself up to 1 ulp off, so each bound is ours plus one.
describe('within a few ulp of Math.*', () => {
  it('exp has error at most 1 ulp', () => {
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709.7, noNaN: true }), (x) => {
        expect(ulpsBetween(exp(x), Math.exp(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
  });

  it('log has error at most 1 ulp', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        expect(ulpsBetween(log(x), Math.log(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
  });

  it('cosPi has error at most 2 ulp of 1, and is exact at quarters', () => {
    for (const [x, value] of [
      [0, 1],
      [0.5, 0],
      [1, -1],
      [1.5, 0],
      [-3, -1],
    ])
      expect(cosPi(x)).toBeCloseTo(value, 16);
    fc.assert(
      fc.property(fc.double({ min: -4, max: 4, noNaN: true }), (x) => {
        expect(Math.abs(cosPi(x) - Math.cos(Math.PI * x))).toBeLessThan(3 * 4 * 2 ** -53 + 4 * 2 ** -52);
      }),
      { numRuns: 2000 },
    );
  });

  it('log near 1 keeps its relative error', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => {
        expect(ulpsBetween(log(x), Math.log(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
  });

  it('exp2 has error at most 1 ulp', () => {
    fc.assert(
      fc.property(fc.double({ min: -1020, max: 1023.9, noNaN: true }), (x) => {
        expect(ulpsBetween(exp2(x), 2 ** x)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
  });

  it('log2 has absolute error at most 2^-52 of max(|exponent|, 1)', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        const scale = Math.max(Math.abs(Math.log2(x)), 1);
        expect(Math.abs(log2(x) - Math.log2(x))).toBeLessThanOrEqual(scale * 2 ** -52);
      }),
      { numRuns: 5000 },
    );
  });

  it('pow has error at most 8 ulp', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.double({ min: -50, max: 50, noNaN: true }),
        (base, exponent) => {
          expect(ulpsBetween(pow(base, exponent), base ** exponent)).toBeLessThanOrEqual(8);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('exact and special values', () => {
  it('powers of two are exact both ways, subnormals included', () => {
    for (let k = -1074; k <= 1023; k++) {
      expect(exp2(k)).toBe(2 ** k);
      expect(log2(2 ** k)).toBe(k);
    }
  });

  it('has the limits of Math.*', () => {
    const inputs = [
      Number.NaN,
      0,
      -0,
      1,
      -1,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      1e308,
      5e-324,
    ];
    for (const x of inputs) {
      if (Math.abs(x) !== 1) expect(exp(x)).toEqual(Math.exp(x));
      expect(ulpsBetween(log(x), Math.log(x)) <= 1 || Number.isNaN(x)).toBe(true);
      for (const y of inputs) {
        if (x >= 0 && !(x === 1e308 && y === 5e-324)) expect(pow(x, y)).toEqual(Math.abs(x) ** y);
      }
    }
    expect(exp(0)).toBe(1);
    expect(ulpsBetween(exp(1), Math.E)).toBeLessThanOrEqual(1);
    expect(log(2)).toBe(Math.LN2);
    expect(ulpsBetween(pow(2, 0.5), Math.SQRT2)).toBeLessThanOrEqual(1);
    expect(pow(-2, 2)).toBeNaN();
  });

  it('goes through the subnormals', () => {
    for (const x of [-709, -720, -744, -745]) expect(ulpsBetween(exp(x), Math.exp(x))).toBeLessThanOrEqual(1);
    expect(exp(-746)).toBe(0);
    expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167813],
    [1e-10, -6.361340902404056],
    [1e-20, -9.262340089798409],
  ])('at %f is %f (Wichura 1988; tables)', (p, quantile) => {
    expect(Math.abs(normalQuantile(p) - quantile)).toBeLessThanOrEqual(
      4e-15 * Math.max(1, Math.abs(quantile)),
    );
  });

  it('is odd about one half and increasing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 20 - 1 }), (i) => {
        const p = i / 2 ** 20;
        expect(normalQuantile(1 - p)).toBe(-normalQuantile(p));
        expect(normalQuantile(p + 2 ** -21)).toBeGreaterThan(normalQuantile(p));
      }),
    );
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(1.5)).toBeNaN();
  });
});
