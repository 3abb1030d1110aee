import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LATENCY_BINS } from './histogram';

const { latencyBins, binOf, binLowerUs, binUpperUs } = LATENCY_BINS;

describe('latency bins', () => {
  it('hold what lies between their bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120_000_000 }), (us) => {
        const bin = binOf(us);
        expect(binLowerUs(bin)).toBeLessThanOrEqual(us);
        expect(binUpperUs(bin)).toBeGreaterThan(us);
      }),
    );
  });

  it('follow each other without gaps, at most 1/16 wide above 1 ms', () => {
    for (let bin = 1; bin < latencyBins; bin++) {
      expect(binLowerUs(bin)).toBe(binUpperUs(bin - 1));
      if (bin >= 16)
        expect((binUpperUs(bin) - binLowerUs(bin)) / binLowerUs(bin)).toBeLessThanOrEqual(1 / 16);
    }
  });

  it('end with one that takes all the rest', () => {
    expect(binOf(0xffffffff)).toBe(latencyBins - 1);
  });
});
