import { afterAll, describe, expect, it } from 'vitest';
import { ENGINES } from '../gpu/testing/engines';
import { levelsFrom, selectionRules } from './constraints';
import { genetic, minimize } from './index';
import { evaluated } from './population';
import { fitnessOf } from './selection/fitness';
import { problemOf, unitCube } from './testing/problems';

const engine = await ENGINES[ENGINES.length - 1].open();
afterAll(() => engine.close());

/** Candidates of one variable and these violations, [candidate][constraint]. */
function violating(constraints: number, ...rows: number[][]) {
  const count = rows.length;
  return evaluated({ variables: 1, objectives: 1, constraints }, new Uint32Array(count), {
    objectives: new Float64Array(count),
    violations: Float64Array.from(rows.flat()),
    samples: new Float64Array(count).fill(1),
    variance: new Float64Array(count),
  });
}

describe('violations', () => {
  it('are summed in units of the largest first one', () => {
    const first = violating(3, [1000, 0.5, -2], [500, 0.25, -1], [Number.NaN, 0, 0]);
    const levels = levelsFrom(first, { normalise: true });
    expect(levels).toEqual({ scales: [1000, 0.5, 1], epsilon: 0 });
    expect([...fitnessOf(first, 0, { scales: levels.scales }).violation]).toEqual([
      2,
      1,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('up to epsilon count as none, and epsilon falls to zero', () => {
    const first = violating(1, [5], [1], [2], [3], [4]);
    const handling = { rule: 'epsilon', generations: 10 } as const;
    const levels = levelsFrom(first, handling);
    expect(levels.epsilon).toBe(2);
    const at = (generation: number) => selectionRules(generation, levels, handling, []);
    expect(at(0).epsilon).toBe(2);
    expect(at(5).epsilon).toBe(2 / 32);
    expect(at(10).epsilon).toBe(0);
    expect([...fitnessOf(first, 0, at(0)).violation]).toEqual([5, 0, 0, 3, 4]);
  });

  it('epsilon crosses ground that keeps feasible-first away', async () => {
    // Feasible below 0.1, and above 0.98, where it is better; between them lies a level moat.
    const problem = problemOf(
      unitCube(1),
      1,
      ([x]) => ({ objectives: [1 - x], violations: [x < 0.1 || x > 0.98 ? 0 : 0.05] }),
      1,
    );
    const best = async (rule: 'epsilon' | 'feasible-first', seed: number) => {
      const { front } = await minimize(problem, genetic(), {
        engine,
        seed,
        population: 8,
        generations: 60,
        constraints: { rule, generations: 40 },
      });
      return front.objectives[0];
    };
    let crossed = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      if ((await best('epsilon', seed)) < (await best('feasible-first', seed))) crossed++;
    }
    expect(crossed).toBeGreaterThan(1);
  });
});
