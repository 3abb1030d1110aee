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

  return Array.from({ length: requests }, () => {
    let left = uniform();
    let requestClass = 0;
    while (requestClass < scenario.classes.length - 1 && left >= scenario.classes[requestClass].share)
      left -= scenario.classes[requestClass++].share;
    const { edge, operation } = scenario.classes[requestClass];
    ownQuantile = uniform();
    return { requestClass, latencyUs: draw(delay[edge]) + visit(operation) };
  });
}
