import type { Scenario } from '../../system';
import { predictLatencies } from './predict';
import { ascending, rankedQuantile } from './quantiles';

/** The quantiles that a calibration is judged by, and how far off each may be. */
export const JUDGED = [
  { name: 'p50', at: 0.5, tolerance: 0.1 },
  { name: 'p90', at: 0.9, tolerance: 0.2 },
  { name: 'p99', at: 0.99, tolerance: 0.3 },
] as const;

export interface FittedQuantile {
  readonly name: string;
  readonly measuredUs: number;
  readonly predictedUs: number;
  /** Share of the measured value by which the prediction may be off. */
  readonly tolerance: number;
}

export interface SlownessFit {
  readonly sharedSlowness: number;
  readonly quantiles: readonly FittedQuantile[];
}

const REQUESTS = 8_000;
const SEED = 1;
/** Steps of the search in hundredths, each narrowing what the one before found. */
const STEPS = [20, 5, 1] as const;

/** Measured and predicted quantiles, side by side. */
export function compareQuantiles(
  measuredUs: readonly number[],
  predictedUs: readonly number[],
): FittedQuantile[] {
  const measured = ascending(measuredUs);
  const predicted = ascending(predictedUs);
  return JUDGED.map(({ name, at, tolerance }) => ({
    name,
    measuredUs: rankedQuantile(measured, at),
    predictedUs: rankedQuantile(predicted, at),
    tolerance,
  }));
}

/** Sum of squared deviations, each in units of what is tolerated. */
function misfit(quantiles: readonly FittedQuantile[]): number {
  return quantiles.reduce((sum, { measuredUs, predictedUs, tolerance }) => {
    const off = (predictedUs - measuredUs) / (tolerance * Math.max(measuredUs, 1));
    return sum + off * off;
  }, 0);
}

/**
 * Fits the chance that a draw takes the request's own quantile: the value, to 0.01, whose predicted root latencies
 * come closest to the measured ones.
 */
export function fitSharedSlowness(scenario: Scenario, measuredUs: readonly number[]): SlownessFit {
  const at = (hundredths: number): SlownessFit => {
    const sharedSlowness = hundredths / 100;
    const predicted = predictLatencies(scenario, REQUESTS, SEED, sharedSlowness);
    const latencies = predicted.map((request) => request.latencyUs);
    return { sharedSlowness, quantiles: compareQuantiles(measuredUs, latencies) };
  };
  let best = at(0);
  let [low, high] = [0, 100];
  for (const step of STEPS) {
    for (let hundredths = low; hundredths <= high; hundredths += step) {
      const candidate = at(hundredths);
      if (misfit(candidate.quantiles) < misfit(best.quantiles)) best = candidate;
    }
    const centre = Math.round(100 * best.sharedSlowness);
    low = Math.max(0, centre - step + 1);
    high = Math.min(100, centre + step - 1);
  }
  return best;
}
