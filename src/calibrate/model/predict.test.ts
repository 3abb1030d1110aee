import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../system';
import { fitSharedSlowness } from './fit';
import { predictLatencies } from './predict';

/** A frontend that calls a back end, with the given self time, link and calls. */
function scenario(self: string, delay: string, calls: string, sharedSlowness = 0) {
  return loadScenario(
    `tardigrade: 1
name: Two services
traffic: { rate: 10/s, classes: { only: { share: 100%, entry: front/index, objective: 1s } } }
services:
  front: { workers: 4, operations: { index: { self: 1ms, calls: ${calls} } } }
  back: { workers: 4, operations: { serve: { self: ${self} } } }
links:
  client -> front: { delay: 2ms }
  front -> back: { delay: ${delay} }
sharedSlowness: ${sharedSlowness}
`,
    'two.yaml',
  );
}

const latencies = (...parts: Parameters<typeof scenario>) =>
  predictLatencies(scenario(...parts), 20_000, 1).map(({ latencyUs }) => latencyUs);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('predicted latencies', () => {
  it('add up what is in sequence, and take the longest of what is parallel', () => {
    const sequence = '[{ call: back/serve, times: 3 }, back/serve]';
    expect(new Set(latencies('3ms', '5ms', sequence))).toEqual(new Set([3000 + 4 * 8000]));
    const parallel = '[{ parallel: [back/serve, { call: back/serve, times: 2 }] }]';
    expect(new Set(latencies('3ms', '5ms', parallel))).toEqual(new Set([3000 + 2 * 8000]));
  });

  it('have the mean of every distribution and probability', () => {
    // Half-widths are four standard errors.
    const half = (deviationUs: number) => (4 * deviationUs) / Math.sqrt(20_000);
    const call = '[back/serve]';
    expect(Math.abs(mean(latencies('{ exponential: 4ms }', '0ms', call)) - 7000)).toBeLessThan(half(4000));
    const lognormal = '{ lognormal: { mean: 4ms, cv2: 1 } }';
    expect(Math.abs(mean(latencies(lognormal, '0ms', call)) - 7000)).toBeLessThan(half(4000));
    const quantiles = '{ quantiles: { 0: 1ms, 0.5: 2ms, 1: 11ms } }';
    expect(Math.abs(mean(latencies('0ms', quantiles, call)) - 7000)).toBeLessThan(half(3000));
    const sometimes = '[{ call: back/serve, probability: 25% }]';
    expect(Math.abs(mean(latencies('4ms', '0ms', sometimes)) - 4000)).toBeLessThan(half(2000));
  });

  it('vary more where slowness is shared', () => {
    const deviation = (values: readonly number[]) => {
      const centre = mean(values);
      return Math.sqrt(mean(values.map((value) => (value - centre) * (value - centre))));
    };
    const calls = '[{ call: back/serve, times: 16 }]';
    const alone = deviation(latencies('{ exponential: 4ms }', '0ms', calls, 0));
    const shared = deviation(latencies('{ exponential: 4ms }', '0ms', calls, 1));
    // Sixteen independent draws deviate by 4 times one's deviation, sixteen equal ones by 16 times.
    expect(alone / 4000).toBeCloseTo(4, 0);
    expect(shared / 4000).toBeCloseTo(16, 0);
  });
});

describe('the fit of shared slowness', () => {
  it.each([0, 0.3, 0.7, 1])('finds %f again', (truth) => {
    const self = '{ quantiles: { 0: 0ms, 0.5: 2ms, 0.9: 9ms, 1: 40ms } }';
    const parts = [self, '0ms', '[{ call: back/serve, times: 16 }]'] as const;
    const measured = predictLatencies(scenario(...parts, truth), 5_000, 99).map(({ latencyUs }) => latencyUs);
    const fit = fitSharedSlowness(scenario(...parts), measured);
    // Two draws correlate as the square of what is fitted: near zero it is hardly seen.
    expect(Math.abs(fit.sharedSlowness * fit.sharedSlowness - truth * truth)).toBeLessThan(0.05);
    for (const { name, measuredUs, predictedUs } of fit.quantiles)
      expect(Math.abs(predictedUs / measuredUs - 1), name).toBeLessThan(0.1);
  });
});
