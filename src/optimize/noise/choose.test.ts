import { expect, it } from 'vitest';
import type { Problem } from '../../problem';
import { defineSpace, encode } from '../../space';
import { chooseFromFront } from '../index';
import { noise, problemOf, unitCube } from '../testing/problems';

it('choosing races the front on choice episodes, over a common prefix', async () => {
  const space = defineSpace([{ name: 'n', type: 'integer', min: 0, max: 7, scale: 'linear' }]);
  const blocks: [number, number, number][] = [];
  /** The knee lies at n = 3; each n has noise of its own. */
  const problem = problemOf(space, 2, ([n], { first, count, purpose }) => {
    expect(purpose).toBe('choice');
    const each = Array.from({ length: count }, (_, i) => noise(first + i, n) / 50);
    const error = each.reduce((sum, value) => sum + value, 0) / count;
    const x = n / 7;
    return {
      objectives: [x + error, (1 - x) * (1 - x) * (1 - x) + error],
      variance: [1e-4 / count, 1e-4 / count],
    };
  });
  const spied: Problem = {
    ...problem,
    evaluate(genes, episodes) {
      blocks.push([episodes.first, episodes.count, genes.length]);
      return problem.evaluate(genes, episodes);
    },
  };
  const genes = Uint32Array.from([0, 1, 2, 3, 4, 5, 6, 7].flatMap((n) => [...encode(space, [n])]));
  const { index, chosen, rounds } = await chooseFromFront(spied, genes, { prefix: 4, episodes: 30 });
  expect(blocks).toEqual([
    [0, 4, 8],
    [4, 4, 4],
    [8, 8, 2],
    [16, 14, 1],
  ]);
  expect(rounds.map(({ episodes }) => episodes)).toEqual([4, 8, 16, 30]);
  expect([2, 3]).toContain(index);
  expect(chosen.samples[0]).toBe(30);
  // Pooled over the rounds, the scores are those of one evaluation on all 30 replications.
  const whole = await problem.evaluate(chosen.genes, { index: 0, first: 0, count: 30, purpose: 'choice' });
  expect(chosen.objectives[0]).toBeCloseTo(whole.objectives[0], 12);
  expect(chosen.variance[0]).toBeCloseTo(whole.variance[0], 12);
});

it('choosing prefers the feasible, and refuses an empty front', async () => {
  const problem = problemOf(unitCube(1), 1, ([x]) => ({ objectives: [x], violations: [0.5 - x] }), 1);
  const genes = Uint32Array.from([0.1, 0.9, 0.6].flatMap((x) => [...encode(problem.space, [x])]));
  expect((await chooseFromFront(problem, genes, { prefix: 1, episodes: 1 })).index).toBe(2);
  await expect(chooseFromFront(problem, new Uint32Array(), { prefix: 1, episodes: 1 })).rejects.toThrow(
    /no candidates/,
  );
  await expect(chooseFromFront(problem, genes, { prefix: 4, episodes: 2 })).rejects.toThrow(/no race/);
});
