import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeOnEngines, type EngineUnderTest } from '../../gpu/testing/engines';
import { deriveKey, seedKey, threefry2x32 } from '../../math';
import { decode, defineSpace, type Space } from '../../space';
import type { Design } from '../design';
import { directionNumbers } from './direction-numbers';
import { gridDesign } from './grid';
import { latinHypercube } from './latin-hypercube';
import { randomDesign } from './random';
import { sobolDesign, sobolPoints } from './sobol';
import { LATIN_JITTER, LATIN_PERMUTATION, OWEN_SCRAMBLE, RANDOM } from './streams';

const unit = (dimensions: number): Space =>
  defineSpace(
    Array.from({ length: dimensions }, (_, i) => ({
      name: `x${i}`,
      type: 'float',
      min: 0,
      max: 1,
      scale: 'linear',
    })),
  );

/** Column `variable` of rows. */
const column = (genes: Uint32Array, width: number, variable: number) =>
  Array.from({ length: genes.length / width }, (_, row) => genes[row * width + variable]);

async function allRows(
  under: EngineUnderTest,
  make: (engine: Awaited<ReturnType<EngineUnderTest['open']>>) => Design,
) {
  const engine = await under.open();
  try {
    const design = make(engine);
    return await design.rows(0, design.count);
  } finally {
    engine.close();
  }
}

function reverseBits(x: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) reversed = (reversed << 1) | ((x >>> bit) & 1);
  return reversed >>> 0;
}

/** Owen's scrambling by the definition of its hash. */
function scrambled(fraction: number, seed: number): number {
  let x = (reverseBits(fraction) + seed) >>> 0;
  for (const factor of [0x6c50b47c, 0xb82f1e52, 0xc7afe638, 0x8d22f6e6]) x = (x ^ Math.imul(x, factor)) >>> 0;
  return reverseBits(x);
}

/** A Sobol' point from the bits of its Gray code. */
function sobolReference(row: number, dimension: number): number {
  const numbers = directionNumbers(dimension);
  let sum = 0;
  for (let bit = 0, gray = row ^ (row >>> 1); bit < 32; bit++) if ((gray >>> bit) & 1) sum ^= numbers[bit];
  return sum >>> 0;
}

/** The stratum of a row in a Latin hypercube. */
function stratumReference(seed: number, row: number, rows: number, variable: number): number {
  const bits = Math.max(1, 32 - Math.clz32(rows - 1));
  const mask = 2 ** bits - 1;
  let x = row;
  do
    for (let round = 0; round < 5; round++) {
      const [key, multiplier] = deriveKey(seedKey(seed), LATIN_PERMUTATION, variable, round);
      x = (Math.imul(x ^ key, multiplier | 1) & mask) >>> 0;
      x ^= x >>> Math.ceil(bits / 2);
      x >>>= 0;
    }
  while (x >= rows);
  return x;
}

/** Rows of a Latin hypercube from both ends of the design, against the quotient in exact integers. */
async function checkLatin(under: EngineUnderTest, rows: number): Promise<void> {
  const engine = await under.open();
  const design = latinHypercube(engine, unit(3), { rows, seed: 9 });
  const some = Math.min(rows, 200);
  for (const first of [0, rows - some]) {
    const genes = await design.rows(first, some);
    const key = deriveKey(seedKey(9), LATIN_JITTER);
    const expected = Array.from({ length: some * 3 }, (_, i) => {
      const [row, variable] = [first + Math.floor(i / 3), i % 3];
      const jitter = threefry2x32(key, [row, variable >> 1])[variable & 1];
      const stratum = BigInt(stratumReference(9, row, rows, variable));
      return Number(((stratum << 32n) + BigInt(jitter)) / BigInt(rows));
    });
    expect([...genes]).toEqual(expected);
  }
  engine.close();
}

describeOnEngines('designs', (under) => {
  it('of random rows are the draws of their index', async () => {
    const genes = await allRows(under, (engine) => randomDesign(engine, unit(5), { rows: 100, seed: 7 }));
    const key = deriveKey(seedKey(7), RANDOM);
    const expected = Array.from({ length: 500 }, (_, i) => {
      const [row, variable] = [Math.floor(i / 5), i % 5];
      return threefry2x32(key, [row, variable >> 1])[variable & 1];
    });
    expect([...genes]).toEqual(expected);
  });

  it("of Sobol' points are the sums of direction numbers, in 512 dimensions", async () => {
    const plain = await allRows(under, (engine) => sobolPoints(engine, 512, { rows: 40, scramble: false }));
    expect([...plain]).toEqual(
      Array.from({ length: 40 * 512 }, (_, i) => sobolReference(Math.floor(i / 512), i % 512)),
    );
  });

  it("of scrambled Sobol' points are these by Owen's scrambling", async () => {
    const genes = await allRows(under, (engine) => sobolDesign(engine, unit(3), { rows: 257, seed: 3 }));
    const seeds = [0, 1, 2].map((dimension) => deriveKey(seedKey(3), OWEN_SCRAMBLE, dimension)[0]);
    expect([...genes]).toEqual(
      Array.from({ length: 257 * 3 }, (_, i) =>
        scrambled(sobolReference(Math.floor(i / 3), i % 3), seeds[i % 3]),
      ),
    );
  });

  it('of Latin hypercubes put each row at its place in a stratum of its own', async () => {
    for (const rows of [1, 2, 300, 2 ** 12, 100_003, 2 ** 31 - 1, 2 ** 31]) await checkLatin(under, rows);
  });

  it('give any row by itself the same as among the others', async () => {
    const engine = await under.open();
    const space = unit(3);
    for (const design of [
      randomDesign(engine, space, { rows: 500 }),
      latinHypercube(engine, space, { rows: 500 }),
      sobolDesign(engine, space, { rows: 500 }),
      gridDesign(space, { levels: 8 }),
    ]) {
      const all = await design.rows(0, 500);
      await fc.assert(
        fc.asyncProperty(fc.nat(499), fc.nat(30), async (first, length) => {
          const rows = Math.min(length, 500 - first);
          const some = await design.rows(first, rows);
          expect(some).toEqual(all.slice(3 * first, 3 * (first + rows)));
        }),
        { numRuns: 10 },
      );
      await expect(design.rows(design.count - 1, 2)).rejects.toThrow(RangeError);
    }
    engine.close();
  });
});

// Computed by scipy 1.17.1, scipy.stats.qmc.Sobol(512, scramble=False, bits=32), which reads new-joe-kuo-6.21201 itself.
it.each([
  [
    2,
    [
      3221225472, 1073741824, 1073741824, 1073741824, 3221225472, 1073741824, 1073741824, 3221225472,
      3221225472, 3221225472,
    ],
  ],
  [
    5,
    [
      3758096384, 3758096384, 536870912, 1610612736, 536870912, 2684354560, 536870912, 3758096384, 536870912,
      3758096384,
    ],
  ],
  [
    100,
    [
      1778384896, 1107296256, 3321888768, 3120562176, 2986344448, 1778384896, 167772160, 2449473536,
      3523215360, 2248146944,
    ],
  ],
  [
    1023,
    [
      4194304, 3233808384, 2629828608, 624951296, 3653238784, 2638217216, 1019215872, 3619684352, 1849688064,
      2638217216,
    ],
  ],
  [
    4095,
    [
      1048576, 4042260480, 1435500544, 3872391168, 1058013184, 376438784, 1481637888, 2632974336, 705691648,
      3929014272,
    ],
  ],
])("row %i of Sobol' points is scipy's", (row, expected) => {
  const dimensions = [0, 1, 2, 3, 9, 31, 100, 255, 510, 511];
  expect(dimensions.map((dimension) => sobolReference(row, dimension))).toEqual(expected);
});

it("refuses Sobol' points beyond the dimensions it has parameters for", () => {
  expect(() => directionNumbers(512)).toThrow(/up to 512 dimensions/);
});

describeOnEngines('rows', (under) => {
  it.each([
    [1, 17],
    [2, 64],
    [3, 1000],
    [4, 4097],
  ])('of a Latin hypercube (seed %i) hold each of %i strata once', async (seed, rows) => {
    const genes = await allRows(under, (engine) => latinHypercube(engine, unit(4), { rows, seed }));
    for (let variable = 0; variable < 4; variable++) {
      const strata = column(genes, 4, variable).map((gene) => Math.floor((gene * rows) / 2 ** 32));
      expect(new Set(strata).size).toBe(rows);
    }
  });

  it("of scrambled Sobol' points keep one point in each of 2^k parts of every dimension, other points for other seeds", async () => {
    const make = (seed: number) =>
      allRows(under, (engine) => sobolDesign(engine, unit(20), { rows: 256, seed }));
    const [one, two] = [await make(1), await make(2)];
    for (let variable = 0; variable < 20; variable++)
      expect(new Set(column(one, 20, variable).map((gene) => gene >>> 24)).size).toBe(256);
    expect(one).not.toEqual(two);
  });
});

/** The correlation of two columns of genes. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = mean(a.map((value, i) => (value - ma) * (b[i] - mb)));
  const spread = (values: readonly number[], m: number) =>
    Math.sqrt(mean(values.map((value) => (value - m) ** 2)));
  return product / (spread(a, ma) * spread(b, mb));
}

describeOnEngines('columns', (under) => {
  it.each([32, 100, 128, 1024])(
    'of a Latin hypercube of %i rows are not correlated, nor is a row with its number',
    async (rows) => {
      const genes = await allRows(under, (engine) => latinHypercube(engine, unit(30), { rows, seed: 11 }));
      const columns = [
        Array.from({ length: rows }, (_, i) => i),
        ...Array.from({ length: 30 }, (_, variable) => column(genes, 30, variable)),
      ];
      const errors = columns.flatMap((a, i) =>
        columns.slice(0, i).map((b) => Math.abs(correlation(a, b)) * Math.sqrt(rows)),
      );
      // Standard errors of a correlation that is nil, the largest of 465 pairs; beyond three lie 1.3 pairs by chance.
      expect(Math.max(...errors)).toBeLessThan(4.5);
      expect(errors.filter((error) => error > 3).length).toBeLessThan(8);
    },
  );
});

it('gives every combination of a grid once, both ends of what it thins out', async () => {
  const space = defineSpace([
    { name: 'x', type: 'float', min: 0, max: 10, scale: 'linear' },
    { name: 'kind', type: 'category', values: ['a', 'b'] },
    { name: 'n', type: 'integer', min: 1, max: 7, scale: 'linear' },
  ]);
  const design = gridDesign(space, { levels: 3 });
  expect(design.count).toBe(18);
  const genes = await design.rows(0, 18);
  const rows = Array.from({ length: 18 }, (_, i) => decode(space, genes, i));
  expect(rows.slice(0, 4)).toEqual([
    [0, 0, 1],
    [0, 0, 4],
    [0, 0, 7],
    [0, 1, 1],
  ]);
  expect(rows.at(-1)).toEqual([10, 1, 7]);
  expect(new Set(rows.map(String)).size).toBe(18);
});

it('refuses a grid of too many rows, or of one level', () => {
  expect(() => gridDesign(unit(40), { levels: 2 })).toThrow(/cannot have 1099511627776 rows/);
  expect(() => gridDesign(unit(2), { levels: 1 })).toThrow(/takes 2 or more/);
});
