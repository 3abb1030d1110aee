import { describe, expect, it } from 'vitest';
import { bootstrap, RESAMPLES, resampledMean, resamples } from './bootstrap';
import { histogramQuantile, pooledQuantileMs } from './quantile';

const SCALE = { binLowerUs: (bin: number) => bin * 1000, binUpperUs: (bin: number) => (bin + 1) * 1000 };
const sample = (offered: number, ...counts: number[]) => ({ offered, histogram: Float64Array.from(counts) });

describe('a quantile over all requests', () => {
  it('counts those without an answer as slower than any', () => {
    const answered = [sample(100, 50, 50), sample(100, 50, 50)];
    expect(pooledQuantileMs(answered, 0.99, SCALE).mean).toBeCloseTo(1.98, 12);
    // Half of a per cent fails: the 99th of a hundred is later among the answered.
    const few = [sample(100, 50, 49), sample(100, 50, 50)];
    expect(pooledQuantileMs(few, 0.99, SCALE).mean).toBeCloseTo(1 + 98 / 99, 12);
    const many = [sample(100, 50, 45), sample(100, 50, 50)];
    expect(pooledQuantileMs(many, 0.99, SCALE)).toMatchObject({ mean: null, high: null });
    expect(pooledQuantileMs(many, 0.9, SCALE).mean).toBeCloseTo(1 + 80 / 95, 12);
  });

  it('may have no upper limit where it has a lower one', () => {
    // A fifth of the replications lose two in a hundred: pooled, the 99th is an answer, in many resamples it is none.
    const samples = Array.from({ length: 20 }, (_, r) => sample(100, 50, r % 5 === 0 ? 46 : 50));
    const { mean, low, high } = pooledQuantileMs(samples, 0.99, SCALE);
    expect(mean).toBeGreaterThan(1);
    expect(low).toBeGreaterThan(1);
    expect(high).toBeNull();
  });

  it('is nothing where nobody asked', () => {
    expect(pooledQuantileMs([sample(0, 0, 0)], 0.99, SCALE).mean).toBeNull();
    expect(histogramQuantile(new Float64Array(3), 0.5, SCALE)).toBeNull();
  });

  it('has the interval that the spread of its replications gives', () => {
    const same = Array.from({ length: 20 }, () => sample(100, 50, 50));
    const { mean, low, high } = pooledQuantileMs(same, 0.5, SCALE);
    expect([low, high]).toEqual([mean, mean]);
    const spread = Array.from({ length: 20 }, (_, r) => sample(100, 40 + r, 60 - r));
    const wide = pooledQuantileMs(spread, 0.5, SCALE);
    expect(wide.low).toBeLessThan(wide.mean!);
    expect(wide.high).toBeGreaterThan(wide.mean!);
  });
});

describe('the bootstrap', () => {
  it('draws every replication about as often, and the same ones every time', () => {
    const drawn = resamples(20);
    expect(drawn).toHaveLength(RESAMPLES);
    const counts = new Array(20).fill(0);
    for (const indices of drawn) for (const i of indices) counts[i]++;
    // 999 expected, standard deviation 31.
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1150);
    expect(drawn[0]).not.toEqual(drawn[1]);
  });

  it('covers a mean about as often as it says', () => {
    // 200 sets of 20 samples from a linear congruential generator, true mean 0.5.
    let covered = 0;
    let state = 1;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    for (let set = 0; set < 200; set++) {
      const samples = Array.from({ length: 20 }, next);
      const { low, high } = bootstrap(20, (indices) => resampledMean(samples, indices));
      if (low <= 0.5 && high >= 0.5) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.88);
    expect(covered / 200).toBeLessThan(0.99);
  });
});
