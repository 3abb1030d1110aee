import { afterAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../../gpu/testing/engines';
import { decode, defineSpace } from '../../space';
import { genetic, minimize } from '../index';
import { problemOf, zdt } from '../testing/problems';

const engine = await ENGINES[ENGINES.length - 1].open();
afterAll(() => engine.close());

describe('the genetic algorithm', () => {
  const space = defineSpace([
    { name: 'x', type: 'float', min: -5, max: 5, scale: 'linear' },
    { name: 'n', type: 'integer', min: 1, max: 1000, scale: 'log' },
    { name: 'w', type: 'ordered', values: [1, 2, 4, 8, 16] },
    { name: 'mode', type: 'category', values: ['a', 'b', 'c'] },
    { name: 'on', type: 'switch' },
  ]);
  /** Best at x = 1, n = 37, w = 4, mode b, on; x must not exceed 0.5, which moves the best to there. */
  const mixed = problemOf(
    space,
    1,
    ([x, n, w, mode, on]) => ({
      objectives: [
        (x - 1) * (x - 1) + Math.abs(n - 37) / 37 + Math.abs(w - 4) + (mode === 1 ? 0 : 2) + 1 - on,
      ],
      violations: [x - 0.5],
    }),
    1,
  );

  it('finds the constrained best of mixed variables', async () => {
    const { population, front } = await minimize(mixed, genetic(), {
      engine,
      population: 40,
      generations: 60,
    });
    const [x, n, w, mode, on] = decode(space, population.genes, 0);
    expect(x).toBeLessThanOrEqual(0.5);
    expect(x).toBeGreaterThan(0.49);
    expect([n, w, mode, on]).toEqual([37, 4, 1, 1]);
    expect(front.objectives[0]).toBe(population.objectives[0]);
  });

  it('refuses several objectives', () => {
    expect(() => minimize(zdt(1, 3), genetic(), { engine })).toThrow(/one objective, not 2/);
  });
});
