import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDurationUs, parsePercent, parseRatePerS, SECONDS_PER_YEAR } from './units';

describe('durations', () => {
  it.each([
    ['213ms', 213_000],
    ['1.5s', 1_500_000],
    ['20m', 1_200_000_000],
    ['2 min', 120_000_000],
    ['12h', 43_200_000_000],
    ['3d', 259_200_000_000],
    ['7us', 7],
    ['.5ms', 500],
    ['1e3ms', 1_000_000],
    ['-3ms', -3_000],
  ])('%s', (text, us) => {
    expect(parseDurationUs(text)).toBe(us);
  });

  it.each(['', 's', '3', '3 parsecs', '1.2.3s', '3ms 2s', 'ms3'])('%j is none', (text) => {
    expect(parseDurationUs(text)).toBeUndefined();
  });

  it('are read back as they were written, to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (us) => {
        expect(parseDurationUs(formatDuration(us))).toBe(us);
      }),
      { numRuns: 1000 },
    );
  });

  it('are written in the largest unit that keeps them whole', () => {
    expect([0, 250, 213_000, 1_500_000, 1_200_000_000, 90_000_000].map(formatDuration)).toEqual([
      '0ms',
      '250us',
      '213ms',
      '1.5s',
      '20m',
      '90s',
    ]);
  });
});

describe('rates and percentages', () => {
  it('count per second', () => {
    expect(parseRatePerS('8.4/s')).toBe(8.4);
    expect(parseRatePerS('12/year')! * SECONDS_PER_YEAR).toBeCloseTo(12, 12);
    expect(parseRatePerS('1 per month')! * SECONDS_PER_YEAR).toBeCloseTo(12, 12);
    expect(parseRatePerS('8.4')).toBeUndefined();
    expect(parseRatePerS('8/fortnight')).toBeUndefined();
  });

  it('are fractions', () => {
    expect(parsePercent('20%')).toBe(0.2);
    expect(parsePercent('0.5 %')).toBe(0.005);
    expect(parsePercent('20')).toBeUndefined();
  });
});
