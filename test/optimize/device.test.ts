import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/gpu';
import { openEngine } from '../../src/gpu';
import { ENGINES } from '../../src/gpu/testing/engines';
import { observe } from '../../src/gpu/testing/observe';
import {
  type Algorithm,
  cmaes,
  genetic,
  lshade,
  minimize,
  nsga2,
  Optimizer,
  type RunState,
} from '../../src/optimize';
import { type Problem, shaderProblem, zdt } from '../../src/problem';
import { defineSpace, vector } from '../../src/space';

const OPTIONS = { population: 24, generations: 8, seed: 3 };

const bowl = (engine: Engine): Promise<Problem> =>
  shaderProblem(engine, {
    space: defineSpace(vector('x', 6, { type: 'float', min: -1, max: 1, scale: 'linear', grid: 'binary' })),
    objectives: ['f'],
    wgsl: `fn evaluate(c: Candidate, e: Episode) -> Score {
      var score: Score;
      for (var i = 0u; i < 6u; i++) { score.objectives[0] += f32(i + 1u) * c.x[i] * c.x[i]; }
      return score;
    }`,
  });

const SEARCHES: readonly {
  name: string;
  algorithm: () => Algorithm;
  problem: (engine: Engine) => Promise<Problem>;
}[] = [
  {
    name: 'NSGA-II',
    algorithm: nsga2 as () => Algorithm,
    problem: (engine) => zdt(engine, 1, { variables: 6 }),
  },
  { name: 'genetic', algorithm: genetic as () => Algorithm, problem: bowl },
  { name: 'L-SHADE', algorithm: lshade as () => Algorithm, problem: bowl },
  { name: 'CMA-ES', algorithm: cmaes as () => Algorithm, problem: bowl },
];

for (const under of ENGINES) {
  describe.each(SEARCHES)(
    `$name on ${under.name}, scored where candidates are made`,
    ({ algorithm, problem }) => {
      it('is the same search as by ask and tell, and resumes', async () => {
        const engine = await under.open();
        const scored = await problem(engine);
        const states: RunState[] = [];
        const whole = await minimize(scored, algorithm(), {
          ...OPTIONS,
          engine,
          onCheckpoint: (state) => void states.push(structuredClone(state)),
        });
        const optimizer = new Optimizer(scored, algorithm(), { ...OPTIONS, engine });
        for (let generation = 0; generation < OPTIONS.generations; generation++) {
          const { genes, episodes } = await optimizer.ask();
          optimizer.tell(await scored.evaluate(genes, episodes));
        }
        expect(optimizer.state.population).toEqual(whole.population);
        expect(optimizer.state.evaluations).toBe(whole.evaluations);
        const resumed = await minimize(scored, algorithm(), { ...OPTIONS, engine, resume: states[4] });
        expect(resumed).toEqual(whole);
        engine.close();
      });

      it('submits once a generation and creates nothing in steady state', async () => {
        const { gpu, counts } = observe(await under.gpu());
        const engine = await openEngine({ gpu });
        const after: (typeof counts)[] = [];
        const search = minimize(await problem(engine), algorithm(), { ...OPTIONS, engine, generations: 40 });
        for await (const _ of search) after.push({ ...counts });
        expect(after[39]).toEqual({ ...after[33], submits: after[33].submits + 6 });
        engine.close();
      });
    },
  );

  it(`two searches on one ${under.name} at a time do not mix`, async () => {
    const engine = await under.open();
    const scored = await bowl(engine);
    const seeds = [1, 2, 3];
    const run = (seed: number) => minimize(scored, genetic(), { ...OPTIONS, seed, engine });
    const alone = [];
    for (const seed of seeds) alone.push(await run(seed));
    expect(await Promise.all(seeds.map((seed) => run(seed)))).toEqual(alone);
    engine.close();
  });
}
