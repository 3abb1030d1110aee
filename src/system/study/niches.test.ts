import { describe, expect, it } from 'vitest';
import { type Population, shapeOf } from '../../optimize';
import { candidateKey, decode } from '../../space';
import { sizedProfiles } from '../policy';
import { loadScenario } from '../scenario';
import { FakeRunner } from '../testing/fake-runner';
import { SHOP_YAML } from '../testing/shop';
import { Niches } from './niches';
import { makeProblem } from './problem';
import { standings } from './standing';

const shop = loadScenario(SHOP_YAML, 'shop.yaml');
const problem = makeProblem(new FakeRunner(shop, () => ({ bad: 0 })), shop);
const width = problem.space.variables.length;
const profiles = sizedProfiles(shop).filter(({ id }) => /envoy-defaults-[13]/.test(id));
/** One replica: bad and cheap; three: good and dear. */
const targets = profiles.map(({ policy }, p) => ({
  genes: problem.genesOf(policy),
  means: [[400, 1, 90] as const, [10, 0.3, 210] as const][p],
}));

/** Candidates of a population: genes and objectives, violations zero unless said. */
function populationOf(
  rows: readonly { genes: Uint32Array; objectives: readonly number[]; violation?: number }[],
): Population {
  const shape = shapeOf(problem);
  return {
    shape,
    count: rows.length,
    genes: Uint32Array.from(rows.flatMap(({ genes }) => [...genes])),
    objectives: Float64Array.from(rows.flatMap(({ objectives }) => objectives)),
    violations: Float64Array.from(
      rows.flatMap(({ violation = 0 }) => [violation, ...Array(shape.constraints - 1).fill(0)]),
    ),
    samples: new Float64Array(rows.length).fill(1),
    variance: new Float64Array(rows.length * shape.objectives),
  };
}

const genesOf = (seed: number) =>
  Uint32Array.from({ length: width }, (_, v) => Math.imul(seed * 97 + v + 1, 0x9e3779b1) >>> 0);

describe('the niches', () => {
  it('keep what stands best beside each profile, also what a crowded front would drop', () => {
    const niches = new Niches(problem, targets, 1, 2);
    const rows = [
      { genes: genesOf(1), objectives: [5, 0.1, 200] },
      { genes: genesOf(2), objectives: [4, 0.1, 205] },
      // Dominated by no one, but far from the others; the next is the better of two at that price.
      { genes: genesOf(3), objectives: [390, 1, 90] },
      { genes: genesOf(4), objectives: [300, 1, 90] },
      { genes: genesOf(5), objectives: [100, 0.2, 90], violation: 3 },
    ];
    niches.absorb(populationOf(rows), true);
    const kept = Array.from({ length: 2 }, (_, i) => candidateKey(problem.space, niches.pool.genes, i));
    expect(kept.sort()).toEqual(
      [genesOf(2), genesOf(4)].map((g) => candidateKey(problem.space, g, 0)).sort(),
    );
  });

  it('forget scores of another block, and propose what they keep again with it', () => {
    const niches = new Niches(problem, targets, 1, 2);
    const before = populationOf([
      { genes: genesOf(1), objectives: [5, 0.1, 200] },
      { genes: genesOf(4), objectives: [300, 1, 90] },
    ]);
    niches.absorb(before, true);
    expect(niches.propose(1, before, false)).toHaveLength(2 * width);
    const again = niches.propose(4, before, true);
    expect(again).toHaveLength(4 * width);
    expect(again.slice(0, 2 * width)).toEqual(niches.pool.genes);
    const after = populationOf([{ genes: genesOf(6), objectives: [500, 1, 90] }]);
    niches.absorb(after, true);
    expect(niches.pool.genes).toEqual(genesOf(6));
  });

  it('propose the settings of survivors at a profile’s size', () => {
    const niches = new Niches(problem, targets, 1, 40);
    const donors = populationOf([{ genes: genesOf(7), objectives: [5, 0.1, 250] }]);
    niches.absorb(donors, true);
    const children = niches.propose(3, donors, false);
    const sizes = problem.isSize.flatMap((isSize, v) => (isSize ? [v] : []));
    expect(sizes).toHaveLength(1);
    const valuesOf = (genes: Uint32Array, i: number) => decode(problem.space, genes, i);
    const profileSizes = targets.map(({ genes }) => valuesOf(genes, 0)[sizes[0]]);
    const donor = valuesOf(genesOf(7), 0);
    let taken = 0;
    for (let i = 0; i < 40; i++) {
      const child = valuesOf(children, i);
      expect([...profileSizes, donor[sizes[0]]]).toContain(child[sizes[0]]);
      taken += Number(child.filter((value, v) => value === donor[v]).length >= width / 2);
    }
    expect(taken).toBeGreaterThan(10);
    expect(niches.propose(3, donors, false)).toEqual(children);
    expect(niches.propose(4, donors, false)).not.toEqual(children);
  });

  it('go on from what they held', () => {
    const donors = populationOf([
      { genes: genesOf(7), objectives: [5, 0.1, 250] },
      { genes: genesOf(8), objectives: [300, 1, 90] },
    ]);
    const niches = new Niches(problem, targets, 1, 4);
    niches.absorb(donors, true);
    const resumed = new Niches(problem, targets, 1, 4, structuredClone(niches.pool));
    expect(resumed.propose(5, donors, false)).toEqual(niches.propose(5, donors, false));
  });
});

it('a standing counts violations and excess alike, and leaves out what was not measured', () => {
  const population = populationOf([
    { genes: genesOf(1), objectives: [200, 1, 90] },
    { genes: genesOf(2), objectives: [200, 1, 99] },
    { genes: genesOf(3), objectives: [Infinity, Infinity, 90], violation: 0.5 },
  ]);
  const [beats, dearer, unmeasured] = standings(population, [400, 1, 90]);
  expect(beats.shortfall).toBe(0);
  expect(beats.tradeOff).toBeCloseTo(Math.log(0.5), 12);
  expect(dearer.shortfall).toBeCloseTo(0.1, 12);
  expect(unmeasured.shortfall).toBe(0.5);
});
