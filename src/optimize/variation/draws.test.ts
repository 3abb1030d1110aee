import { describe, expect, it } from 'vitest';
import { deriveKey, seedKey, threefry2x32 } from '../../math';
import { Draws } from './draws';

const key = deriveKey(seedKey(1), 2);
const COUNT = 20_000;

function many(draw: (draws: Draws) => number): number[] {
  const draws = new Draws(key, 0);
  return Array.from({ length: COUNT }, () => draw(draws));
}

describe('draws', () => {
  it('are the words of the key’s stream, in order', () => {
    const draws = new Draws(key, 7);
    expect([draws.word(), draws.word(), draws.word()]).toEqual([
      ...threefry2x32(key, [7, 0]),
      threefry2x32(key, [7, 1])[0],
    ]);
  });

  it('have the mean and the variance of a normal', () => {
    const values = many((draws) => draws.normal());
    const mean = values.reduce((a, b) => a + b) / COUNT;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / COUNT;
    // Four standard errors.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(COUNT));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / COUNT));
  });

  it('have the quartiles of a Cauchy', () => {
    const values = many((draws) => draws.cauchy());
    const share = (bound: number) => values.filter((x) => x < bound).length / COUNT;
    for (const [bound, expected] of [
      [-1, 0.25],
      [0, 0.5],
      [1, 0.75],
    ]) {
      expect(Math.abs(share(bound) - expected)).toBeLessThan(4 * Math.sqrt(0.25 / COUNT));
    }
  });

  it('below a count are equally likely', () => {
    const counts = [0, 0, 0, 0, 0];
    for (const value of many((draws) => draws.below(5))) counts[value]++;
    for (const count of counts)
      expect(Math.abs(count / COUNT - 0.2)).toBeLessThan(4 * Math.sqrt(0.16 / COUNT));
  });
});
