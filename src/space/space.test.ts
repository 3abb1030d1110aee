import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  candidateKey,
  decode,
  defineSpace,
  encode,
  geneOfLevel,
  levelOfGene,
  levelsOf,
  neighbours,
  SpaceError,
  type Variable,
} from './index';

const range = (arbitrary: fc.Arbitrary<number>) =>
  fc
    .tuple(arbitrary, arbitrary)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));

const variable: fc.Arbitrary<Variable> = fc.oneof(
  range(fc.double({ min: -1e6, max: 1e6, noNaN: true }))
    .filter(({ min, max }) => max - min > 1e-6 * Math.max(-min, max))
    .map((r) => ({
      name: 'x',
      type: 'float' as const,
      scale: 'linear' as const,
      ...r,
    })),
  range(fc.double({ min: 1e-6, max: 1e9, noNaN: true }))
    .filter(({ min, max }) => max - min > 1e-6 * max)
    .map((r) => ({
      name: 'x',
      type: 'float' as const,
      scale: 'log' as const,
      ...r,
    })),
  range(fc.integer()).map((r) => ({ name: 'x', type: 'integer' as const, scale: 'linear' as const, ...r })),
  range(fc.integer({ min: 1 })).map((r) => ({
    name: 'x',
    type: 'integer' as const,
    scale: 'log' as const,
    ...r,
  })),
  fc
    .uniqueArray(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 })
    .map((values) => ({ name: 'x', type: 'ordered' as const, values: values.sort((a, b) => a - b) }))
    // Zero has two signs and one value.
    .filter(({ values }) => new Set(values).size === values.length),
  fc
    .uniqueArray(fc.string(), { minLength: 1, maxLength: 20 })
    .map((values) => ({ name: 'x', type: 'category' as const, values })),
  fc.constant({ name: 'x', type: 'switch' as const }),
);

const gene = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 0xffffffff));

describe('genes', () => {
  it('decode undoes encode for every representable value', () => {
    fc.assert(
      fc.property(variable, fc.nat(), (x, pick) => {
        const space = defineSpace([x]);
        const levels = levelsOf(x);
        for (const level of [0, pick % levels.count, levels.count - 1]) {
          const value = levels.value(level);
          expect(decode(space, encode(space, [value]), 0)).toEqual([value]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('every gene decodes to a level whose own gene decodes to the same', () => {
    fc.assert(
      fc.property(gene, fc.integer({ min: 1, max: 2 ** 32 }), (g, count) => {
        const level = levelOfGene(g, count);
        expect(level).toBeGreaterThanOrEqual(0);
        expect(level).toBeLessThan(count);
        expect(levelOfGene(geneOfLevel(level, count), count)).toBe(level);
      }),
      { numRuns: 2000 },
    );
  });

  it('values ascend with the gene and stay in range', () => {
    fc.assert(
      fc.property(variable, gene, gene, (x, a, b) => {
        const space = defineSpace([x]);
        const [low] = decode(space, Uint32Array.of(Math.min(a, b)), 0);
        const [high] = decode(space, Uint32Array.of(Math.max(a, b)), 0);
        expect(low).toBeLessThanOrEqual(high);
        if ('min' in x) {
          expect(low).toBeGreaterThanOrEqual(x.min);
          expect(high).toBeLessThanOrEqual(x.max);
          if (x.type === 'integer') expect(Number.isInteger(low)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads the genes of the candidate asked for', () => {
    const space = defineSpace([
      { name: 'replicas', type: 'integer', min: 1, max: 4, scale: 'linear' },
      { name: 'balancer', type: 'category', values: ['random', 'round robin', 'least request'] },
    ]);
    const genes = Uint32Array.of(...encode(space, [2, 1]), ...encode(space, [4, 2]));
    expect(decode(space, genes, 0)).toEqual([2, 1]);
    expect(decode(space, genes, 1)).toEqual([4, 2]);
    expect(candidateKey(space, genes, 1)).toBe('3,2');
  });
});

describe('grids', () => {
  it('hold the values that people write', () => {
    const space = defineSpace([
      { name: 'timeout', type: 'integer', min: 1_000, max: 60_000_000, scale: 'log' },
      { name: 'budget', type: 'float', min: 0, max: 1, scale: 'linear' },
      { name: 'rate', type: 'float', min: 0.001, max: 10_000, scale: 'log' },
      { name: 'small', type: 'integer', min: 1, max: 1000, scale: 'log' },
    ]);
    for (const values of [
      [250_000, 0.2, 0.25, 37],
      [15_000_000, 0.05, 7.5, 99],
      [1_000, 0.3, 1500, 1000],
      [60_000_000, 0.7, 0.001, 1],
    ]) {
      expect(decode(space, encode(space, values), 0)).toEqual(values);
    }
    expect(decode(space, encode(space, [251_234, 0.1234567, 3.138, 501]), 0)).toEqual([
      252_000, 0.12346, 3.14, 500,
    ]);
  });

  it('spread a log scale evenly over its decades', () => {
    const levels = levelsOf({ name: 'x', type: 'float', min: 1, max: 10_000, scale: 'log' });
    for (const [quarter, value] of [10, 100, 1000].entries()) {
      const share = levels.nearest(value) / levels.count;
      expect(Math.abs(share - (quarter + 1) / 4)).toBeLessThan(0.001);
    }
    const gaps = Array.from({ length: levels.count - 1 }, (_, i) => levels.value(i + 1) / levels.value(i));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1.0101);
  });
});

describe('neighbours', () => {
  const space = defineSpace([
    { name: 'replicas', type: 'integer', min: 1, max: 3, scale: 'linear' },
    { name: 'balancer', type: 'category', values: ['a', 'b', 'c'] },
    { name: 'eject', type: 'switch' },
    { name: 'share', type: 'float', min: 0, max: 1, scale: 'linear' },
  ]);

  it('change one variable by one step', () => {
    const changed = neighbours(space, encode(space, [1, 1, 0, 0.5])).map(({ variable, genes }) => {
      const values = decode(space, genes, 0);
      return [variable, values[space.variables.findIndex(({ name }) => name === variable)]];
    });
    expect(changed).toEqual([
      ['replicas', 2],
      ['balancer', 0],
      ['balancer', 2],
      ['eject', 1],
      ['share', 0.46875],
      ['share', 0.53125],
    ]);
  });
});

describe('mistakes name their variable', () => {
  const range = { name: 'x', type: 'float', min: 0, max: 1, scale: 'linear' } as const;
  it.each<[string, Variable[], RegExp]>([
    ['a name used twice', [range, range], /"x".*twice/],
    ['no name', [{ ...range, name: '' }], /empty/],
    ['an empty range', [{ ...range, min: 1 }], /"x".*1 to 1 is empty/],
    ['an infinite range', [{ ...range, max: Number.POSITIVE_INFINITY }], /not within 1e\+100/],
    ['a range too narrow', [{ ...range, min: 1 - 1e-12 }], /too narrow/],
    ['a log scale from zero', [{ ...range, scale: 'log' }], /above zero/],
    ['halves of an integer', [{ ...range, type: 'integer', min: 0.5 }], /whole numbers/],
    ['too many integers', [{ ...range, type: 'integer', max: 2 ** 33 }], /2\^32/],
    ['no values', [{ name: 'x', type: 'category', values: [] }], /no values/],
    ['a value twice', [{ name: 'x', type: 'category', values: ['a', 'a'] }], /twice/],
    ['values in disorder', [{ name: 'x', type: 'ordered', values: [1, 3, 2] }], /ascend/],
  ])('%s', (_, variables, message) => {
    expect(() => defineSpace(variables)).toThrow(SpaceError);
    expect(() => defineSpace(variables)).toThrow(message);
  });

  it('values that do not fit', () => {
    const space = defineSpace([range, { name: 'mode', type: 'category', values: ['a', 'b'] }]);
    expect(() => encode(space, [2, 0])).toThrow(/"x": 2 is not between 0 and 1/);
    expect(() => encode(space, [Number.NaN, 0])).toThrow(/"x"/);
    expect(() => encode(space, [0, 2])).toThrow(/"mode": 2 is not the index of one of its 2 values/);
    expect(() => encode(space, [0])).toThrow(/1 values were given for 2 variables/);
  });
});
