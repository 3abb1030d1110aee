import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { additiveEpsilon, igd, igdPlus } from './distance';

const FRONT = Float64Array.of(0, 1, 0.5, 0.5, 1, 0);

describe('distances to a front', () => {
  it('are zero for the front itself', () => {
    expect(igd(FRONT, FRONT, 2)).toBe(0);
    expect(igdPlus(FRONT, FRONT, 2)).toBe(0);
    expect(additiveEpsilon(FRONT, FRONT, 2)).toBe(0);
  });

  it('are known for one point', () => {
    const point = Float64Array.of(1, 1);
    expect(igd(point, FRONT, 2)).toBeCloseTo((1 + Math.SQRT1_2 + 1) / 3, 12);
    expect(igdPlus(point, FRONT, 2)).toBeCloseTo((1 + Math.SQRT1_2 + 1) / 3, 12);
    expect(additiveEpsilon(point, FRONT, 2)).toBe(1);
    // Better than the front: no distance that counts, but a distance.
    const ideal = Float64Array.of(-1, -1);
    expect(igd(ideal, FRONT, 2)).toBeGreaterThan(1);
    expect(igdPlus(ideal, FRONT, 2)).toBe(0);
    expect(additiveEpsilon(ideal, FRONT, 2)).toBe(-1);
  });

  it('are infinite where nothing was found', () => {
    for (const indicator of [igd, igdPlus, additiveEpsilon]) {
      expect(indicator(new Float64Array(), FRONT, 2)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('IGD+ and epsilon never get worse by another point', () => {
    const point = fc.tuple(fc.integer({ min: -3, max: 5 }), fc.integer({ min: -3, max: 5 }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 8 }), point, (points, more) => {
        const before = Float64Array.from(points.flat());
        const after = Float64Array.from([...points, more].flat());
        expect(igdPlus(after, FRONT, 2)).toBeLessThanOrEqual(igdPlus(before, FRONT, 2));
        expect(additiveEpsilon(after, FRONT, 2)).toBeLessThanOrEqual(additiveEpsilon(before, FRONT, 2));
      }),
    );
  });

  it('refuse what is no set of points', () => {
    expect(() => igd(FRONT, new Float64Array(), 2)).toThrow(/front is empty/);
    expect(() => igd(Float64Array.of(1, 2, 3), FRONT, 2)).toThrow(/3 numbers are no whole number of points/);
  });
});
