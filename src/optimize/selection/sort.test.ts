import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey, seedKey, threefry2x32 } from '../../math';
import type { Fitness } from './fitness';
import { rankAndCrowding as cutBy } from './rank-and-crowding';
import { constrainedRanks, nondominated } from './sort';

/** Rows of small integers, so that ties and duplicates are common, with few violations among zeros. */
const fitness = (objectives: number): fc.Arbitrary<Fitness> =>
  fc
    .array(
      fc.tuple(
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: objectives, maxLength: objectives }),
        fc.constantFrom(0, 0, 0, 0, 1, 2.5, Number.POSITIVE_INFINITY),
      ),
      { maxLength: 40 },
    )
    .map((rows) => ({
      count: rows.length,
      objectives,
      values: Float64Array.from(rows.flatMap(([values]) => values)),
      violation: Float64Array.from(rows.map(([, violation]) => violation)),
    }));

/** Deb's constrained domination, from its definition. */
function dominates({ values, violation, objectives }: Fitness, a: number, b: number): boolean {
  if (violation[a] !== violation[b]) return violation[a] < violation[b];
  if (violation[a] > 0) return false;
  const row = (i: number) => [...values.subarray(i * objectives, (i + 1) * objectives)];
  const [x, y] = [row(a), row(b)];
  return x.every((value, k) => value <= y[k]) && x.some((value, k) => value < y[k]);
}

/** Ranks by peeling fronts off, O(n^2) a front. */
function ranksByDefinition(fitness: Fitness): number[] {
  const ranks = new Array<number>(fitness.count).fill(-1);
  for (let rank = 0; ranks.includes(-1); rank++) {
    const left = ranks.flatMap((r, i) => (r === -1 ? [i] : []));
    for (const i of left) if (!left.some((j) => dominates(fitness, j, i))) ranks[i] = rank;
  }
  return ranks;
}

describe('constrainedRanks', () => {
  it.each([1, 2, 3, 4])('agrees with the definition for %d objectives', (objectives) => {
    fc.assert(
      fc.property(fitness(objectives), (f) => {
        expect([...constrainedRanks(f)]).toEqual(ranksByDefinition(f));
      }),
      { numRuns: 300 },
    );
  });

  it('sorts a hundred thousand points of three objectives', () => {
    const count = 100_000;
    const key = deriveKey(seedKey(1), 7);
    const values = Float64Array.from({ length: count * 3 }, (_, i) => threefry2x32(key, [i, 0])[0]);
    const f = { count, objectives: 3, values, violation: new Float64Array(count) };
    const ranks = constrainedRanks(f);
    for (let i = 0; i < 10; i++) {
      const point = (i * 9973) % count;
      const better = Array.from({ length: count }, (_, j) => j).filter((j) => dominates(f, j, point));
      expect(ranks[point]).toBe(better.reduce((rank, j) => Math.max(rank, ranks[j] + 1), 0));
    }
  });

  it('nondominated lists the feasible best once each', () => {
    const f = {
      count: 5,
      objectives: 2,
      values: Float64Array.of(1, 2, 1, 2, 2, 1, 3, 3, 0, 0),
      violation: Float64Array.of(0, 0, 0, 0, 1),
    };
    expect(nondominated(f)).toEqual([0, 2]);
  });
});

const rankAndCrowding = (fitness: Fitness, size: number) => cutBy(fitness, size, 'at-once');

describe('rankAndCrowding', () => {
  it('keeps the ends and the lonely of the last front', () => {
    const values = Float64Array.of(0, 10, 1, 9, 1.5, 8.5, 5, 5, 10, 0, 11, 11);
    const f = { count: 6, objectives: 2, values, violation: new Float64Array(6) };
    expect([...rankAndCrowding(f, 6)]).toEqual([0, 4, 3, 2, 1, 5]);
    expect([...rankAndCrowding(f, 3)]).toEqual([0, 4, 3]);
  });

  it('puts every feasible candidate before every infeasible one', () => {
    fc.assert(
      fc.property(fitness(2), (f) => {
        const violations = [...rankAndCrowding(f, f.count)].map((i) => f.violation[i]);
        expect(violations).toEqual([...violations].sort((a, b) => a - b));
      }),
    );
  });
});
