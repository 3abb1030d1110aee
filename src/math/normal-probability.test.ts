import { describe, expect, it } from 'vitest';
import { normalProbability, normalQuantile } from './index';

describe('normalProbability', () => {
  it.each([
    // Abramowitz and Stegun, tables 26.1 and 26.2.
    [0, 0.5],
    [1, 0.841344746068543],
    [-2, 0.0227501319481792],
    [-5, 2.86651571879194e-7],
    [-10, 7.61985302416053e-24],
    [3, 0.99865010196837],
  ])('is known at %d', (x, probability) => {
    expect(Math.abs(normalProbability(x) / probability - 1)).toBeLessThan(1e-12);
  });

  it('undoes the quantile', () => {
    for (const p of [1e-12, 1e-6, 0.006, 0.0063, 0.3, 0.5, 0.8, 0.9937, 0.999999]) {
      expect(Math.abs(normalProbability(normalQuantile(p)) / p - 1)).toBeLessThan(1e-10);
    }
  });

  it('ends at 0 and 1', () => {
    expect(normalProbability(-40)).toBe(0);
    expect(normalProbability(40)).toBe(1);
    expect(normalProbability(Number.NaN)).toBeNaN();
  });
});
