import { expect, it } from 'vitest';
import { MEASURES, number, percent, plain, writeInterval, writeMean } from './figures';

it.each([
  [0, '0'],
  [0.00012, '1.2e-4'],
  [0.1234, '0.123'],
  [12.345, '12.3'],
  [24, '24.0'],
  [5.714, '5.71'],
  [1458.4, '1,458'],
  [-372.2, '-372'],
])('writes %d as %s', (value, text) => {
  expect(number(value)).toBe(text);
});

it('writes an interval with the digits of its mean', () => {
  const recovery = MEASURES.find(({ name }) => name === 'recoveryS')!;
  expect(writeInterval(recovery, { mean: 11.4, low: 10, high: 102.94 })).toBe('10.0 … 102.9');
});

it.each([
  [0.5, '0.5'],
  [45_000, '45,000'],
  [12, '12'],
  [0.4444, '0.444'],
])('writes the count %d as %s', (value, text) => {
  expect(plain(value)).toBe(text);
});

it('writes shares as per cent', () => {
  expect(percent(0.00952)).toBe('0.95 %');
  expect(percent(0.4401)).toBe('44 %');
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
