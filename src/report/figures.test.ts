import { expect, it } from 'vitest';
import { MEASURES, number, percent, writeInterval, writeMean } from './figures';

it.each([
  [0, '0'],
  [0.00012, '1.2e-4'],
  [0.1234, '0.123'],
  [12.345, '12.3'],
  [99.96, '100'],
  [1458.4, '1,458'],
  [-372.2, '-372'],
])('writes %d as %s', (value, text) => {
  expect(number(value)).toBe(text);
});

it('writes shares as per cent', () => {
  expect(percent(0.00952)).toBe('0.95 %');
  expect(percent(0.4401)).toBe('44.0 %');
  expect(percent(0)).toBe('0 %');
  expect(percent(1)).toBe('100 %');
});

it('writes no interval where there is none, and a dash for what was not measured', () => {
  const [downtime] = MEASURES;
  expect(writeMean(downtime, { mean: null, low: null, high: null })).toBe('–');
  expect(writeInterval(downtime, { mean: null, low: null, high: null })).toBe('');
  expect(writeInterval(downtime, { mean: 480, low: 480, high: 480 })).toBe('');
  expect(writeInterval(downtime, { mean: 480, low: 470.6, high: 1490 })).toBe('471 … 1,490');
});
