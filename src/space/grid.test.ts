import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linearGrid, linearGridValue } from './grid';

it('has the numbers that literals stand for, whatever the range', () => {
  const range = fc
    .tuple(fc.double({ min: -1e30, max: 1e30, noNaN: true }), fc.integer({ min: -40, max: 40 }))
    .map(([start, exponent]) => [start * 10 ** exponent, 10 ** exponent * (1 + Math.abs(start))] as const)
    .map(([min, width]) => [min, min + width] as const)
    .filter(
      ([min, max]) => Math.abs(max) < 1e100 && max - min >= 1e-9 * Math.max(Math.abs(min), Math.abs(max)),
    );
  fc.assert(
    fc.property(range, fc.nat(), ([min, max], pick) => {
      const grid = linearGrid(min, max);
      const steps = grid.last - grid.first + 1;
      const index = 1 + (pick % steps);
      const literal = Number(`${grid.first + index - 1}e${grid.exponent}`);
      expect(linearGridValue(grid, min, max, index)).toBe(literal);
    }),
    { numRuns: 500 },
  );
});
