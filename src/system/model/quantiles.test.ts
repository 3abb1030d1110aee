import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Distribution } from '../scenario';
import { quantileTable, tableMoments } from './quantiles';

const relative = (value: number, expected: number) => Math.abs(value / expected - 1);

describe('quantileTable', () => {
  it.each<[Distribution, number, number]>([
    [{ kind: 'exponential', meanUs: 10_000 }, 1, 0.002],
    [{ kind: 'lognormal', meanUs: 5_000, cv2: 0.25 }, 0.25, 0.005],
    [{ kind: 'lognormal', meanUs: 5_000, cv2: 1 }, 1, 0.005],
    // sigma = 1
    [{ kind: 'lognormal', meanUs: 20_000, cv2: Math.E - 1 }, Math.E - 1, 0.005],
    [{ kind: 'lognormal', meanUs: 20_000, cv2: 4 }, 4, 0.01],
  ])('%j has its mean, and cv2 %f', (distribution, cv2, tolerance) => {
    const moments = tableMoments(quantileTable(distribution));
    expect(relative(moments.mean, 'meanUs' in distribution ? distribution.meanUs : 0)).toBeLessThan(2e-5);
    expect(relative(moments.cv2, cv2)).toBeLessThan(tolerance);
  });

  it('follows empirical quantiles', () => {
    const uniform = quantileTable({ kind: 'quantiles', at: [0, 1], valuesUs: [1000, 3000] });
    expect(relative(tableMoments(uniform).mean, 2000)).toBeLessThan(1e-4);
    expect(relative(tableMoments(uniform).cv2, 1 / 12)).toBeLessThan(1e-3);
    expect([uniform[uniform.length - 1], uniform[0]]).toEqual([1000, 3000]);
    const steps = quantileTable({
      kind: 'quantiles',
      at: [0, 0.5, 0.5, 1],
      valuesUs: [10, 10, 900, 900],
    });
    expect(new Set(steps)).toEqual(new Set([10, 900]));
  });

  it('falls with the tail probability, whatever the distribution', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 10_000_000 }),
        (cv2, meanUs) => {
          const knots = quantileTable({ kind: 'lognormal', meanUs, cv2 });
          for (let i = 1; i < knots.length; i++) expect(knots[i]).toBeLessThanOrEqual(knots[i - 1]);
        },
      ),
      { numRuns: 30 },
    );
  });
});
