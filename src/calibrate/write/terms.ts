import type { Distribution } from '../../system';
import { formatDuration } from '../../text';
import type { SlownessFit } from '../model/fit';
import { ascending, quantile } from '../model/quantiles';

/** A number cut to significant digits: what a sample of hundreds can tell. */
export function significant(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** A duration as a scenario file has it, to three significant digits. */
export function writtenDuration(us: number): string {
  return formatDuration(Math.round(significant(us, 3)));
}

/** The least duration of two significant digits that is not below `us`. */
export function roundedUpDuration(us: number): string {
  const digit = 10 ** Math.max(0, Math.floor(us).toString().length - 2);
  return formatDuration(Math.ceil(us / digit) * digit);
}

/** A distribution as a scenario file has it. Maps, since an object would put the keys 0 and 1 first. */
export function writtenDistribution(distribution: Distribution): unknown {
  switch (distribution.kind) {
    case 'constant':
      return writtenDuration(distribution.valueUs);
    case 'exponential':
      return { exponential: writtenDuration(distribution.meanUs) };
    case 'lognormal':
      return { lognormal: { mean: writtenDuration(distribution.meanUs), cv2: distribution.cv2 } };
    case 'quantiles':
      return {
        quantiles: new Map(
          distribution.at.map((p, i) => [p, writtenDuration(distribution.valuesUs[i])] as const),
        ),
      };
  }
}

const PLACES = 4;

/** Shares rounded to four places that still sum to 1: the largest takes what rounding left. */
export function writtenShares(shares: readonly number[]): number[] {
  const unit = 10 ** PLACES;
  const parts = shares.map((share) => Math.round(share * unit));
  const largest = parts.indexOf(Math.max(...parts));
  parts[largest] += unit - parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / unit);
}

/** Milliseconds for a comment. */
export function inMs(us: number): string {
  return `${significant(us / 1000, 3)} ms`;
}

/** `244 requests: p50 117 ms, p99 576 ms.` */
export function describeSamples(samplesUs: readonly number[], noun: string): string {
  const sorted = ascending(samplesUs);
  const [p50, p99] = [0.5, 0.99].map((p) => inMs(quantile(sorted, p)));
  const plural = samplesUs.length === 1 ? '' : 's';
  return `${samplesUs.length} ${noun}${plural}: p50 ${p50}, p99 ${p99}.`;
}

/** `p50 124 ms measured, 121 ms predicted; ...` */
export function describeFit({ quantiles }: SlownessFit): string {
  return quantiles
    .map(
      ({ name, measuredUs, predictedUs }) =>
        `${name} ${inMs(measuredUs)} measured, ${inMs(predictedUs)} predicted`,
    )
    .join('; ');
}
