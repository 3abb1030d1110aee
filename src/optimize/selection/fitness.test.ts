import { afterAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../../gpu/testing/engines';
import { decode } from '../../space';
import { type Generation, genetic, minimize, nsga2 } from '../index';
import { problemOf, unitCube } from '../testing/problems';

const engine = await ENGINES[ENGINES.length - 1].open();
afterAll(() => engine.close());

describe('scores that are no numbers, and constraints that nothing meets', () => {
  it('a NaN is infeasible, and is bred away', async () => {
    const problem = problemOf(unitCube(2), 2, ([x, y]) => ({ objectives: [x < 0.9 ? Number.NaN : x, y] }));
    const { population, front } = await minimize(problem, nsga2(), {
      engine,
      population: 20,
      generations: 20,
    });
    expect(front.count).toBeGreaterThan(0);
    expect([...front.objectives].some(Number.isNaN)).toBe(false);
    expect([...population.objectives].some(Number.isNaN)).toBe(false);
  });

  it('where everything is infeasible the front is empty and the violation still falls', async () => {
    const problem = problemOf(
      unitCube(2),
      2,
      ([x, y]) => ({ objectives: [x, y], violations: [0.1 + x, Number.NEGATIVE_INFINITY] }),
      2,
    );
    const generations: Generation[] = [];
    const run = minimize(problem, nsga2(), { engine, population: 16, generations: 12 });
    for await (const generation of run) generations.push(generation);
    const result = await run;
    expect(result.front.count).toBe(0);
    expect(result.reference).toBeNull();
    expect(generations[11]).toMatchObject({
      front: [],
      hypervolume: 0,
      feasible: 0,
      best: [Number.NaN, Number.NaN],
    });
    const least = (g: Generation) => g.population.violations[0];
    expect(least(generations[11])).toBeLessThan(least(generations[0]));
  });
});

it('noise counts against a candidate', async () => {
  /** f is lowest at y = 1, where it is also least certain. */
  const problem = problemOf(unitCube(1), 1, ([y]) => ({ objectives: [1 - 0.1 * y], variance: [y * y] }));
  const bold = await minimize(problem, genetic(), {
    engine,
    population: 10,
    generations: 15,
    pessimism: 0,
  });
  const careful = await minimize(problem, genetic(), {
    engine,
    population: 10,
    generations: 15,
    pessimism: 1,
  });
  expect(decode(problem.space, bold.population.genes, 0)[0]).toBeGreaterThan(0.9);
  expect(decode(problem.space, careful.population.genes, 0)[0]).toBeLessThan(0.1);
});
