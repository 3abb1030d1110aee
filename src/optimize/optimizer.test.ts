import { afterAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../gpu';
import { ENGINES } from '../gpu/testing/engines';
import { observe } from '../gpu/testing/observe';
import { encode } from '../space';
import { minimize, nsga2, Optimizer, type RunState } from './index';
import { zdt } from './testing/problems';

const engines = await Promise.all(ENGINES.map(async ({ name, open }) => ({ name, engine: await open() })));
const engine = engines[engines.length - 1].engine;
afterAll(() => {
  for (const { engine } of engines) engine.close();
});

describe('reproducibility', () => {
  const options = { population: 16, generations: 8, seed: 5, episodes: 4, rotateEvery: 3 };
  const run = (engine: Engine) => minimize(zdt(1, 5), nsga2(), { ...options, engine });

  it('the same result on every engine', async () => {
    const results = [];
    for (const { engine } of engines) results.push(await run(engine));
    for (const result of results) expect(result).toEqual(results[0]);
    expect(await minimize(zdt(1, 5), nsga2(), { ...options, engine, seed: 6 })).not.toEqual(results[0]);
  });

  it.each(ENGINES)('the same result when $name is lost in mid-run, with a notice', async (under) => {
    const { gpu, device, counts } = observe(await under.gpu());
    const engine = await openEngine({ gpu });
    const notices: string[] = [];
    engine.onNotice((message) => notices.push(message));
    const broken = run(engine);
    for await (const { index } of broken) if (index === 3) device().destroy();
    expect(await broken).toEqual(await run(engines[0].engine));
    expect(counts.devices).toBe(2);
    expect(notices).toHaveLength(1);
    engine.close();
  });

  it.each(ENGINES)('creates nothing on $name in steady state', async (under) => {
    const { gpu, counts } = observe(await under.gpu());
    const engine = await openEngine({ gpu });
    const after: (typeof counts)[] = [];
    const search = minimize(zdt(1, 20), nsga2(), { ...options, engine });
    for await (const _ of search) after.push({ ...counts });
    expect(after[7]).toEqual({ ...after[1], submits: after[1].submits + 6 });
    engine.close();
  });

  it('resumes from any checkpoint to the same result', async () => {
    const states: RunState[] = [];
    const whole = await minimize(zdt(1, 5), nsga2(), {
      ...options,
      engine,
      onCheckpoint: (state) => void states.push(structuredClone(state)),
    });
    expect(states).toHaveLength(8);
    for (const resume of states) {
      expect(await minimize(zdt(1, 5), nsga2(), { ...options, engine, resume })).toEqual(whole);
    }
    expect(() => minimize(zdt(1, 5), nsga2(), { ...options, engine, seed: 6, resume: states[0] })).toThrow(
      /seed 5/,
    );
  });

  it('a run with live changes can be made again from its log', async () => {
    const live = minimize(zdt(1, 5), nsga2(), { ...options, engine });
    for await (const { index } of live) {
      if (index === 1) live.update({ population: 24, mutation: { probability: 0.5 } });
      if (index === 4) live.update({ population: 10, limits: { generations: 11 } });
    }
    const result = await live;
    expect(result.generations).toBe(11);
    expect(result.population.count).toBe(10);
    expect(result.updates.map(({ generation }) => generation)).toEqual([2, 5]);
    const again = await minimize(zdt(1, 5), nsga2(), { ...options, engine, updates: result.updates });
    expect(again).toEqual(result);
    expect(again).not.toEqual(await run(engine));
  });

  it('a run with live changes resumes to the same result too', async () => {
    const updates = [{ generation: 3, update: { population: 20, mutation: { index: 5 } } }];
    const states: RunState[] = [];
    const whole = await minimize(zdt(1, 5), nsga2(), {
      ...options,
      engine,
      updates,
      onCheckpoint: (state) => void states.push(state),
    });
    for (const resume of states) {
      expect(await minimize(zdt(1, 5), nsga2(), { ...options, engine, updates, resume })).toEqual(whole);
    }
  });

  it('a bound on an objective holds from the generation on in which it is set, also for candidates from before', async () => {
    const live = minimize(zdt(1, 5), nsga2(), { ...options, engine });
    for await (const { index, front, population, candidates, archive } of live) {
      expect(candidates.count).toBeGreaterThanOrEqual(options.population);
      const highest = Math.max(...front.map((i) => population.objectives[2 * i]));
      if (index < 3) expect(highest).toBeGreaterThan(0.25);
      else {
        expect(archive.count).toBeGreaterThan(0);
        expect(archive.objectives.every((value, i) => i % 2 === 1 || value <= 0.25)).toBe(true);
      }
      if (index === 2) live.update({ bounds: [0.25, null] });
    }
    const { updates } = await live;
    const again = await minimize(zdt(1, 5), nsga2(), { ...options, engine, updates });
    expect(again).toEqual(await live);
  });

  it('ask and tell is the same search', async () => {
    const problem = zdt(1, 5);
    const optimizer = new Optimizer(problem, nsga2(), { ...options, engine });
    for (let generation = 0; generation < 8; generation++) {
      const batch = await optimizer.ask();
      expect(await optimizer.ask()).toBe(batch);
      optimizer.tell(await problem.evaluate(batch.genes, batch.episodes));
    }
    expect(optimizer.state.population).toEqual((await run(engine)).population);
    expect(() => optimizer.tell({} as never)).toThrow(/tell without ask/);
  });

  it('candidates from elsewhere are evaluated too, and survive where they are better', async () => {
    const problem = zdt(1, 5);
    const optimizer = new Optimizer(problem, nsga2(), { ...options, engine });
    const ideal = encode(problem.space, [0.25, 0, 0, 0, 0]);
    const batch = await optimizer.ask(undefined, ideal);
    expect(batch.genes.slice(-5)).toEqual(ideal);
    const { evaluations, population } = optimizer.tell(await problem.evaluate(batch.genes, batch.episodes));
    expect(evaluations).toBe(options.population + 1);
    expect(population.count).toBe(options.population);
    const survivors = Array.from({ length: population.count }, (_, i) => [
      ...population.genes.slice(5 * i, 5 * i + 5),
    ]);
    expect(survivors).toContainEqual([...ideal]);
  });
});
