import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedMean, nonNegativeMean, pooledShare, proportion } from './intervals';

const samplesWithin = (most: number) =>
  fc.array(fc.double({ min: 0, max: most, noNaN: true }), { minLength: 2, maxLength: 30 });

describe('intervals stay where the quantity can be', () => {
  it('between two ends, around the mean', () => {
    fc.assert(
      fc.property(samplesWithin(12), (samples) => {
        const { mean, low, high } = boundedMean(samples, 0, 12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(12);
        expect(low).toBeLessThanOrEqual(mean! + 1e-9);
        expect(high).toBeGreaterThanOrEqual(mean! - 1e-9);
      }),
    );
  });

  it('above zero, whatever noise does to single samples', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 100, noNaN: true }), { minLength: 2, maxLength: 30 }),
        (samples) => {
          const { mean, low, high } = nonNegativeMean(samples);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(mean).toBeGreaterThanOrEqual(low! - 1e-9);
          expect(high).toBeGreaterThanOrEqual(mean! - 1e-9);
        },
      ),
    );
  });
});

it('far from the ends they are Student’s', () => {
  // Mean 50, standard error 1/sqrt 3, t(0.975, 2) = 4.30265: 2.484 to both sides.
  const { low, high } = boundedMean([49, 50, 51], 0, 100);
  expect(low).toBeCloseTo(50 - 2.484, 1);
  expect(high).toBeCloseTo(50 + 2.484, 1);
  expect(nonNegativeMean([49, 50, 51]).high).toBeCloseTo(50 + 2.484, 0);
});

it('near an end they are wider on the side with room', () => {
  const { mean, low, high } = boundedMean([0, 0, 0, 0.2], 0, 1);
  expect(mean).toBeCloseTo(0.05, 12);
  expect(high! - mean!).toBeGreaterThan(3 * (mean! - low!));
});

it('Wilson’s interval has its published values', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I: 81/263, 15/148, 0/20, 1/29.
  const of = (happened: number, n: number) => {
    const { low, high } = proportion(Array.from({ length: n }, (_, i) => i < happened));
    return [Number(low!.toFixed(4)), Number(high!.toFixed(4))];
  };
  expect(of(81, 263)).toEqual([0.2553, 0.3662]);
  expect(of(15, 148)).toEqual([0.0624, 0.1605]);
  expect(of(0, 20)).toEqual([0, 0.1611]);
  expect(of(1, 29)).toEqual([0.0061, 0.1718]);
});

it('a share of none or of all still leaves room for three', () => {
  expect(pooledShare([0, 0], 600)).toMatchObject({ mean: 0, low: 0, high: 0.005 });
  expect(pooledShare([1, 1], 600)).toMatchObject({ mean: 1, low: 0.995, high: 1 });
});

it('a single replication has no interval', () => {
  expect(nonNegativeMean([3])).toEqual({ mean: 3, standardError: null, low: null, high: null });
  expect(boundedMean([], 0, 1).mean).toBeNull();
});
