import { describe, expect, it } from 'vitest';
import type { MeasureName, Measures } from './document';
import { MEASURES, number, percent, plain, writeAside, writeInterval, writeMean } from './figures';
import { fixture } from './testing/fixture';

it.each([
  [0, '0'],
  [0.00012, '0.00012'],
  [0.1234, '0.123'],
  [12.345, '12.3'],
  [24, '24.0'],
  [5.714, '5.71'],
  [1458.4, '1,458'],
  [-372.2, '-372'],
])('writes %d as %s', (value, text) => {
  expect(number(value)).toBe(text);
});

it.each([
  [0.5, '0.5'],
  [45_000, '45,000'],
  [12_954.0167, '12,954'],
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

describe('a measure', () => {
  const style = (name: MeasureName) => MEASURES.find((measure) => measure.name === name)!;
  const measures = (change: Partial<Measures>): Measures => ({
    ...fixture().comparison.rows[1].measures,
    ...change,
  });
  const of = (mean: number | null, low: number | null, high: number | null) => ({
    mean,
    standardError: 0,
    low,
    high,
  });

  it('is a dash without interval where nothing was measured', () => {
    const nothing = measures({ attackerLoss: of(null, null, null) });
    expect(writeMean(style('attackerLoss'), nothing)).toBe('–');
    expect(writeInterval(style('attackerLoss'), nothing)).toBe('');
  });

  it('has an interval with the digits of its mean, none where it is certain', () => {
    const some = measures({ recoveryS: of(11.4, 10, 102.94), costPerMonth: of(480, 480, 480) });
    expect(writeInterval(style('recoveryS'), some)).toBe('10.0 … 102.9');
    expect(writeInterval(style('costPerMonth'), some)).toBe('');
  });

  it('says where there is no latency because too many requests fail, and beside it how many', () => {
    const failedShare = of(0.02, 0.01, 0.04);
    const none = measures({ p99WorstMs: { ...of(null, 4012, null), failedShare } });
    expect(writeMean(style('p99WorstMs'), none)).toBe('no answer');
    expect(writeInterval(style('p99WorstMs'), none)).toBe('4,012 … no answer');
    expect(writeAside(style('p99WorstMs'), none)).toBe('2 % failed');
    const unseen = measures({ p99WorstMs: { ...of(null, null, null), failedShare: of(null, null, null) } });
    expect(writeMean(style('p99WorstMs'), unseen)).toBe('–');
    expect(writeAside(style('recoveryS'), none)).toBe('');
  });

  it('says where recovery was cut off', () => {
    expect(writeMean(style('recoveryS'), measures({ recoveryS: of(11.4, 10, 12) }))).toBe('11.4');
    const never = measures({ recoveryS: of(11.4, 10, 12), neverRecovered: of(0.1, 0, 0.2) });
    expect(writeMean(style('recoveryS'), never)).toBe('≥ 11.4');
  });

  it('allows failures where none was seen', () => {
    expect(writeMean(style('healthyBadShare'), measures({ healthyBadShare: of(0, 0, 0.00007) }))).toBe('0');
    expect(writeInterval(style('healthyBadShare'), measures({ healthyBadShare: of(0, 0, 0.00007) }))).toBe(
      '0 … 0.007',
    );
  });
});
