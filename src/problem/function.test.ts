import { expect, it } from 'vitest';
import { defineSpace, encode } from '../space';
import { functionProblem } from './index';

const SPACE = defineSpace([
  { name: 'x', type: 'float', min: -1, max: 1, scale: 'linear' },
  { name: 'n', type: 'integer', min: 1, max: 9, scale: 'linear' },
  { name: 'kind', type: 'category', values: ['soft', 'hard'] },
  { name: 'on', type: 'switch' },
]);
const ONCE = { index: 0, first: 0, count: 3, purpose: 'search' } as const;

it('gets values by name, a category by its own value', async () => {
  const seen: unknown[] = [];
  const problem = functionProblem({
    space: SPACE,
    evaluate(values) {
      seen.push(values);
      return Number(values.x);
    },
  });
  const genes = Uint32Array.of(...encode(SPACE, [0.25, 3, 1, 1]), ...encode(SPACE, [-1, 9, 0, 0]));
  const scores = await problem.evaluate(genes, ONCE);
  expect(seen).toEqual([
    { x: 0.25, n: 3, kind: 'hard', on: true },
    { x: -1, n: 9, kind: 'soft', on: false },
  ]);
  expect([...scores.objectives]).toEqual([0.25, -1]);
  // Without noise one evaluation is all there is to know.
  expect([...scores.samples]).toEqual([1, 1]);
});

it('averages replications where it is noisy', async () => {
  const problem = functionProblem({
    space: SPACE,
    objectives: ['f', 'g'],
    constraints: ['c'],
    noisy: true,
    evaluate: async (_, { replication }) => ({ objectives: [replication, 2], violations: [-1] }),
  });
  const scores = await problem.evaluate(encode(SPACE, [0, 1, 0, 0]), { ...ONCE, first: 10 });
  expect(scores).toEqual({
    objectives: Float64Array.of(11, 2),
    violations: Float64Array.of(-1),
    samples: Float64Array.of(3),
    // Of 10, 11, 12 the sample variance is 1.
    variance: Float64Array.of(1 / 3, 0),
    notFinite: 0,
  });
});

it('gives each purpose its own random numbers, the same for every candidate', async () => {
  const seeds: string[] = [];
  const problem = functionProblem({
    space: SPACE,
    evaluate: (_, { seed }) => seeds.push(seed.join()),
  });
  const genes = encode(SPACE, [0, 1, 0, 0]);
  await problem.evaluate(Uint32Array.of(...genes, ...genes), ONCE);
  await problem.evaluate(genes, { ...ONCE, purpose: 'test' });
  expect(seeds[0]).toBe(seeds[1]);
  expect(seeds[2]).not.toBe(seeds[0]);
});

it('counts what is not finite, and refuses the wrong number of scores', async () => {
  const outcomes = [Number.NaN, Number.POSITIVE_INFINITY, 1, { objectives: [1, 2] }];
  const problem = functionProblem({ space: SPACE, evaluate: ({ n }) => outcomes[Number(n) - 1] });
  const genes = Uint32Array.of(...[1, 2, 3].flatMap((n) => [...encode(SPACE, [0, n, 0, 0])]));
  const { objectives, notFinite } = await problem.evaluate(genes, ONCE);
  expect([...objectives]).toEqual([Number.NaN, Number.NaN, 1]);
  expect(notFinite).toBe(2);
  await expect(problem.evaluate(encode(SPACE, [0, 4, 0, 0]), ONCE)).rejects.toThrow(RangeError);
});

it('stops when it is told to', async () => {
  const problem = functionProblem({ space: SPACE, evaluate: () => 0 });
  const genes = encode(SPACE, [0, 1, 0, 0]);
  await expect(problem.evaluate(genes, ONCE, AbortSignal.abort())).rejects.toThrow(/abort/i);
});
