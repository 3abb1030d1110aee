import type { Distribution, Scenario } from '../../scenario';

export interface QueueOptions {
  readonly ratePerS: number;
  readonly service: Distribution;
  readonly workers?: number;
  /** Length of the healthy window, in seconds. */
  readonly seconds: number;
  readonly warmupS?: number;
  readonly objectiveUs?: number;
}

/** One service behind one proxy, reached without delay: a textbook queue. */
export function queueScenario(options: QueueOptions): Scenario {
  return {
    name: 'queue',
    source: 'queueing theory',
    zones: ['a'],
    proxies: 1,
    ratePerS: options.ratePerS,
    services: [
      {
        name: 'server',
        replicas: 1,
        maxReplicas: 4,
        workers: options.workers ?? 1,
        workersAssumed: false,
        costPerReplica: 1,
      },
    ],
    operations: [{ name: 'serve', service: 0, self: options.service, holdsWorker: true, steps: [] }],
    edges: [{ name: 'client -> server', from: -1, to: 0, delay: { kind: 'constant', valueUs: 0 } }],
    classes: [
      { name: 'all', share: 1, edge: 0, operation: 0, objectiveUs: options.objectiveUs ?? 60_000_000 },
    ],
    sharedSlowness: 0,
    faults: [],
    windows: {
      warmupUs: (options.warmupS ?? 0) * 1e6,
      healthyUs: options.seconds * 1e6,
      onsetUs: 0,
      steadyUs: 0,
      recoveryUs: 0,
    },
    objectives: ['downtime'],
    limits: [],
    policy: { name: 'none', values: [] },
    knobs: [],
  };
}
