import { expect } from 'vitest';
import {
  COUNTERS,
  type Counter,
  type EpisodeRecords,
  LATENCY_BINS,
  WINDOW_NAMES,
} from '../../src/system/simulate';

/** What an estimate over independent replications says. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

export function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** The truth lies within 3.3 standard errors, and those are small: a half-width (95 %) of at most `halfWidth` of the truth. */
export function expectAgreement({ mean, standardError }: Estimate, truth: number, halfWidth = 0.02): void {
  expect((1.96 * standardError) / truth).toBeLessThan(halfWidth);
  expect(Math.abs(mean - truth) / standardError).toBeLessThan(3.3);
}

const HEALTHY = WINDOW_NAMES.indexOf('healthy');

/** A counter of a window, for each run. */
export function perRun(records: EpisodeRecords, counter: Counter, window = HEALTHY): number[] {
  const words = WINDOW_NAMES.length * COUNTERS.length;
  return Array.from(
    { length: records.counts.length / words },
    (_, run) => records.counts[run * words + window * COUNTERS.length + COUNTERS.indexOf(counter)],
  );
}

/** The healthy window's histogram of one run. */
function histogram(records: EpisodeRecords, run: number): Uint32Array {
  const bins = LATENCY_BINS.latencyBins;
  const at = (run * WINDOW_NAMES.length + HEALTHY) * bins;
  return records.latency.subarray(at, at + bins);
}

/** Mean latency of the answered requests that arrived in the healthy window, for each run, in microseconds. */
export function meanLatencies(records: EpisodeRecords): number[] {
  return perRun(records, 'offered').map((_, run) => {
    let requests = 0;
    let sum = 0;
    histogram(records, run).forEach((count, bin) => {
      requests += count;
      sum += (count * (LATENCY_BINS.binLowerUs(bin) + LATENCY_BINS.binUpperUs(bin))) / 2;
    });
    return sum / requests;
  });
}

/** The latency that a share of the requests of all runs stays below, in microseconds. */
export function latencyQuantile(records: EpisodeRecords, share: number): number {
  const total = new Float64Array(LATENCY_BINS.latencyBins);
  for (let run = 0; run < perRun(records, 'offered').length; run++)
    histogram(records, run).forEach((count, bin) => {
      total[bin] += count;
    });
  let rest = share * total.reduce((sum, count) => sum + count, 0);
  const bin = total.findIndex((count) => {
    rest -= count;
    return rest <= 0;
  });
  const width = LATENCY_BINS.binUpperUs(bin) - LATENCY_BINS.binLowerUs(bin);
  return LATENCY_BINS.binUpperUs(bin) + (rest / total[bin]) * width;
}
