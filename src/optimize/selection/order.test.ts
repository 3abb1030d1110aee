import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ascending, sortBy } from './order';

it('sorts like a stable sort by key, of any column', () => {
  const key = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Number.POSITIVE_INFINITY, -0, 0.5));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, key), { maxLength: 150 }), fc.constantFrom(0, 1), (rows, column) => {
      const indices = ascending(rows.length);
      sortBy(indices, Float64Array.from(rows.flat()), 2, column);
      const expected = rows
        .map((_, i) => i)
        .sort((a, b) => {
          const [x, y] = [rows[a][column], rows[b][column]];
          return x < y ? -1 : x > y ? 1 : a - b;
        });
      expect([...indices]).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

it('sorts the rows it is given, and no others', () => {
  const indices = Uint32Array.of(5, 1, 3);
  sortBy(indices, Float64Array.of(0, 9, 0, 7, 0, 8));
  expect([...indices]).toEqual([3, 5, 1]);
});
