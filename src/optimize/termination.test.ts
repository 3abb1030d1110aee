import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '../gpu';
import { minimize, nsga2 } from './index';
import { problemOf, unitCube } from './testing/problems';

const engine = await openEngine({ engine: 'wasm', workers: 0 });
afterAll(() => engine.close());

/** Nothing is feasible; violations as `violation` gives them for the nth candidate. */
function infeasible(violation: (n: number) => number) {
  let candidates = 0;
  return problemOf(
    unitCube(2),
    2,
    ([x, y]) => ({ objectives: [x, y], violations: [violation(candidates++)] }),
    1,
  );
}

describe('stagnation while nothing is feasible', () => {
  const options = { engine, population: 8, generations: 30, stagnation: { generations: 5 } };

  it.each([
    ['no violation falls', () => 1, 6],
    ['all fitness is NaN', () => Number.NaN, 6],
    ['violations fall by too little', (n: number) => 1 - 1e-9 * n, 6],
  ])('ends the run where %s', async (_, violation, generations) => {
    expect(await minimize(infeasible(violation), nsga2(), options)).toMatchObject({
      stopped: 'stagnation',
      generations,
    });
  });

  it('is none while the least violation falls, within a block of episodes', async () => {
    const falling = () => infeasible((n) => 1 / (1 + n));
    expect((await minimize(falling(), nsga2(), options)).stopped).toBe('generations');
    // Violations of another block do not compare: neither better nor a new beginning.
    const rotating = { ...options, rotateEvery: 1 };
    expect(await minimize(falling(), nsga2(), rotating)).toMatchObject({
      stopped: 'stagnation',
      generations: 6,
    });
  });

  it('begins anew with the first feasible candidate', async () => {
    let candidates = 0;
    const late = problemOf(
      unitCube(1),
      1,
      () => ({ objectives: [1], violations: [candidates++ < 32 ? 1 : 0] }),
      1,
    );
    const run = await minimize(late, nsga2(), options);
    expect(run).toMatchObject({ stopped: 'stagnation', generations: 10 });
    expect(run.front.count).toBeGreaterThan(0);
  });
});

it.each(['generations', 'evaluations', 'timeLimitMs', 'target', 'hypervolume'])(
  'a limit on %s that is NaN would never be reached: it is refused',
  (name) => {
    const problem = problemOf(unitCube(1), 1, ([x]) => ({ objectives: [x] }));
    expect(() => minimize(problem, nsga2(), { engine, [name]: Number.NaN })).toThrow(
      `the limit ${name} is NaN`,
    );
    const run = minimize(problem, nsga2(), { engine });
    expect(() => run.update({ limits: { [name]: Number.NaN } })).toThrow(RangeError);
  },
);
