import { describe, expect, it } from 'vitest';
import { dominance, pairedDifference } from './paired';

describe('paired differences', () => {
  it('lose what both replications share', () => {
    // Differences 1, 2, 3: mean 2, standard error 1/sqrt 3, t(0.975, 2) = 4.30265, t(0.95, 2) = 2.91999.
    const { mean, standardError, low, upper } = pairedDifference([101, 202, 303], [100, 200, 300]);
    expect(mean).toBe(2);
    expect(standardError).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(low).toBeCloseTo(2 - 4.30265 / Math.sqrt(3), 4);
    expect(upper).toBeCloseTo(2 + 2.91999 / Math.sqrt(3), 4);
  });

  it('widen with the number of comparisons', () => {
    const one = pairedDifference([1, 2, 4], [0, 0, 0]);
    const three = pairedDifference([1, 2, 4], [0, 0, 0], 3);
    expect(three.upper).toBeGreaterThan(one.upper);
  });

  it('refuse a single replication', () => {
    expect(() => pairedDifference([1], [2])).toThrow(RangeError);
  });
});

describe('dominance', () => {
  const b = [
    [100, 110, 120],
    [50, 50, 50],
  ];

  it('wants every objective within the margin', () => {
    expect(
      dominance(
        ['downtime', 'cost'],
        [
          [90, 100, 109],
          [51, 51, 51],
        ],
        b,
      ),
    ).toMatchObject({
      nonInferior: true,
      better: ['downtime'],
    });
    expect(
      dominance(
        ['downtime', 'cost'],
        [
          [90, 100, 109],
          [52, 52, 52],
        ],
        b,
      ).nonInferior,
    ).toBe(false);
  });

  it('grants nothing to noise', () => {
    const noisy = [
      [60, 150, 100],
      [50, 50, 50],
    ];
    expect(dominance(['downtime', 'cost'], noisy, b)).toMatchObject({ nonInferior: false, better: [] });
  });

  it('holds together over more comparisons where it is told to', () => {
    const a = [
      [90, 100, 111],
      [49, 50, 50],
    ];
    const [alone] = dominance(['downtime', 'cost'], a, b).differences;
    const [both] = dominance(['downtime', 'cost'], a, b, 4).differences;
    expect(both.upper).toBeGreaterThan(alone.upper);
  });

  it('counts equal policies as non-inferior and not better', () => {
    expect(dominance(['downtime', 'cost'], b, b)).toMatchObject({ nonInferior: true, better: [] });
  });
});
