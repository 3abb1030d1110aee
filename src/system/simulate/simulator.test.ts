import { expect, it } from 'vitest';
import { describeOnEngines } from '../../gpu/testing/engines';
import { resolvePolicy } from '../policy';
import { type EpisodeRecords, LATENCY_BINS, openSimulator } from './index';
import { queueScenario } from './testing/queue';

function meanLatencyUs({ latency }: EpisodeRecords): number {
  let requests = 0;
  let sum = 0;
  latency.forEach((count, i) => {
    const bin = i % LATENCY_BINS.latencyBins;
    requests += count;
    sum += (count * (LATENCY_BINS.binLowerUs(bin) + LATENCY_BINS.binUpperUs(bin))) / 2;
  });
  return sum / requests;
}

describeOnEngines('The simulator', (under) => {
  it('runs an M/M/2 queue: W = 1 / (mu (1 - rho^2)) at rho = 0.7', async () => {
    const engine = await under.open();
    const scenario = queueScenario({
      ratePerS: 140,
      workers: 2,
      service: { kind: 'exponential', meanUs: 10_000 },
      warmup: 2,
      healthy: 40,
    });
    const simulator = await openSimulator(engine, scenario, { seed: 1 });
    const replications = Array.from({ length: 16 }, (_, i) => ({ fault: -1, replication: i }));
    const records = await simulator.simulate([resolvePolicy(scenario, scenario.policy)], replications);
    expect(Math.abs(meanLatencyUs(records) / (10_000 / (1 - 0.49)) - 1)).toBeLessThan(0.03);
    expect(simulator.simulatedCalls).toBeGreaterThan(16 * 40 * 130);
    engine.close();
  });
});
