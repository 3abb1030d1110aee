import { expect, it } from 'vitest';
import { uniformStream } from './random';

it('a stream is uniform on [0, 1), and the same for the same seed', () => {
  const draws = (seed: number) => {
    const uniform = uniformStream(seed);
    return Array.from({ length: 20_000 }, uniform);
  };
  const [first, again, other] = [draws(1), draws(1), draws(2)];
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(Math.min(...first)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...first)).toBeLessThan(1);
  // Chi-squared over 100 cells: 99 degrees of freedom, 99.9 % point 148.2.
  const cells = new Array<number>(100).fill(0);
  for (const draw of first) cells[Math.floor(100 * draw)]++;
  const chiSquared = cells.reduce((sum, count) => sum + ((count - 200) * (count - 200)) / 200, 0);
  expect(chiSquared).toBeLessThan(148.2);
  // Neighbours are independent: their correlation is within four standard errors of zero.
  const products = first.slice(1).map((draw, i) => 12 * (draw - 0.5) * (first[i] - 0.5));
  expect(Math.abs(products.reduce((a, b) => a + b) / products.length)).toBeLessThan(4 / Math.sqrt(20_000));
});
