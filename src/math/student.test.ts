import { expect, it } from 'vitest';
import { studentQuantile } from './student';

// Two-sided 95 % and other points of the published tables, to their printed digits.
it.each([
  [0.975, 1, 12.7062],
  [0.975, 2, 4.30265],
  [0.975, 3, 3.18245],
  [0.975, 4, 2.77645],
  [0.975, 9, 2.26216],
  [0.975, 19, 2.09302],
  [0.975, 30, 2.04227],
  [0.975, 1000, 1.96234],
  [0.95, 19, 1.72913],
  [0.995, 5, 4.03214],
  [0.9995, 10, 4.58689],
  [0.5, 7, 0],
])('the quantile at %f with %i degrees of freedom is %f', (p, df, t) => {
  expect(Math.abs(studentQuantile(p, df) - t)).toBeLessThanOrEqual(t * 5e-6);
});

it('refuses what is no probability or no count', () => {
  expect(() => studentQuantile(1, 5)).toThrow(RangeError);
  expect(() => studentQuantile(0.975, 0)).toThrow(/0 degrees/);
});
