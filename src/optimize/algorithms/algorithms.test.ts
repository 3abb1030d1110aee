import { afterAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../gpu';
import { ENGINES } from '../../gpu/testing/engines';
import { observe } from '../../gpu/testing/observe';
import { decode, defineSpace, vector } from '../../space';
import {
  type Algorithm,
  cmaes,
  type Generation,
  genetic,
  lshade,
  type MinimizeOptions,
  minimize,
  nsga2,
  type RunState,
  randomSearch,
} from '../index';
import { noise, problemOf, zdt } from '../testing/problems';

const engines = await Promise.all(ENGINES.map(async ({ name, open }) => ({ name, engine: await open() })));
const engine = engines[engines.length - 1].engine;
afterAll(() => {
  for (const { engine } of engines) engine.close();
});

const ALGORITHMS: readonly { name: string; algorithm: () => Algorithm }[] = [
  { name: 'random search', algorithm: randomSearch as () => Algorithm },
  { name: 'genetic', algorithm: genetic as () => Algorithm },
  { name: 'NSGA-II', algorithm: nsga2 as () => Algorithm },
  { name: 'L-SHADE', algorithm: lshade as () => Algorithm },
  { name: 'CMA-ES', algorithm: cmaes as () => Algorithm },
  {
    name: 'CMA-ES with restarts',
    // So small a step that every descent ends at once.
    algorithm: () => cmaes({ variant: 'full', restarts: 'ipop', size: 2 ** -35 }) as Algorithm,
  },
  { name: 'separable CMA-ES', algorithm: () => cmaes({ variant: 'separable' }) as Algorithm },
];

const space = defineSpace([
  ...vector('x', 3, { type: 'float', min: -5, max: 5, scale: 'linear', grid: 'binary' }),
  { name: 'n', type: 'integer', min: 1, max: 40, scale: 'linear' },
  { name: 'w', type: 'ordered', values: [1, 2, 4, 8] },
  { name: 'on', type: 'switch' },
]);

/** Best at x = 1, n = 7, w = 4, on; noisy in common, and x0 must not exceed 0.5. */
const mixed = problemOf(
  space,
  1,
  ([a, b, c, n, w, on], { first }) => ({
    objectives: [
      (a - 1) * (a - 1) +
        (b - 1) * (b - 1) +
        (c - 1) * (c - 1) +
        Math.abs(n - 7) / 4 +
        Math.abs(w - 4) / 4 +
        1 -
        on +
        0.001 * noise(first, 0),
    ],
    violations: [a - 0.5],
  }),
  1,
);

describe.each(ALGORITHMS)('$name', ({ algorithm }) => {
  const options = { population: 12, generations: 9, seed: 5, episodes: 2, rotateEvery: 4 };
  const run = (engine: Engine, more: Partial<MinimizeOptions> = {}) =>
    minimize(mixed, algorithm(), { ...options, engine, ...more });

  it('comes to the same result on every engine, and to another from another seed', async () => {
    const results = [];
    for (const { engine } of engines) results.push(await run(engine));
    for (const result of results) expect(result).toEqual(results[0]);
    expect(await run(engine, { seed: 6 })).not.toEqual(results[0]);
  });

  it('resumes from any checkpoint to the same result', async () => {
    const states: RunState[] = [];
    const whole = await run(engine, { onCheckpoint: (state) => void states.push(structuredClone(state)) });
    expect(states).toHaveLength(9);
    for (const resume of states) expect(await run(engine, { resume })).toEqual(whole);
  });

  it('can be made again from its log of live changes', async () => {
    const live = run(engine);
    for await (const { index } of live) {
      if (index === 2) live.update({ population: 16, mutation: { probability: 0.5 }, bounds: [100] });
    }
    const result = await live;
    expect(await run(engine, { updates: result.updates })).toEqual(result);
    expect(result).not.toEqual(await run(engine));
  });

  it('never changes a state that it gave out', async () => {
    const states: RunState[] = [];
    const copies: RunState[] = [];
    await run(engine, {
      onCheckpoint(state) {
        states.push(state);
        copies.push(structuredClone(state));
      },
    });
    expect(states).toEqual(copies);
  });

  it('loses a device and comes to the same result', async () => {
    const { gpu, device } = observe(await ENGINES[ENGINES.length - 1].gpu());
    const fragile = await openEngine({ gpu });
    const broken = run(fragile);
    for await (const { index } of broken) if (index === 3) device().destroy();
    expect(await broken).toEqual(await run(engine));
    fragile.close();
  });

  it('takes the user’s own first candidates', async () => {
    const [x, n] = [0x9999_9999, 0x2a00_0000];
    const initial = Uint32Array.of(x, x, x, n, 0xa000_0000, 0xf000_0000);
    const generations: Generation[] = [];
    for await (const generation of run(engine, { initial, generations: 1 })) generations.push(generation);
    const { count, genes } = generations[0].candidates;
    const rows = Array.from({ length: count }, (_, i) => [...genes.subarray(6 * i, 6 * i + 6)]);
    expect(rows).toContainEqual([...initial]);
  });

  it('passes over fitness that is NaN or infinite', async () => {
    const problem = problemOf(space, 1, ([a, b]) => ({
      objectives: [a < -1 ? Number.NaN : b < -1 ? Number.NEGATIVE_INFINITY : a * a + b * b],
    }));
    const counts: number[] = [];
    const search = minimize(problem, algorithm(), { ...options, engine, rotateEvery: 0 });
    for await (const { notFinite } of search) counts.push(notFinite);
    const { front, population } = await search;
    expect(counts[0]).toBeGreaterThan(0);
    expect(front.count).toBe(1);
    expect(Number.isFinite(front.objectives[0])).toBe(true);
    expect(Number.isFinite(population.objectives[0])).toBe(true);
  });

  it('goes on where all fitness is NaN', async () => {
    const problem = problemOf(space, 1, () => ({ objectives: [Number.NaN] }));
    const result = await minimize(problem, algorithm(), { ...options, engine });
    expect(result.front.count).toBe(0);
    expect(result.reference).toBeNull();
    expect(result.generations).toBe(9);
  });

  it('reports an empty front where nothing satisfies the constraints', async () => {
    const problem = problemOf(space, 1, ([a]) => ({ objectives: [a], violations: [1 + a * a] }), 1);
    const search = minimize(problem, algorithm(), { ...options, engine });
    for await (const generation of search) {
      expect(generation).toMatchObject({ front: [], hypervolume: 0, best: [Number.NaN], feasible: 0 });
    }
    expect((await search).front.count).toBe(0);
  });
});

describe('on mixed variables and a constraint', () => {
  it.each(ALGORITHMS.filter(({ name }) => !['random search', 'CMA-ES with restarts'].includes(name)))(
    '$name finds the best',
    async ({ algorithm }) => {
      const { front } = await minimize(mixed, algorithm(), { engine, population: 40, evaluations: 6000 });
      const [a, b, c, n, w, on] = decode(space, front.genes, 0);
      expect([n, w, on]).toEqual([7, 4, 1]);
      expect(a).toBeLessThanOrEqual(0.5);
      expect(a).toBeGreaterThan(0.45);
      for (const x of [b, c]) expect(Math.abs(x - 1)).toBeLessThan(0.05);
    },
  );
});

describe('what an algorithm cannot search', () => {
  const categories = defineSpace([{ name: 'kind', type: 'category', values: ['a', 'b', 'c'] }]);
  const of = problemOf(categories, 1, ([kind]) => ({ objectives: [kind] }));

  it('is refused', () => {
    for (const algorithm of [genetic, lshade, cmaes]) {
      expect(() => minimize(zdt(1, 3), algorithm() as Algorithm, { engine })).toThrow(/one objective, not 2/);
    }
    expect(() => minimize(of, cmaes(), { engine, population: 8 })).toThrow(/order, and kind has none/);
    expect(() => minimize(mixed, cmaes(), { engine, population: 3 })).toThrow(/at least 4, not 3/);
    expect(() => minimize(mixed, lshade(), { engine, population: 3 })).toThrow(/at least 4, not 3/);
  });
});
