import { describe, expect, it } from 'vitest';
import { loadScenario, type Scenario } from '../scenario';
import { FakeRunner } from '../testing/fake-runner';
import { SHOP_YAML } from '../testing/shop';
import { blockOf } from './episodes';
import { evaluateOnce } from './evaluate-once';
import { makeProblem } from './problem';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
const CART = 1;
/** One crash a year of each cart replica, 30 s long. */
const scenario: Scenario = {
  ...shop,
  faults: [{ ...shop.faults[0], ratePerYear: 60 }],
  limits: [{ measure: 'attempts', max: 2 }],
};

function problemWith(behaviour: ConstructorParameters<typeof FakeRunner>[1]) {
  const runner = new FakeRunner(scenario, behaviour);
  return { runner, problem: makeProblem(runner, scenario) };
}

const BLOCK = blockOf('search', 3);

describe('the problem of a scenario', () => {
  // A crash spoils 300 of 1000 requests divided by the cart's replicas, and 10 more in odd replications.
  const { runner, problem } = problemWith(({ value, episode }) => ({
    bad: episode.fault < 0 ? 0 : 300 / value('replicas', CART) + 10 * (episode.replication % 2),
  }));
  const genes = new Uint32Array([
    ...problem.genesOf({ name: 'one', values: [] }),
    ...problem.genesOf({ name: 'three', values: [{ scope: { kind: 'mesh' }, field: 'replicas', value: 3 }] }),
  ]);

  it('scores policies on the episodes of the block', async () => {
    const { objectives, variance, violations, samples } = await problem.evaluate(genes, BLOCK);
    // Onset, steady and recovery: 5 s, 25 s and 8 s; 60 events a year a replica; 1/60 minute a second.
    const share = (bad: number) => (bad + 10 / 3) / 1000;
    expect(objectives[0]).toBeCloseTo(share(300) * 38, 10);
    expect(objectives[1]).toBeCloseTo(share(300), 12);
    expect(objectives[2]).toBe(30 + 20 + 2 * 20);
    expect(objectives[3]).toBeCloseTo(3 * share(100) * 38, 10);
    expect(objectives[5]).toBe(30 + 3 * 20 + 2 * 20);
    // Samples 0, 10, 0 of 1000 around their mean: variance of the mean 100 / 9 per 10^6.
    expect(variance[1]).toBeCloseTo(100 / 9 / 1e6, 12);
    expect([...violations]).toEqual(Array(6).fill(0));
    expect([...samples]).toEqual([3, 3]);
  });

  it('measures the healthy limit once for a block', async () => {
    const before = runner.simulated;
    await problem.evaluate(genes, BLOCK);
    // The control, then the control and the fault.
    expect(runner.simulated - before).toBe(2 * (1 + 2) * 3);
  });
});

it('several batches are scored together, each different candidate once', async () => {
  const { runner, problem } = problemWith(({ value, episode }) => ({
    bad: episode.fault < 0 ? 0 : 300 / value('replicas', CART),
  }));
  const [one, two, three] = [1, 2, 3].map((value) =>
    problem.genesOf({ name: 'x', values: [{ scope: { kind: 'mesh' }, field: 'replicas', value }] }),
  );
  const batches = [Uint32Array.of(...one, ...two), Uint32Array.of(...three, ...one, ...one)];
  const apart = [await problem.evaluate(batches[0], BLOCK), await problem.evaluate(batches[1], BLOCK)];
  const before = runner.simulated;
  expect(await evaluateOnce(problem, batches, BLOCK)).toEqual(apart);
  expect(runner.simulated - before).toBe(3 * (1 + 2) * 3);
});

describe('constraints', () => {
  const genesOf = (problem: ReturnType<typeof makeProblem>, value: number) =>
    problem.genesOf({ name: 'x', values: [{ scope: { kind: 'mesh' }, field: 'retries', value }] });

  it('are violated by as much as a limit is passed, in shares of it', async () => {
    const { problem } = problemWith(() => ({ bad: 0, attempts: 3000 }));
    const { violations } = await problem.evaluate(genesOf(problem, 1), BLOCK);
    expect(problem.constraints).toEqual(['attempts <= 2', 'healthy traffic', 'capacity']);
    expect([...violations]).toEqual([0.5, 0, 0]);
  });

  it('hold a candidate to the best profile where nothing fails', async () => {
    // Four retries spoil a tenth of healthy traffic; no profile has as many.
    const { problem } = problemWith(({ value }) => ({ bad: value('retries', 0) === 4 ? 100 : 0 }));
    const { violations } = await problem.evaluate(genesOf(problem, 4), BLOCK);
    expect(violations[1]).toBeGreaterThan(50);
    const spared = await problem.evaluate(genesOf(problem, 3), BLOCK);
    expect(spared.violations[1]).toBe(0);
  });

  it('dismiss who spoils healthy traffic before any fault', async () => {
    const { runner, problem } = problemWith(({ value }) => ({ bad: value('retries', 0) === 4 ? 100 : 0 }));
    await problem.evaluate(genesOf(problem, 3), BLOCK);
    const before = runner.simulated;
    const genes = Uint32Array.of(...genesOf(problem, 4), ...genesOf(problem, 3));
    const { objectives, violations, variance } = await problem.evaluate(genes, BLOCK);
    expect(runner.simulated - before).toBe((2 + 2) * 3);
    // Downtime and slow share of the first are not known; its cost is, and the second is scored in its own row.
    expect([...objectives.subarray(0, 3)]).toEqual([Infinity, Infinity, 30 + 20 + 2 * 20]);
    expect([...objectives.subarray(3)]).toEqual([0, 0, 90]);
    expect([...variance]).toEqual(Array(6).fill(0));
    expect(violations[1]).toBeGreaterThan(0);
    expect([...violations.subarray(3)]).toEqual([0, 0, 0]);
  });

  it('count a candidate over a capacity as infeasible', async () => {
    const { problem } = problemWith(() => ({ bad: 0, overflow: 1 }));
    const { violations } = await problem.evaluate(genesOf(problem, 1), BLOCK);
    expect(violations[2]).toBe(1);
  });
});

it('a scenario without knobs is no problem', () => {
  expect(() => makeProblem(new FakeRunner(scenario, () => ({ bad: 0 })), { ...scenario, knobs: [] })).toThrow(
    /no knobs/,
  );
});
