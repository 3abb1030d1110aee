import { exp, log, normalQuantile } from '../../math';
import type { Distribution, Scenario } from '../../system';
import { uniformStream } from './random';

/** Duration in microseconds at probability u, 0 <= u < 1. */
type QuantileFunction = (u: number) => number;

function quantileFunction(distribution: Distribution): QuantileFunction {
  switch (distribution.kind) {
    case 'constant':
      return () => distribution.valueUs;
    case 'exponential':
      return (u) => -distribution.meanUs * log(1 - u);
    case 'lognormal': {
      const variance = log(1 + distribution.cv2);
      const mu = log(distribution.meanUs) - variance / 2;
      const sigma = Math.sqrt(variance);
      // The normal quantile is infinite at 0.
      return (u) => exp(mu + sigma * normalQuantile(Math.max(u, 2 ** -33)));
    }
    case 'quantiles': {
      const { at, valuesUs } = distribution;
      return (u) => {
        let i = 1;
        while (at[i] < u) i++;
        return valuesUs[i - 1] + ((u - at[i - 1]) / (at[i] - at[i - 1])) * (valuesUs[i] - valuesUs[i - 1]);
      };
    }
  }
}

/**
 * Steps of the R2 sequence (Roberts, "The Unreasonable Effectiveness of Quasirandom Sequences", 2018): class and own
 * quantile of successive requests fill their square evenly, which takes most of the noise out of the quantiles.
 */
const SPREAD = [0.7548776662466927, 0.5698402909980532] as const;

export interface PredictedRequest {
  readonly requestClass: number;
  readonly latencyUs: number;
}

/**
 * Root latencies by sampling, as if nobody ever waited for a worker: what a scenario's delays, self times and scripts
 * amount to at low load. It is what shared slowness is fitted with; the simulator is the judge.
 * @param sharedSlowness in place of the scenario's
 */
export function predictLatencies(
  scenario: Scenario,
  requests: number,
  seed: number,
  sharedSlowness: number = scenario.sharedSlowness,
): PredictedRequest[] {
  const uniform = uniformStream(seed);
  const self = scenario.operations.map((operation) => quantileFunction(operation.self));
  const delay = scenario.edges.map((edge) => quantileFunction(edge.delay));

  let ownQuantile = 0;
  const draw = (at: QuantileFunction) => {
    // Both are always drawn: the same seed then gives every value of sharedSlowness the same luck.
    const coin = uniform();
    const fresh = uniform();
    return at(coin < sharedSlowness ? ownQuantile : fresh);
  };
  const visit = (index: number): number => {
    let latency = draw(self[index]);
    for (const step of scenario.operations[index].steps) {
      let longest = 0;
      for (const call of step) {
        if (call.probability < 1 && uniform() >= call.probability) continue;
        let branch = 0;
        for (let i = 0; i < call.times; i++) branch += draw(delay[call.edge]) + visit(call.operation);
        if (branch > longest) longest = branch;
      }
      latency += longest;
    }
    return latency;
  };

  return Array.from({ length: requests }, (_, i) => {
    const requestClass = classAt(scenario, (i * SPREAD[0]) % 1);
    const { edge, operation } = scenario.classes[requestClass];
    ownQuantile = (i * SPREAD[1]) % 1;
    return { requestClass, latencyUs: draw(delay[edge]) + visit(operation) };
  });
}

function classAt({ classes }: Scenario, u: number): number {
  let requestClass = 0;
  let left = u;
  while (requestClass < classes.length - 1 && left >= classes[requestClass].share)
    left -= classes[requestClass++].share;
  return requestClass;
}
