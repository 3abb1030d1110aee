import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../problem';
import { defineSpace, encode } from '../../space';
import { noise, problemOf } from '../testing/problems';
import { finalRanking } from './final-ranking';
import { race } from './race';
import { signedRankPValue } from './wilcoxon';

const SPACE = defineSpace([{ name: 'n', type: 'integer', min: 0, max: 7, scale: 'linear' }]);
const ALL = Uint32Array.from([0, 1, 2, 3, 4, 5, 6, 7].flatMap((n) => [...encode(SPACE, [n])]));

/** Means `gap` apart, best at n = 3, with noise in common and noise of each candidate's own; n = 6 is infeasible. */
function noisy(gap: number, salt = 0): Problem {
  return problemOf(
    SPACE,
    1,
    ([n], { first, count }) => {
      const each = Array.from(
        { length: count },
        (_, i) => gap * Math.abs(n - 3) + noise(first + i, salt) + 0.2 * noise(first + i, 100 + salt + n),
      );
      const mean = each.reduce((a, b) => a + b) / count;
      const spread = each.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
      return {
        objectives: [mean],
        violations: [n === 6 ? 1 : 0],
        variance: [count > 1 ? spread / (count - 1) / count : 0],
      };
    },
    1,
  );
}

/** Candidates whose scores differ by chance alone, evaluated in turn. */
function equals(salt: number): Problem {
  let evaluations = 0;
  return problemOf(SPACE, 1, () => ({ objectives: [noise(evaluations++, salt)] }), 0);
}

describe('the signed-rank test', () => {
  it('is exact: for few pairs the share of sign patterns that rank as high', () => {
    const difference = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(fc.array(difference, { maxLength: 9 }), (differences) => {
        const sizes = differences.filter((d) => d !== 0).map(Math.abs);
        const rank = (size: number) =>
          sizes.filter((s) => s < size).length + (sizes.filter((s) => s === size).length + 1) / 2;
        const observed = differences.reduce((sum, d) => sum + (d > 0 ? rank(d) : 0), 0);
        let extreme = 0;
        for (let pattern = 0; pattern < 2 ** sizes.length; pattern++) {
          const sum = sizes.reduce((s, size, i) => s + ((pattern >> i) & 1 ? rank(size) : 0), 0);
          if (sum >= observed) extreme++;
        }
        expect(signedRankPValue(differences)).toBe(extreme / 2 ** sizes.length);
      }),
    );
  });

  it('has the published tail for ten pairs', () => {
    // Of ranks 1 to 10 the positive ones sum to at least 45 (T- at most 10) with probability 0.0420.
    const differences = [1, 2, 3, -4, 5, -6, 7, 8, 9, 10];
    expect(signedRankPValue(differences)).toBeCloseTo(0.042, 4);
    expect(() => signedRankPValue(new Array(51).fill(1))).toThrow(/51 pairs/);
  });
});

describe('a race', () => {
  it('drops what is clearly worse, keeps the best, and spends less', async () => {
    const { ranking, finished, evaluations } = await race(noisy(0.2), ALL, { heats: 30 });
    expect(ranking[0].index).toBe(3);
    expect(ranking.map(({ index }) => index).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(finished).toBeLessThan(4);
    expect(evaluations).toBeLessThan(8 * 30 * 0.75);
    for (const [place, { scores }] of ranking.entries()) {
      if (place < finished) expect(scores).toHaveLength(30);
      else expect(scores.length).toBeLessThan(30);
    }
    expect(ranking.find(({ index }) => index === 6)!.scores[0]).toBe(Number.POSITIVE_INFINITY);
  });

  // The more there are, the luckier the leader.
  it.each([
    [6, 100],
    [30, 40],
  ])('drops one of %d equals in at most five races of a hundred', async (field, races) => {
    let lost = 0;
    for (let salt = 1; salt <= races; salt++) {
      const { finished } = await race(equals(salt), new Uint32Array(field), { heats: 16 });
      if (finished < field) lost++;
    }
    expect(lost).toBeLessThanOrEqual(0.05 * races);
  });

  it('compares what it is told to', async () => {
    const two = problemOf(SPACE, 2, ([n]) => ({ objectives: [n, 7 - n] }));
    const score = ([a, b]: Float64Array) => 2 * a + b;
    expect((await race(two, ALL, { heats: 12, score })).ranking[0].index).toBe(0);
    await expect(race(two, ALL, { heats: 12 })).rejects.toThrow(/2 objectives cannot be raced/);
    await expect(race(two, new Uint32Array(), { heats: 12, score })).rejects.toThrow(/no candidates/);
    await expect(race(two, ALL, { heats: 51, score })).rejects.toThrow(/51 heats/);
  });
});

describe('the final ranking', () => {
  it('ranks on test episodes, with intervals that hold the truth', async () => {
    const blocks: string[] = [];
    const problem = noisy(0.3);
    const spied: Problem = {
      ...problem,
      evaluate(genes, episodes) {
        blocks.push(`${episodes.purpose} ${episodes.count}`);
        return problem.evaluate(genes, episodes);
      },
    };
    const ranked = await finalRanking(spied, ALL, 40);
    expect(blocks).toEqual(['test 40']);
    expect(
      ranked
        .slice(0, 3)
        .map(({ index }) => index)
        .toSorted(),
    ).toEqual([2, 3, 4]);
    expect(ranked.at(-1)).toMatchObject({ index: 6, feasible: false });
    for (const { index, low, high } of ranked) {
      expect(low).toBeLessThan(0.3 * Math.abs(index - 3));
      expect(high).toBeGreaterThan(0.3 * Math.abs(index - 3));
    }
  });

  it('says nothing of the spread of one replication, and that there is none without noise', async () => {
    const exact = problemOf(SPACE, 1, ([n]) => ({ objectives: [n] }));
    expect((await finalRanking(exact, ALL, 3))[0]).toEqual({
      index: 0,
      mean: 0,
      low: 0,
      high: 0,
      feasible: true,
    });
    const once = problemOf(SPACE, 1, ([n]) => ({ objectives: [n], variance: [1] }));
    expect((await finalRanking(once, ALL, 1))[0]).toMatchObject({ low: Number.NEGATIVE_INFINITY });
  });
});
