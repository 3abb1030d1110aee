import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_ROWS } from './design';
import { partsOf, shardRange, usualPartRows } from './shard';

const counts = fc.integer({ min: 1, max: MAX_ROWS });

it('gives every row to one shard, as evenly as it goes', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 50 }), (count, of) => {
      const ranges = Array.from({ length: of }, (_, index) => shardRange(count, { index, of }));
      let next = 0;
      for (const { first, rows } of ranges) {
        expect(first).toBe(next);
        next += rows;
      }
      expect(next).toBe(count);
      const sizes = ranges.map(({ rows }) => rows);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

it('cuts rows into parts that follow one another', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.nat(500), fc.integer({ min: 1, max: 70 }), (first, rows, partRows) => {
      const parts = partsOf({ first, rows }, partRows);
      let next = first;
      for (const part of parts) {
        expect(part.first).toBe(next);
        expect(part.rows).toBeGreaterThan(0);
        expect(part.rows).toBeLessThanOrEqual(partRows);
        next += part.rows;
      }
      expect(next).toBe(first + rows);
    }),
  );
});

it('keeps parts neither tiny nor larger than the bound', () => {
  expect([1, 16_384, 1_000_000, 100_000_000].map((rows) => usualPartRows(rows))).toEqual([
    256, 256, 15_625, 262_144,
  ]);
  expect(usualPartRows(1_000_000, 1024)).toBe(1024);
});

it.each([
  [3, 3],
  [-1, 3],
  [0.5, 3],
])('refuses shard %f of %i', (index, of) => {
  expect(() => shardRange(100, { index, of })).toThrow(RangeError);
});
