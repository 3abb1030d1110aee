import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ascending, leading, sortBy } from './order';
import { radixSort } from './radix';

const keys = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0.5, 5e-324),
  fc.double({ noNaN: true }),
);

/** Rows of a table, by a column, as a stable sort with a comparison function puts them. */
function sorted(rows: readonly (readonly number[])[], column: number): number[] {
  return rows
    .map((_, i) => i)
    .sort((a, b) => {
      const [x, y] = [rows[a][column], rows[b][column]];
      return x < y ? -1 : x > y ? 1 : a - b;
    });
}

it.each([
  ['rows', sortBy],
  ['the digits of keys', radixSort],
])('sorts %s like a stable sort by key, of any column', (_, sort) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, keys), { maxLength: 150 }), fc.constantFrom(0, 1), (rows, column) => {
      const indices = ascending(rows.length);
      sort(indices, Float64Array.from(rows.flat()), 2, column);
      expect([...indices]).toEqual(sorted(rows, column));
    }),
    { numRuns: 300 },
  );
});

it('sorts many rows as it sorts few', () => {
  const rows = Array.from({ length: 3000 }, (_, i) => [Math.fround(((i * 7919) % 1000) - 500.3)]);
  const indices = ascending(rows.length);
  sortBy(indices, Float64Array.from(rows.flat()));
  expect([...indices]).toEqual(sorted(rows, 0));
});

it('finds the leading rows whatever of them ascends already', () => {
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 60 }), fc.nat(60), fc.nat(70), (values, ascends, most) => {
      const known = values.slice(0, ascends).sort((a, b) => a - b);
      const rows = [...known, ...values.slice(ascends)].map((value) => [value]);
      const found = leading(ascending(rows.length), Float64Array.from(rows.flat()), most);
      expect([...found]).toEqual(sorted(rows, 0).slice(0, most));
    }),
    { numRuns: 500 },
  );
});

it('sorts the rows it is given, and no others', () => {
  const indices = Uint32Array.of(5, 1, 3);
  sortBy(indices, Float64Array.of(0, 9, 0, 7, 0, 8));
  expect([...indices]).toEqual([3, 5, 1]);
});
