import { expect, it } from 'vitest';
import { SweepTeller, speed } from './sweep-progress';

const rows = 100_000;

it('tells rows, rows a second and time left, those that were there before aside', () => {
  const teller = new SweepTeller(0);
  expect(teller.line({ rows, resumed: 40_000, done: 41_000 }, 1000)).toBe(
    '41,000 of 100,000 rows · 1,000 rows/s · 0:59 left',
  );
  expect(teller.line({ rows, resumed: 40_000, done: 100_000 }, 2000)).toMatch(
    / · 30,000 rows\/s · 0:00 left$/,
  );
});

it('goes by the last ten seconds', () => {
  const teller = new SweepTeller(0);
  for (let second = 1; second <= 60; second++)
    teller.line({ rows, resumed: 0, done: 100 * second }, 1000 * second);
  const line = (second: number) =>
    teller.line({ rows, resumed: 0, done: 6000 + 1000 * (second - 60) }, 1000 * second);
  for (let second = 61; second < 70; second++) line(second);
  expect(line(70)).toBe('16,000 of 100,000 rows · 1,000 rows/s · 1:24 left');
});

it('says nothing of the time left before a row is done', () => {
  expect(new SweepTeller(0).line({ rows, resumed: 7, done: 7 }, 5)).toBe('7 of 100,000 rows · 0.0 rows/s');
});

it.each([
  [123_456.7, '123,457'],
  [10, '10'],
  [2.44, '2.4'],
])('tells %f a second as %s', (perS, text) => {
  expect(speed(perS)).toBe(text);
});
