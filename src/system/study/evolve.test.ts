import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../gpu';
import type { Generation } from '../../optimize';
import { sizedProfiles } from '../policy';
import { loadScenario, type Scenario } from '../scenario';
import { SHOP_YAML } from '../testing/shop';
import { compareScenario } from './compare';
import { type EvolveCheckpoint, type EvolveOptions, evolveScenario } from './evolve';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
/** Two faults and short windows: enough to go through every step. */
const scenario: Scenario = {
  ...shop,
  faults: [shop.faults[1], shop.faults[7]],
  windows: { warmupUs: 5e5, healthyUs: 5e5, onsetUs: 1e6, steadyUs: 1e6, recoveryUs: 1e6 },
};
const BUDGET: EvolveOptions = {
  seed: 7,
  population: 8,
  generations: 3,
  replications: 1,
  rotateEvery: 2,
  choiceReplications: 2,
  heldout: 2,
};

describe('an evolution', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ engine: 'wasm', workers: 0 });
  });
  afterAll(() => engine.close());

  it('resumed from a checkpoint equals the uninterrupted one', async () => {
    const checkpoints: EvolveCheckpoint[] = [];
    const whole = await evolveScenario(engine, scenario, {
      ...BUDGET,
      onCheckpoint: (state) => {
        checkpoints.push(structuredClone(state));
      },
    });
    expect(checkpoints).toHaveLength(3);
    const resumed = await evolveScenario(engine, scenario, {
      ...BUDGET,
      resume: checkpoints[1],
    });
    expect(JSON.stringify(resumed)).toBe(JSON.stringify(whole));

    expect(whole.search).toMatchObject({ seed: 7, generations: 3, population: 8, evaluations: 34 + 10 + 20 });
    expect(whole.comparison.rows.map(({ id }) => id)).toEqual([
      ...whole.profilePoints.map(({ rowId }) => rowId),
      'today',
      'random',
      'genetic',
    ]);
    expect(whole.comparison.rows.filter(({ headline }) => headline)).toHaveLength(6);
    expect(whole.front.filter(({ chosen }) => chosen)).toHaveLength(1);
    expect(whole.dominance).toHaveLength(12);
    expect(whole.hypervolume.lead.low).toBeLessThanOrEqual(whole.hypervolume.lead.high);
    expect(whole.hypervolume.genetic.mean - whole.hypervolume.random.mean).toBeCloseTo(
      whole.hypervolume.lead.mean,
      12,
    );
    expect(whole.timelines.map(({ fault }) => fault)).toEqual(['zone', 'zone', 'zone']);
    // Plain data: what is written is what is read.
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
  });

  it('tells each generation, and takes changes on the way', async () => {
    const run = evolveScenario(engine, scenario, BUDGET);
    const evaluations: number[] = [];
    for await (const generation of run) {
      evaluations.push(generation.evaluations);
      expect(generation.random.evaluations).toBe(generation.evaluations);
      expect(generation.convergence).toMatchObject({ generation: generation.index });
      // Both searches start from the same candidates, the niches' aside.
      const first = ({ candidates: { genes, count } }: Generation) =>
        genes.subarray(0, (32 * genes.length) / count);
      if (generation.index === 0) expect(first(generation.random)).toEqual(first(generation));
      if (generation.index === 0) run.update({ population: 4 });
      if (generation.index === 1) break;
    }
    // Four times the population and two from the niches; then four and two.
    expect(evaluations).toEqual([34, 40]);
    const result = await run;
    const { search, convergence } = result;
    expect(search.updates).toEqual([{ generation: 1, update: { population: 4 } }]);
    expect(convergence.map(({ generation }) => generation)).toEqual([0, 1, 2]);
    const again = await evolveScenario(engine, scenario, { ...BUDGET, updates: search.updates });
    expect(JSON.stringify(again)).toBe(JSON.stringify(result));
  });

  it('places the profiles on the episodes of a generation', async () => {
    const run = evolveScenario(engine, scenario, BUDGET);
    const single = scenario.services.reduce((sum, { costPerReplica }) => sum + costPerReplica, 0);
    for await (const { episodes } of run) {
      const profiles = await run.profilesOn(episodes);
      expect(profiles.map(({ id }) => id)).toEqual(sizedProfiles(scenario).map(({ id }) => id));
      expect(profiles.filter(({ size }) => size === 1).map(({ objectives }) => objectives[2])).toEqual([
        single,
        single,
        single,
        single,
      ]);
      expect(profiles.some(({ objectives }) => objectives[0] > 0)).toBe(true);
      break;
    }
  });

  it('ends where a live change of its limits says, and refuses one that makes no sense', async () => {
    const run = evolveScenario(engine, scenario, BUDGET);
    expect(() => run.update({ population: 1 })).toThrow(/population of 1/);
    run.update({ limits: { generations: 1 } });
    expect((await run).search.generations).toBe(1);
  });

  it('stops when it is told to, and says so', async () => {
    const controller = new AbortController();
    const run = evolveScenario(engine, scenario, { ...BUDGET, signal: controller.signal });
    const failed = (async () => {
      for await (const _ of run) controller.abort(new Error('enough'));
    })();
    await expect(failed).rejects.toThrow('enough');
  });

  it('refuses a checkpoint of another run', async () => {
    const other = { version: 2, scenario: 'Shop', seed: 8, population: 8, replications: 1, rotateEvery: 2 };
    expect(() => evolveScenario(engine, scenario, { ...BUDGET, resume: other as EvolveCheckpoint })).toThrow(
      'made with seed 8, not 7',
    );
    const old = { ...other, version: 1 } as unknown as EvolveCheckpoint;
    expect(() => evolveScenario(engine, scenario, { ...BUDGET, resume: old })).toThrow(
      'made with version 1, not 2',
    );
  });

  it('is not needed to compare what runs today with the profiles', async () => {
    const today = { label: 'Today', policy: scenario.policy };
    const { comparison, standings, test } = await compareScenario(engine, scenario, today, [today], {
      heldout: 2,
    });
    expect(comparison.rows).toHaveLength(14);
    expect(test).toEqual({ confidence: 0.95, margin: 0.02, comparisons: 6 });
    // The same policy again differs in nothing.
    expect(standings[0]).toMatchObject({
      rowId: 'other-1',
      dominates: false,
      dominated: false,
      better: [],
      worse: [],
    });
    expect(standings[0].differences.every(({ mean }) => mean === 0)).toBe(true);
  });
});
