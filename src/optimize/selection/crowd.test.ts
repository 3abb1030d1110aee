import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey, seedKey, threefry2x32 } from '../../math';
import { thinned as cutDown } from './crowd';
import type { Fitness } from './fitness';
import { Gaps } from './gaps';
import { Neighbours } from './neighbours';

function fitnessFrom(objectives: number, rows: readonly (readonly number[])[]): Fitness {
  return {
    count: rows.length,
    objectives,
    values: Float64Array.from(rows.flat()),
    violation: new Float64Array(rows.length),
  };
}

/** Rows of few different numbers, so that ties and twins are common. */
const rowsOf = (objectives: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: objectives, maxLength: objectives }), {
    minLength: 1,
    maxLength: 30,
  });

/** Points of a front in general position, on a sphere or a line. */
function front(objectives: number, count: number): Fitness {
  const key = deriveKey(seedKey(1), objectives);
  const rows = Array.from({ length: count }, (_, i) => {
    const row = Array.from({ length: objectives }, (_, k) => threefry2x32(key, [i, k])[0] / 2 ** 32 + 1e-3);
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
  return fitnessFrom(objectives, rows);
}

const thinned = (fitness: Fitness, members: Uint32Array, size: number) =>
  cutDown(fitness, members, size, 'stepwise');

const all = ({ count }: Fitness) => Uint32Array.from({ length: count }, (_, i) => i);

describe('gaps', () => {
  it('are sums of what lies between two neighbours', () => {
    const fitness = fitnessFrom(2, [
      [0, 10],
      [1, 9],
      [1.5, 8.5],
      [5, 5],
      [10, 0],
    ]);
    const { loneliness } = new Gaps(fitness, all(fitness));
    expect([...loneliness].map((own) => Number(own.toFixed(12)))).toEqual([
      Infinity,
      0.3,
      0.8,
      1.7,
      Infinity,
    ]);
  });

  it('are infinite at the ends, and nothing where all is equal', () => {
    const fitness = fitnessFrom(3, [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect([...new Gaps(fitness, all(fitness)).loneliness]).toEqual([Infinity, 0, Infinity]);
  });
});

describe('neighbours', () => {
  it('are as many as there are objectives, by the product of their squared distances', () => {
    const fitness = fitnessFrom(2, [
      [0, 4],
      [1, 3],
      [2, 2],
      [4, 0],
    ]);
    // Extents are 4: the second lies 2/16 and 2/16 from its two nearest, the third 2/16 and 8/16.
    const { loneliness } = new Neighbours(fitness, all(fitness));
    expect([...loneliness]).toEqual([Infinity, (2 / 16) * (2 / 16), (2 / 16) * (8 / 16), Infinity]);
  });
});

describe.each([
  ['gaps', Gaps],
  ['neighbours', Neighbours],
])('%s', (_, Crowd) => {
  it.each([1, 2, 3, 4])(
    'of %d objectives are after each leave as they are found from what is left',
    (objectives) => {
      fc.assert(
        fc.property(rowsOf(objectives), fc.infiniteStream(fc.nat()), (rows, picks) => {
          // Ends keep their places: what is left has the extents that the whole had.
          const low = new Array<number>(objectives).fill(-1);
          const high = new Array<number>(objectives).fill(9);
          const fitness = fitnessFrom(objectives, [low, ...rows, high]);
          const crowd = new Crowd(fitness, all(fitness));
          const left = [...all(fitness)];
          while (left.length > 2) {
            const [member] = left.splice(1 + ((picks.next().value ?? 0) % (left.length - 2)), 1);
            const before = crowd.loneliness.slice();
            crowd.remove(member);
            const fresh = new Crowd(fitness, Uint32Array.from(left));
            for (const [i, other] of left.entries()) {
              const hasChanged = crowd.refresh(other);
              expect(crowd.loneliness[other]).toBeCloseTo(fresh.loneliness[i], 12);
              expect(crowd.loneliness[other]).toBeGreaterThanOrEqual(before[other]);
              if (!hasChanged) expect(crowd.loneliness[other]).toBe(before[other]);
            }
          }
        }),
      );
    },
  );
});

describe('thinned', () => {
  it('keeps one of two that are near each other', () => {
    const fitness = fitnessFrom(
      2,
      [0, 1, 2, 3, 4, 5, 6].map((x) => [x, 6 - x]),
    );
    // All distances are equal, so taken out at once those of the highest indices would go.
    expect([...thinned(fitness, all(fitness), 7)]).toEqual([0, 6, 1, 2, 3, 4, 5]);
    expect([...thinned(fitness, all(fitness), 4)]).toEqual([0, 6, 2, 4]);
  });

  it.each([2, 3, 4])(
    'keeps the ends of %d objectives, and as many as are asked for, each once',
    (objectives) => {
      fc.assert(
        fc.property(rowsOf(objectives), fc.nat(30), (rows, size) => {
          const fitness = fitnessFrom(objectives, rows);
          const kept = [...thinned(fitness, all(fitness), size)];
          expect(new Set(kept).size).toBe(Math.min(size, rows.length));
          expect(kept.length).toBe(Math.min(size, rows.length));
          if (size < 2 * objectives) return;
          for (let k = 0; k < objectives; k++) {
            const column = (i: number) => fitness.values[i * objectives + k];
            expect(Math.min(...kept.map(column))).toBe(Math.min(...rows.map((row) => row[k])));
            expect(Math.max(...kept.map(column))).toBe(Math.max(...rows.map((row) => row[k])));
          }
        }),
      );
    },
  );

  it.each([
    [2, Gaps],
    [3, Neighbours],
  ] as const)('takes the most crowded of what is left, %d objectives', (objectives, Crowd) => {
    fc.assert(
      fc.property(rowsOf(objectives), fc.nat(30), (rows, size) => {
        const low = new Array<number>(objectives).fill(-1);
        const high = new Array<number>(objectives).fill(9);
        const fitness = fitnessFrom(objectives, [low, ...rows, high]);
        const left = [...all(fitness)];
        while (left.length > Math.max(size, 2)) {
          const { loneliness } = new Crowd(fitness, Uint32Array.from(left));
          left.splice(loneliness.lastIndexOf(Math.min(...loneliness)), 1);
        }
        const kept = [...thinned(fitness, all(fitness), Math.max(size, 2))];
        expect(kept.sort((a, b) => a - b)).toEqual(left);
      }),
    );
  });

  it('leaves the members of a front further apart than taking out all at once does', () => {
    for (const objectives of [2, 3]) {
      const fitness = front(objectives, 200);
      const nearest = (rows: readonly number[]) => {
        const { values } = fitness;
        const gap = (a: number, b: number) =>
          Math.hypot(
            ...Array.from(
              { length: objectives },
              (_, k) => values[a * objectives + k] - values[b * objectives + k],
            ),
          );
        return Math.min(...rows.flatMap((a) => rows.filter((b) => b !== a).map((b) => gap(a, b))));
      };
      const atOnce = [...cutDown(fitness, all(fitness), 60, 'at-once')];
      expect(nearest([...thinned(fitness, all(fitness), 60)])).toBeGreaterThan(2 * nearest(atOnce));
    }
  });

  it('at once goes by the gaps of the whole front', () => {
    fc.assert(
      fc.property(rowsOf(3), fc.nat(30), (rows, size) => {
        const fitness = fitnessFrom(3, rows);
        const { loneliness } = new Gaps(fitness, all(fitness));
        const order = [...all(fitness)].sort((a, b) =>
          loneliness[b] === loneliness[a] ? a - b : loneliness[b] - loneliness[a],
        );
        expect([...cutDown(fitness, all(fitness), size, 'at-once')]).toEqual(order.slice(0, size));
      }),
    );
  });

  it('tells members of fronts of a hundred objectives and more apart', () => {
    const fitness = front(130, 300);
    expect(new Neighbours(fitness, all(fitness)).loneliness.some(Number.isFinite)).toBe(true);
  });

  it('takes scores that are not finite as they come', () => {
    const fitness = fitnessFrom(2, [
      [Number.NaN, 1],
      [1, Number.POSITIVE_INFINITY],
      [2, Number.NaN],
    ]);
    fitness.violation.fill(Number.POSITIVE_INFINITY);
    expect([...thinned(fitness, all(fitness), 2)]).toEqual([0, 1]);
  });

  it('thins fronts of a hundred thousand', () => {
    for (const objectives of [2, 3]) {
      const fitness = front(objectives, 100_000);
      expect(thinned(fitness, all(fitness), 50_000).length).toBe(50_000);
    }
  });
});
