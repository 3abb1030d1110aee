import { afterAll, describe, expect, it } from 'vitest';
import type { Engine } from '../gpu';
import { ENGINES } from '../gpu/testing/engines';
import { shaderProblem } from '../problem';
import { type Algorithm, genetic, lshade, minimize, nsga2 } from './index';
import { unitCube } from './testing/problems';

const engine = await ENGINES[ENGINES.length - 1].open();
afterAll(() => engine.close());

/** The engine as if its buffers held no more; it notes the largest that anybody works in. */
function limited(mostBytes: number): { engine: Engine; largest(): number } {
  let largest = 0;
  const limits = { ...engine.limits, maxBufferSize: mostBytes, maxStorageBufferBindingSize: mostBytes };
  const own: Partial<Engine> = {
    limits,
    scratch(label, byteLength) {
      largest = Math.max(largest, byteLength);
      return engine.scratch(label, byteLength);
    },
  };
  const limitedEngine = new Proxy(engine, {
    get(target, name) {
      const value = Reflect.get(name in own ? own : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { engine: limitedEngine, largest: () => largest };
}

/** The result of a short run on the sum of squares, with noise that replications average. */
async function run(on: Engine, algorithm: Algorithm, variables: number, episodes: number) {
  const objectives = Array.from({ length: Math.min(algorithm.maxObjectives, 2) }, (_, i) => `f${i}`);
  const problem = await shaderProblem(on, {
    space: unitCube(variables),
    objectives,
    noisy: true,
    wgsl: `fn evaluate(c: Candidate, e: Episode) -> Score {
      var score: Score;
      ${objectives.map((_, k) => `score.objectives[${k}] = random_unit(e, ${k}u);`).join('\n')}
      ${Array.from({ length: variables }, (_, i) => `score.objectives[${i % objectives.length}] += c.x${i + 1} * c.x${i + 1};`).join('\n')}
      return score;
    }`,
  });
  const { population } = await minimize(problem, algorithm, {
    engine: on,
    population: 40,
    generations: 12,
    episodes,
  });
  return population;
}

describe('where buffers are too small', () => {
  // Of 40 candidates: 12 variables take 1,920 bytes, L-SHADE's archive 104 rows of 416 bytes a variable.
  it.each([
    { name: 'genetic', algorithm: genetic },
    { name: 'nsga2', algorithm: nsga2 },
    { name: 'lshade', algorithm: lshade },
  ])('$name makes the same candidates, some variables after others', async ({ algorithm }) => {
    const mostBytes = 1000;
    const small = limited(mostBytes);
    expect(await run(small.engine, algorithm(), 12, 2)).toEqual(await run(engine, algorithm(), 12, 2));
    expect(small.largest()).toBeLessThanOrEqual(mostBytes);
  });

  it('candidates are scored in slices where their replications do not fit', async () => {
    const mostBytes = 1000;
    const small = limited(mostBytes);
    expect(await run(small.engine, genetic(), 2, 9)).toEqual(await run(engine, genetic(), 2, 9));
    expect(small.largest()).toBeLessThanOrEqual(mostBytes);
  });

  it('a population of which not even one variable fits is refused', async () => {
    await expect(run(limited(100).engine, genetic(), 2, 1)).rejects.toThrow(
      'hold a variable of 42 candidates',
    );
  });
});
