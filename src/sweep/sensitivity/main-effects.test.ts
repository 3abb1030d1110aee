import { describe, expect, it } from 'vitest';
import { threefry2x32 } from '../../math';
import type { Variable } from '../../space';
import { binVariable } from './binning';
import { fQuantile } from './f-quantile';
import { MainEffectAccumulator } from './main-effects';
import { gFunction } from './testing/functions';

const UNIT: Variable = { name: 'x', type: 'float', scale: 'linear', min: 0, max: 1 };

const uniform = (row: number, variable: number) => (threefry2x32([3, 3], [row, variable])[0] + 0.5) / 2 ** 32;

describe('main effects', () => {
  it('of the g-function explain nearly the first-order shares', () => {
    const model = gFunction([0, 1, 9]);
    const effects = model.first.map(() => new MainEffectAccumulator(binVariable(UNIT)));
    for (let row = 0; row < 20_000; row++) {
      const x = model.first.map((_, i) => uniform(row, i));
      effects.forEach((effect, i) => {
        effect.add(x[i], model.evaluate(x));
      });
    }
    effects.forEach((effect, i) => {
      expect(Math.abs(effect.estimate().share - model.first[i])).toBeLessThan(0.03);
    });
  });

  it('of a variable that does nothing are nothing, however many bins', () => {
    const effect = new MainEffectAccumulator(binVariable(UNIT));
    for (let row = 0; row < 2000; row++) effect.add(uniform(row, 0), uniform(row, 1));
    expect(Math.abs(effect.estimate().share)).toBeLessThan(0.01);
  });

  it('of a variable that does nothing exceed chance in about 1 of 100', () => {
    let exceeded = 0;
    for (let experiment = 0; experiment < 1000; experiment++) {
      const effect = new MainEffectAccumulator(binVariable(UNIT));
      for (let row = 0; row < 60; row++) {
        const at = experiment * 60 + row;
        effect.add(uniform(at, 0), uniform(at, 1));
      }
      const { share, chance } = effect.estimate();
      expect(chance).toBeGreaterThan(0.1);
      if (share > chance) exceeded++;
    }
    expect(exceeded).toBeGreaterThan(3);
    expect(exceeded).toBeLessThan(20);
  });

  // Tables of the upper 1 % points.
  it.each([
    [3, 10, 6.552],
    [5, 20, 4.103],
    [11, 60, 2.559],
    [11, 1000, 2.265],
    [1, 30, 7.562],
  ])('stand out by the quantile of F with %i and %i degrees of freedom', (d1, d2, expected) => {
    expect(Math.abs(fQuantile(0.99, d1, d2) / expected - 1)).toBeLessThan(0.03);
  });

  it('are means of their bins, whose intervals hold the mean in about 95 of 100', () => {
    const variable: Variable = { name: 'x', type: 'integer', scale: 'linear', min: 0, max: 3 };
    let held = 0;
    for (let experiment = 0; experiment < 100; experiment++) {
      const effect = new MainEffectAccumulator(binVariable(variable));
      for (let row = 0; row < 200; row++) {
        const at = experiment * 200 + row;
        effect.add(row % 4, 1e6 + (row % 4) + uniform(at, 0));
      }
      effect.estimate().bins.forEach(({ bin, rows, low, high }, i) => {
        expect(bin).toEqual({ value: i });
        expect(rows).toBe(50);
        if (low <= 1e6 + i + 0.5 && 1e6 + i + 0.5 <= high) held++;
      });
    }
    expect(held).toBeGreaterThan(0.92 * 400);
    expect(held).toBeLessThan(0.98 * 400);
  });

  it('leave out what is not finite, and say nothing where there is nothing', () => {
    const effect = new MainEffectAccumulator(binVariable({ name: 'on', type: 'switch' }));
    effect.add(1, Number.NaN);
    effect.add(1, 4);
    const { bins, share } = effect.estimate();
    expect(bins.map(({ rows }) => rows)).toEqual([0, 1]);
    expect(bins[1].mean).toBe(4);
    expect([bins[0].mean, bins[1].low, share]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});
