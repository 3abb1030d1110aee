import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hypervolume } from './hypervolume';

describe('hypervolume', () => {
  const points = (objectives: number) =>
    fc
      .array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: objectives, maxLength: objectives }), {
        maxLength: 12,
      })
      .map((rows) => Float64Array.from(rows.flat()));

  /** Counts the unit cells that some point dominates. */
  function byCounting(values: Float64Array, objectives: number, reference: number): number {
    let cells = 0;
    for (let cell = 0; cell < reference ** objectives; cell++) {
      const corner = Array.from(
        { length: objectives },
        (_, k) => Math.floor(cell / reference ** k) % reference,
      );
      for (let i = 0; i < values.length; i += objectives) {
        if (corner.every((c, k) => values[i + k] <= c)) {
          cells++;
          break;
        }
      }
    }
    return cells;
  }

  it.each([1, 2, 3])('counts the dominated cells of %d objectives', (objectives) => {
    fc.assert(
      fc.property(points(objectives), (values) => {
        expect(hypervolume(values, new Array(objectives).fill(5))).toBe(byCounting(values, objectives, 5));
      }),
      { numRuns: 300 },
    );
  });

  it('is known for simple fronts', () => {
    expect(hypervolume(new Float64Array(), [1, 1])).toBe(0);
    expect(hypervolume(Float64Array.of(0.25, 0.5), [1, 1])).toBe(0.375);
    // A linear front of n + 1 points covers 1/2 - 1/(2n).
    const n = 64;
    const line = Float64Array.from({ length: 2 * n + 2 }, (_, i) =>
      i % 2 === 0 ? i / 2 / n : 1 - (i - 1) / 2 / n,
    );
    expect(hypervolume(line, [1, 1])).toBe(0.5 - 0.5 / n);
    // Three half boxes leave one eighth free.
    expect(hypervolume(Float64Array.of(0, 0, 0.5, 0.5, 0, 0, 0, 0.5, 0), [1, 1, 1])).toBe(0.875);
  });

  it('refuses what it cannot compute', () => {
    expect(() => hypervolume(new Float64Array(4), [1, 1, 1, 1])).toThrow(/4 objectives/);
  });
});
