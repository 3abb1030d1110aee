import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineSpace, levelsOf, type Variable } from '../../space';
import { binVariable } from './binning';

const numeric: fc.Arbitrary<Variable> = fc
  .record({
    type: fc.constantFrom('integer' as const, 'float' as const),
    scale: fc.constantFrom('linear' as const, 'log' as const),
    min: fc.integer({ min: 1, max: 1000 }),
    length: fc.integer({ min: 1, max: 100_000 }),
  })
  .map(({ type, scale, min, length }) => ({ name: 'x', type, scale, min, max: min + length }));

describe('bins', () => {
  it('hold the values that fall into them, and cover the range in order', () => {
    fc.assert(
      fc.property(numeric, fc.double({ min: 0, max: 1, noNaN: true }), (variable, share) => {
        defineSpace([variable]);
        const { bins, binOf } = binVariable(variable);
        const { count, value } = levelsOf(variable);
        const x = value(Math.round(share * (count - 1)));
        const bin = bins[binOf(x)];
        if ('value' in bin) expect(bin.value).toBe(x);
        else {
          expect(x).toBeGreaterThanOrEqual(bin.from);
          expect(x).toBeLessThanOrEqual(bin.to);
        }
        bins.forEach((each, i) => {
          const next = bins[i + 1];
          if (next && 'from' in each && 'from' in next) expect(each.to).toBe(next.from);
        });
      }),
    );
  });

  it('follow the scale of the variable', () => {
    const { bins } = binVariable({ name: 'x', type: 'float', scale: 'log', min: 1, max: 10_000 });
    const ratios = bins.map((bin) => ('from' in bin ? bin.to / bin.from : 0));
    expect(Math.min(...ratios)).toBeGreaterThan(1.9);
    expect(Math.max(...ratios)).toBeLessThan(2.5);
  });

  it('are single values where there are few', () => {
    expect(binVariable({ name: 'x', type: 'ordered', values: [1, 2, 5] }).bins).toEqual([
      { value: 1 },
      { value: 2 },
      { value: 5 },
    ]);
    const words = binVariable({ name: 'x', type: 'category', values: ['a', 'b', 3] });
    expect(['a', 'b', '3'].map(words.binOf)).toEqual([0, 1, 2]);
    const toggle = binVariable({ name: 'x', type: 'switch' });
    expect([0, 1].map(toggle.binOf)).toEqual([0, 1]);
  });

  it('take values beyond the ends into the last ones', () => {
    const { bins, binOf } = binVariable({ name: 'x', type: 'integer', scale: 'linear', min: 0, max: 99 });
    expect([binOf(-5), binOf(400)]).toEqual([0, bins.length - 1]);
  });
});
