import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '../gpu';
import { ENGINES } from '../gpu/testing/engines';
import { type Problem, shaderProblem } from '../problem';
import { decode, defineSpace, encode, vector } from '../space';
import {
  type Generation,
  genetic,
  minimize,
  nsga2,
  type Population,
  type RunState,
  randomSearch,
} from './index';
import { noise, problemOf, unitCube, zdt } from './testing/problems';

const LINE = {
  space: defineSpace(vector('x', 2, { type: 'float', min: 0, max: 1, scale: 'linear', grid: 'binary' })),
  objectives: ['a', 'b'],
};
const SLOPE = 'fn evaluate(c: Candidate, e: Episode) -> Score { return Score(array(c.x[0], c.x[1])); }';

const engine = await ENGINES[ENGINES.length - 1].open();
afterAll(() => engine.close());

describe('the run loop', () => {
  it('seeds the first population, and never proposes a candidate twice in a generation', async () => {
    const problem = zdt(1, 3);
    const known = encode(problem.space, [0.25, 0, 0]);
    // The same candidate twice is one.
    const initial = Uint32Array.of(...known, ...known);
    const batches: string[][] = [];
    const spied: Problem = {
      ...problem,
      evaluate(genes, episodes) {
        const count = genes.length / 3;
        batches.push(Array.from({ length: count }, (_, i) => decode(problem.space, genes, i).join()));
        return problem.evaluate(genes, episodes);
      },
    };
    const { population, front } = await minimize(spied, nsga2(), {
      engine,
      initial,
      population: 12,
      generations: 6,
    });
    expect(batches[0][0]).toBe('0.25,0,0');
    for (const batch of batches) expect(new Set(batch).size).toBe(batch.length);
    const valuesOf = ({ count, genes }: Population) =>
      Array.from({ length: count }, (_, i) => decode(problem.space, genes, i).join());
    expect(new Set(valuesOf(population)).size).toBe(population.count);
    expect(valuesOf(front)).toContain('0.25,0,0');
  });

  it('goes on in a space that is smaller than the population, however long, and resumes to the same result', async () => {
    const space = defineSpace(
      ['a', 'b', 'c'].map((name) => ({ name, type: 'integer', min: 0, max: 2, scale: 'linear' })),
    );
    const problem = problemOf(space, 1, (values) => ({ objectives: [values.reduce((a, b) => a + b)] }));
    const states: RunState[] = [];
    const options = { engine, population: 20, generations: 12 };
    const whole = await minimize(problem, genetic(), {
      ...options,
      onCheckpoint: (state) => void states.push(structuredClone(state)),
    });
    expect(whole.front.count).toBe(1);
    expect(decode(space, whole.front.genes, 0)).toEqual([0, 0, 0]);
    for (const resume of states)
      expect(await minimize(problem, genetic(), { ...options, resume })).toEqual(whole);
  });

  it('rotates the block of episodes and evaluates survivors again on it', async () => {
    const seen: { first: number; candidates: number }[] = [];
    const problem = problemOf(unitCube(2), 1, ([x], { first, count }) => {
      const values = Array.from({ length: count }, (_, i) => x + noise(first + i, 0));
      return { objectives: [values.reduce((sum, value) => sum + value, 0) / count] };
    });
    const spied: Problem = {
      ...problem,
      evaluate(genes, episodes) {
        seen.push({ first: episodes.first, candidates: genes.length / 2 });
        return problem.evaluate(genes, episodes);
      },
    };
    const result = await minimize(spied, genetic(), {
      engine,
      population: 8,
      generations: 5,
      episodes: 10,
      rotateEvery: 2,
    });
    expect(seen).toEqual([
      { first: 0, candidates: 8 },
      { first: 0, candidates: 8 },
      { first: 10, candidates: 16 },
      { first: 10, candidates: 8 },
      { first: 20, candidates: 16 },
    ]);
    expect(result.evaluations).toBe(56);
    // What is reported belongs to the last block alone.
    const offset = Array.from({ length: 10 }, (_, i) => noise(20 + i, 0)).reduce((a, b) => a + b, 0) / 10;
    const [x] = decode(problem.space, result.front.genes, 0);
    expect(result.front.objectives[0]).toBeCloseTo(x + offset, 12);
  });

  it('stops at a generation’s boundary when time is up, and can be made again by its number', async () => {
    let ms = 0;
    const timed = await minimize(zdt(1, 4), nsga2(), {
      engine,
      population: 8,
      timeLimitMs: 1000,
      // The clock moves by 50 ms whenever the run looks at it, twice a generation.
      now: () => {
        ms += 50;
        return ms;
      },
    });
    expect(timed.stopped).toBe('time');
    // Ten generations take 950 ms by this clock; the eleventh would end at 1050.
    expect(timed.generations).toBe(10);
    const { generations } = timed;
    const again = await minimize(zdt(1, 4), nsga2(), { engine, population: 8, generations });
    expect({ ...again, stopped: 'time' }).toEqual(timed);
  });

  it('stops after so many evaluations', async () => {
    const result = await minimize(zdt(1, 4), randomSearch(), { engine, population: 8, evaluations: 20 });
    expect(result).toMatchObject({ stopped: 'evaluations', evaluations: 24, generations: 3 });
  });

  it('aborts, keeping the state of the last whole generation', async () => {
    const controller = new AbortController();
    const run = minimize(zdt(1, 4), nsga2(), {
      engine,
      population: 8,
      generations: 50,
      signal: controller.signal,
    });
    const aborted = (async () => {
      for await (const { index } of run) if (index === 2) controller.abort();
    })();
    await expect(aborted).rejects.toThrow(/abort/i);
    expect(run.state.generation).toBe(3);
  });

  it('is aborted by a timer also where all is computed on the calling thread', async () => {
    const inline = await openEngine({ engine: 'wasm', workers: 0 });
    const problem = await shaderProblem(inline, { ...LINE, wgsl: SLOPE });
    const options = { engine: inline, population: 8 };
    // Compiling, too, gives timers their turn: that is done here.
    await minimize(problem, nsga2(), { ...options, generations: 5 });
    const run = minimize(problem, nsga2(), {
      ...options,
      generations: 20_000,
      signal: AbortSignal.timeout(50),
    });
    await expect(run).rejects.toThrow(/timeout/i);
    expect(run.state.generation).toBeGreaterThan(1);
    inline.close();
  });

  it('hypervolume never falls on one block, and progress adds up', async () => {
    const generations: Generation[] = [];
    for await (const g of minimize(zdt(1, 4), nsga2(), { engine, population: 12, generations: 10 }))
      generations.push(g);
    expect(generations.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(generations[9].evaluations).toBe(120);
    for (const [i, g] of generations.entries()) {
      expect(g.front.length).toBeGreaterThan(0);
      expect(g.feasible).toBe(12);
      if (i > 0) expect(g.hypervolume).toBeGreaterThanOrEqual(generations[i - 1].hypervolume!);
    }
    expect(generations[9].hypervolume).toBeGreaterThan(generations[0].hypervolume!);
  });

  it.each([
    [{ population: 1 }, /population of 1/],
    [{ population: 2.5 }, /population of 2.5/],
    [{ mutation: { probability: 2 } }, /probability 2/],
    [{ mutation: { index: -1 } }, /index -1/],
  ])('refuses the update %o', (update, message) => {
    const run = minimize(zdt(1, 4), nsga2(), { engine });
    expect(() => run.update(update)).toThrow(message);
  });

  it('refuses scores of the wrong shape', async () => {
    const problem = { ...zdt(1, 3), constraints: ['missing'] };
    await expect(minimize(problem, nsga2(), { engine, population: 4 })).rejects.toThrow(
      /returned 0 violations for 4 candidates, not 4/,
    );
  });
});
