import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, quantile, summarise } from './quantiles';
import { uniformStream } from './random';

/** Mean of the piecewise linear quantile function. */
function meanOf({ at, valuesUs }: { at: readonly number[]; valuesUs: readonly number[] }): number {
  return at.slice(1).reduce((sum, p, i) => sum + ((p - at[i]) * (valuesUs[i] + valuesUs[i + 1])) / 2, 0);
}

describe('quantiles', () => {
  it('are interpolated between order statistics', () => {
    expect(quantile([10, 20, 40], 0.25)).toBe(15);
    expect(quantile([10, 20, 40], 1)).toBe(40);
    expect(quantile([7], 0.9)).toBe(7);
  });

  it('of equal samples are a constant', () => {
    expect(summarise([5, 5, 5])).toEqual({ kind: 'constant', valueUs: 5 });
  });

  it('ascend from the least to the greatest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 2, maxLength: 200 }), (samples) => {
        const found = summarise(samples);
        const sorted = ascending(samples);
        if (found.kind !== 'quantiles') {
          expect(sorted[0]).toBe(sorted.at(-1));
          return;
        }
        expect(found.at[0]).toBe(0);
        expect(found.at.at(-1)).toBe(1);
        expect(found.valuesUs[0]).toBe(sorted[0]);
        expect(found.valuesUs.at(-1)).toBe(sorted.at(-1));
        expect([...found.at].sort((a, b) => a - b)).toEqual(found.at);
        expect([...found.valuesUs].sort((a, b) => a - b)).toEqual(found.valuesUs);
      }),
      { examples: [[[999_999, 999_999]]] },
    );
  });

  it('keep the mean and the tail of a skewed sample with few points', () => {
    const uniform = uniformStream(5);
    // Mostly a millisecond, now and then a stall.
    const samples = Array.from({ length: 2000 }, () =>
      Math.round(uniform() < 0.95 ? 1000 + 500 * uniform() : 80_000 + 40_000 * uniform()),
    );
    const found = summarise(samples);
    if (found.kind !== 'quantiles') throw new Error('expected quantiles');
    expect(found.at.length).toBeLessThanOrEqual(24);
    const mean = samples.reduce((a, b) => a + b) / samples.length;
    expect(Math.abs(meanOf(found) / mean - 1)).toBeLessThan(0.03);
  });
});
