import { describe, expect, it } from 'vitest';
import { SobolAccumulator } from './sobol-indices';
import { baseRows } from './testing/base-rows';
import { gFunction, ishigami, type TestFunction } from './testing/functions';

const G = [0, 1, 4.5, 9, 99, 99];

function estimateOf(model: TestFunction, count: number) {
  const sobol = new SobolAccumulator(model.variables);
  for (const values of baseRows(model, count)) sobol.add(values);
  return sobol.estimate(1);
}

describe.each([
  ['Ishigami', ishigami()],
  ['g', gFunction(G)],
])('Sobol indices of the function %s', (_, model) => {
  const { indices, baseRows: counted } = estimateOf(model, 5000);

  it('come to their known values', () => {
    expect(counted).toBe(5000);
    indices.forEach(({ first, total }, i) => {
      expect(Math.abs(first.estimate - model.first[i])).toBeLessThan(0.03);
      expect(Math.abs(total.estimate - model.total[i])).toBeLessThan(0.03);
    });
  });
});

describe('intervals', () => {
  it('hold the known value in about 95 of 100 experiments', () => {
    const model = ishigami();
    const experiments = 25;
    const rows = baseRows(model, 200 * experiments);
    let held = 0;
    for (let k = 0; k < experiments; k++) {
      const sobol = new SobolAccumulator(model.variables);
      for (let row = 0; row < 200; row++) sobol.add(rows.next().value as number[]);
      const { indices } = sobol.estimate(k);
      indices.forEach(({ first, total }, i) => {
        if (first.low <= model.first[i] && model.first[i] <= first.high) held++;
        if (total.low <= model.total[i] && model.total[i] <= total.high) held++;
      });
    }
    const share = held / (experiments * 6);
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(0.99);
  });

  it('depend on the seed alone', () => {
    const again = estimateOf(ishigami(), 200);
    expect(estimateOf(ishigami(), 200)).toEqual(again);
  });

  it('narrow with the rows', () => {
    const width = (count: number) => {
      const { low, high } = estimateOf(ishigami(), count).indices[1].total;
      return high - low;
    };
    expect(width(4000)).toBeLessThan(0.4 * width(400));
  });
});

describe('outputs', () => {
  it('far from zero keep their digits', () => {
    const model = ishigami();
    const far = { ...model, evaluate: (unit: ArrayLike<number>) => 1e9 + model.evaluate(unit) };
    const [near, moved] = [estimateOf(model, 1000), estimateOf(far, 1000)];
    expect(moved.indices[0].first.estimate).toBeCloseTo(near.indices[0].first.estimate, 5);
    expect(moved.mean - 1e9).toBeCloseTo(near.mean, 5);
    expect(moved.variance).toBeCloseTo(near.variance, 4);
  });

  it('that do not vary have no indices', () => {
    const flat = { ...ishigami(), evaluate: () => 3 };
    expect(estimateOf(flat, 10)).toEqual({ baseRows: 10, skipped: 0, mean: 3, variance: 0, indices: [] });
  });

  it('that are not finite leave their base row out', () => {
    const sobol = new SobolAccumulator(1);
    sobol.add([1, 2, 3]);
    sobol.add([1, Number.NaN, 3]);
    sobol.add([1, 2, Number.POSITIVE_INFINITY]);
    expect(sobol.estimate(1)).toMatchObject({ baseRows: 1, skipped: 2 });
  });
});
