import { afterAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../../src/gpu/testing/engines';
import { type Algorithm, cmaes, hypervolume, lshade, minimize, nsga2 } from '../../src/optimize';
import { bbob, zdt } from '../../src/problem';

const engine = await ENGINES[ENGINES.length - 1].open();
afterAll(() => engine.close());

const sphere = () => bbob(engine, { function: 1, instance: 1, dimension: 5 });

describe('what the algorithms reach', () => {
  it('NSGA-II comes close to the front of ZDT1', async () => {
    const { front } = await minimize(await zdt(engine, 1), nsga2(), {
      engine,
      population: 100,
      evaluations: 12_000,
    });
    expect(hypervolume(front.objectives, [1, 1])).toBeGreaterThan(0.655);
  });

  it.each([
    [1, 2000],
    [2, 6000],
    [9, 20_000],
    [13, 20_000],
  ])('CMA-ES solves BBOB f%d in 10-D within %d evaluations', async (number, evaluations) => {
    const problem = await bbob(engine, { function: number, instance: 1, dimension: 10 });
    const target = problem.optimum.f + (number === 13 ? 1e-3 : 1e-5);
    const search = cmaes({ restarts: 'ipop' }) as Algorithm;
    expect(await minimize(problem, search, { engine, evaluations, target })).toMatchObject({
      stopped: 'target',
    });
  });

  it('L-SHADE solves the separable Rastrigin function in 5-D', async () => {
    const problem = await bbob(engine, { function: 3, instance: 1, dimension: 5 });
    const target = problem.optimum.f + 1e-3;
    const run = await minimize(problem, lshade(), { engine, evaluations: 30_000, target });
    expect(run.stopped).toBe('target');
  });
});

describe('a run stops', () => {
  it('at a target, at a hypervolume, when it stagnates, when its algorithm is exhausted', async () => {
    const problem = await sphere();
    const { f } = problem.optimum;
    const hit = await minimize(problem, cmaes(), { engine, target: f + 1 });
    expect(hit.stopped).toBe('target');
    expect(hit.front.objectives[0]).toBeLessThanOrEqual(f + 1);
    const ended = await minimize(problem, cmaes(), { engine, generations: 2000 });
    expect(ended.stopped).toBe('exhausted');
    const stalled = await minimize(problem, lshade(), {
      engine,
      stagnation: { generations: 5, improvement: 0.9 },
    });
    expect(stalled.stopped).toBe('stagnation');
    const front = await zdt(engine, 1, { variables: 5 });
    const grown = await minimize(front, nsga2(), { engine, reference: [1, 1], hypervolume: 0.3 });
    expect(grown.stopped).toBe('hypervolume');
    expect(hypervolume(grown.front.objectives, [1, 1])).toBeGreaterThanOrEqual(0.3);
  });

  it('by no limit that makes no sense', async () => {
    const front = await zdt(engine, 1, { variables: 5 });
    expect(() => minimize(front, nsga2(), { engine, target: 1 })).toThrow(
      /target is of one objective, not of 2/,
    );
    expect(() => minimize(front, nsga2(), { engine, stagnation: { generations: 0 } })).toThrow(/not 0/);
  });
});
