import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParetoArchive } from './pareto-archive';
import { Smallest } from './smallest';

describe('the smallest rows', () => {
  it('are those that sorting finds, ties by row', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 1, max: 5 }), (keys, limit) => {
        const smallest = new Smallest<number>(limit);
        keys.forEach((key, row) => {
          smallest.offer(key, row, () => row);
        });
        const sorted = keys.map((key, row) => ({ key, row })).sort((a, b) => a.key - b.key || a.row - b.row);
        expect(smallest.items).toEqual(sorted.slice(0, limit).map(({ row }) => row));
      }),
    );
  });

  it('are never NaN', () => {
    const smallest = new Smallest<string>(2);
    smallest.offer(Number.NaN, 0, () => 'nothing');
    expect(smallest.items).toEqual([]);
  });
});

const points = (width: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: width, maxLength: width }), {
    maxLength: 60,
  });

const betters = (a: readonly number[], b: readonly number[]) =>
  a.every((value, k) => value <= b[k]) && a.some((value, k) => value < b[k]);

describe('the Pareto archive', () => {
  it('holds the first of each point that none betters, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }).chain(points), (rows) => {
        const archive = new ParetoArchive<number>(rows[0]?.length ?? 1, 100);
        rows.forEach((row, i) => {
          archive.offer(row, () => i);
        });
        const expected = rows.flatMap((row, i) =>
          rows.some((other) => betters(other, row)) ||
          rows.slice(0, i).some((other) => `${other}` === `${row}`)
            ? []
            : [i],
        );
        expect(archive.members.toSorted((a, b) => a - b)).toEqual(expected);
        expect(archive.thinned).toBe(false);
      }),
    );
  });

  it('thins out a front that is too long, keeps its ends and says so', () => {
    const archive = new ParetoArchive<number>(2, 16);
    for (let i = 0; i < 100; i++) archive.offer([i, 100 - i], () => i);
    expect(archive.thinned).toBe(true);
    expect(archive.members.length).toBeLessThanOrEqual(16);
    expect(archive.members).toContain(0);
    expect(archive.members).toContain(99);
  });
});
