import { describe, expect, it } from 'vitest';
import type { Engine } from '../../gpu';
import { describeOnEngines, ENGINES } from '../../gpu/testing/engines';
import { deriveKey, seedKey, threefry2x32 } from '../../math';
import { decode, defineSpace, encode, levelOfGene, levelsOf, type Space } from '../../space';
import { Children, type Mating } from './children';
import { type Columns, columnsOf } from './columns';
import type { VariationSettings } from './settings';

const SPACE = defineSpace([
  { name: 'share', type: 'float', min: 0, max: 1, scale: 'linear' },
  { name: 'timeout', type: 'integer', min: 1_000, max: 10_000_000, scale: 'log' },
  { name: 'replicas', type: 'integer', min: 1, max: 5, scale: 'linear' },
  { name: 'weights', type: 'ordered', values: [1, 2, 4, 8] },
  { name: 'balancer', type: 'category', values: ['random', 'round robin', 'least request'] },
  { name: 'eject', type: 'switch' },
  { name: 'fixed', type: 'category', values: ['only'] },
]);

const NONE: VariationSettings = {
  crossoverProbability: 0,
  crossoverIndex: 15,
  mutationProbability: 0,
  mutationIndex: 20,
};

const key = deriveKey(seedKey(3), 5);
const choice = deriveKey(seedKey(3), 6);

function randomGenes(space: Space, count: number): Uint32Array {
  return Uint32Array.from({ length: count * space.variables.length }, (_, i) => threefry2x32(key, [i, 9])[0]);
}

/** Children `first` to `first + count - 1`. */
async function make(
  engine: Engine,
  space: Space,
  mating: Mating,
  count: number,
  first = 0,
  columns: Columns = { from: 0, to: space.variables.length },
) {
  const { dispatches, genes } = await new Children(engine, space).prepare(mating, first, count, columns);
  const byteLength = count * (columns.to - columns.from) * 4;
  return (await engine.submit(dispatches, [{ buffer: genes, byteLength }]))[0];
}

/** Children of one gene in one variable, from the same two parents each time. */
async function spread(space: Space, a: number, b: number, count: number, settings: VariationSettings) {
  const engine = await ENGINES[0].open();
  const children = await make(engine, space, { parents: Uint32Array.of(a, b), choice, key, settings }, count);
  engine.close();
  return [...children];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describeOnEngines('variation', (under) => {
  async function vary(
    count: number,
    settings: VariationSettings,
    parents = randomGenes(SPACE, count),
    first = 0,
    columns?: Columns,
  ) {
    const engine = await under.open();
    try {
      return await make(engine, SPACE, { parents, choice, key, settings }, count, first, columns);
    } finally {
      engine.close();
    }
  }

  it('is the same to the last bit as everywhere else', async () => {
    const children = await vary(200, { ...NONE, crossoverProbability: 0.9, mutationProbability: 0.3 });
    let hash = seedKey(0);
    for (const gene of children) hash = deriveKey(hash, gene);
    expect(hash).toEqual([1716624528, 2681111411]);
  });

  it('makes the same children however many are made at once', async () => {
    const settings = { ...NONE, crossoverProbability: 0.9, mutationProbability: 0.3 };
    const parents = randomGenes(SPACE, 30);
    const whole = await vary(30, settings, parents);
    const rest = await vary(12, settings, parents, 18);
    expect(rest).toEqual(whole.slice(18 * SPACE.variables.length));
  });

  it('makes the same children whichever variables are made at once', async () => {
    const settings = { ...NONE, crossoverProbability: 0.5, mutationProbability: 0.3 };
    const parents = randomGenes(SPACE, 30);
    const whole = await vary(30, settings, parents);
    for (const columns of [
      { from: 0, to: 1 },
      { from: 2, to: 5 },
    ]) {
      const some = await vary(30, settings, parents, 0, columns);
      expect(some).toEqual(columnsOf(whole, SPACE.variables.length, columns));
    }
  });

  it('a child that is not crossed differs from a parent in one gene', async () => {
    const width = SPACE.variables.length;
    const parents = randomGenes(SPACE, 20);
    const children = await vary(200, NONE, parents);
    const differences = (child: number, parent: number) =>
      SPACE.variables.filter((_, v) => children[child * width + v] !== parents[parent * width + v]);
    for (let child = 0; child < 200; child++) {
      const least = Array.from({ length: 20 }, (_, parent) => differences(child, parent)).sort(
        (a, b) => a.length - b.length,
      )[0];
      // The gene that must mutate may be the one that cannot.
      expect(least.length).toBeLessThanOrEqual(1);
    }
  });

  it('prefers the better of the parents', async () => {
    const line = defineSpace([{ name: 'n', type: 'integer', min: 0, max: 99, scale: 'linear' }]);
    const engine = await under.open();
    const parents = Uint32Array.from({ length: 100 }, (_, i) => encode(line, [i])[0]);
    const settings = { ...NONE, mutationProbability: 1, mutationIndex: 1000 };
    const children = await make(engine, line, { parents, choice, key, settings }, 4000);
    engine.close();
    // A child lies one step from its parent: the mean of the lower of two of 0 to 99 is 32.8.
    const ranks = [...children].map((gene) => levelOfGene(gene, 100));
    expect(Math.abs(mean(ranks) - 32.8)).toBeLessThan(1.5);
  });

  it('mutates every gene at probability 1, to another level, and none without levels', async () => {
    const count = 300;
    const parents = randomGenes(SPACE, count);
    const alike = Uint32Array.from(parents, (_, i) => parents[i % SPACE.variables.length]);
    const children = await vary(count, { ...NONE, mutationProbability: 1 }, alike);
    for (const [v, variable] of SPACE.variables.entries()) {
      const { count: levels } = levelsOf(variable);
      for (let i = 0; i < count; i++) {
        const index = i * SPACE.variables.length + v;
        if (variable.name === 'fixed') expect(children[index]).toBe(alike[index]);
        else expect(children[index]).not.toBe(alike[index]);
        if (levels > 1 && levels <= 65536) {
          expect(levelOfGene(children[index], levels)).not.toBe(levelOfGene(alike[index], levels));
        }
      }
    }
  });
});

describe('the distributions of variation', () => {
  const line = defineSpace([{ name: 'x', type: 'float', min: 0, max: 1, scale: 'linear' }]);
  const half = 2 ** 31;
  const COUNT = 40_000;

  it('mutates as often as asked', async () => {
    // Crossed with its like a gene stays; what is not crossed would mutate in any case.
    const settings = { ...NONE, crossoverProbability: 1, mutationProbability: 0.25 };
    const children = await spread(line, half, half, COUNT, settings);
    const share = mean(children.map((gene) => (gene === half ? 0 : 1)));
    // Four standard errors of a share of 0.25.
    expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / COUNT));
  });

  it('polynomial mutation has the mean size 1 / (index + 2), as often up as down', async () => {
    for (const mutationIndex of [5, 20]) {
      const children = await spread(line, half, half, COUNT, {
        ...NONE,
        mutationProbability: 1,
        mutationIndex,
      });
      const sizes = children.map((gene) => Math.abs(gene - half) / 2 ** 32);
      const expected = 1 / (mutationIndex + 2);
      // Moves beyond half of the range stop there or come back: one in 2^(index + 1).
      expect(Math.abs(mean(sizes) - expected)).toBeLessThan(0.03 * expected);
      const up = mean(children.map((gene) => (gene > half ? 1 : 0)));
      expect(Math.abs(up - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / COUNT));
    }
  });

  it('simulated binary crossover has the mean spread factor 1 / (1 - 1 / (index + 1)^2)', async () => {
    const [a, b] = [half - 2 ** 28, half + 2 ** 28];
    for (const crossoverIndex of [2, 15]) {
      const children = await spread(line, a, b, COUNT, { ...NONE, crossoverProbability: 1, crossoverIndex });
      const crossed = children.filter((gene) => gene !== a && gene !== b);
      expect(Math.abs(crossed.length / COUNT - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / COUNT));
      const factors = crossed.map((gene) => Math.abs(gene - half) / 2 ** 28);
      const exponent = 1 / (crossoverIndex + 1);
      // At index 2 the cut of the expansion at a spread factor of 3 is felt: E[min(beta, 3)], integrated by
      // hand.
      const cut = 3 ** -(crossoverIndex + 1);
      const expanding = (1 - cut ** (1 - exponent)) / (1 - exponent) + 3 * cut;
      const expected = (1 / (1 + exponent) + expanding) / 2;
      expect(Math.abs(mean(factors) - expected)).toBeLessThan(0.01 * expected);
      expect(Math.abs(mean(crossed) / half - 1)).toBeLessThan(0.003);
    }
  });

  it('at an end, half of the moves outwards stop there and half come back', async () => {
    for (const edge of [0, 0xffffffff]) {
      const children = await spread(line, edge, edge, COUNT, { ...NONE, mutationProbability: 1 });
      const stopped = mean(children.map((gene) => (gene === edge ? 1 : 0)));
      expect(Math.abs(stopped - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / COUNT));
      expect(children.every((gene) => Math.abs(gene - edge) < half)).toBe(true);
    }
  });

  it('a step from an end goes inwards, and all levels are reached', async () => {
    const space = defineSpace([{ name: 'n', type: 'integer', min: 1, max: 4, scale: 'linear' }]);
    const [gene] = encode(space, [1]);
    const children = await spread(space, gene, gene, 2000, {
      ...NONE,
      mutationProbability: 1,
      mutationIndex: 1,
    });
    const values = children.map((child) => decode(space, Uint32Array.of(child), 0)[0]);
    expect([...new Set(values)].sort()).toEqual([2, 3, 4]);
  });

  it('a mutated category is any other, equally likely, and crossover takes either parent’s', async () => {
    const space = defineSpace([{ name: 'c', type: 'category', values: ['a', 'b', 'c', 'd'] }]);
    const [a] = encode(space, [0]);
    const [d] = encode(space, [3]);
    const mutated = await spread(space, a, a, COUNT, { ...NONE, mutationProbability: 1 });
    const counts = [0, 0, 0, 0];
    for (const child of mutated) counts[levelOfGene(child, 4)]++;
    expect(counts[0]).toBe(0);
    for (const count of counts.slice(1)) {
      expect(Math.abs(count / COUNT - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / COUNT));
    }
    const crossed = await spread(space, a, d, 2000, { ...NONE, crossoverProbability: 1 });
    expect(new Set(crossed)).toEqual(new Set([a, d]));
  });
});
