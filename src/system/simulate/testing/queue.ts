import type { Distribution, Fault, Scenario } from '../../scenario';

export interface QueueOptions {
  readonly ratePerS: number;
  readonly service: Distribution;
  readonly workers?: number;
  readonly replicas?: number;
  readonly zones?: number;
  readonly proxies?: number;
  readonly delay?: Distribution;
  readonly sharedSlowness?: number;
  readonly objectiveUs?: number;
  /** Windows in seconds, 0 where not given. */
  readonly warmup?: number;
  readonly healthy?: number;
  readonly onset?: number;
  readonly steady?: number;
  readonly recovery?: number;
  readonly faults?: readonly Fault[];
}

/** A fault of which a test names only what matters. */
export function faultOf(fault: Partial<Fault> & Pick<Fault, 'kind'>): Fault {
  return {
    name: fault.kind,
    service: 0,
    zone: -1,
    edges: [0],
    requestClass: 0,
    ratePerYear: 1,
    durationS: 3600,
    delayUs: 0,
    probability: 0,
    factor: 1,
    attackRate: 0,
    replicaShare: 1,
    ...fault,
  };
}

/** One service called from outside: with one replica, one proxy and no delay a textbook queue. */
export function queueScenario(options: QueueOptions): Scenario {
  const { replicas = 1, zones = 1, warmup = 0, healthy = 0, onset = 0, steady = 0, recovery = 0 } = options;
  return {
    name: 'queue',
    source: 'queueing theory',
    zones: Array.from({ length: zones }, (_, z) => `zone-${z}`),
    proxies: options.proxies ?? 1,
    ratePerS: options.ratePerS,
    services: [
      {
        name: 'server',
        replicas,
        maxReplicas: replicas,
        workers: options.workers ?? 1,
        workersAssumed: false,
        costPerReplica: 1,
      },
    ],
    operations: [{ name: 'serve', service: 0, self: options.service, holdsWorker: true, steps: [] }],
    edges: [
      { name: 'client -> server', from: -1, to: 0, delay: options.delay ?? { kind: 'constant', valueUs: 0 } },
    ],
    classes: [
      { name: 'all', share: 1, edge: 0, operation: 0, objectiveUs: options.objectiveUs ?? 60_000_000 },
    ],
    sharedSlowness: options.sharedSlowness ?? 0,
    faults: options.faults ?? [],
    windows: {
      warmupUs: warmup * 1e6,
      healthyUs: healthy * 1e6,
      onsetUs: onset * 1e6,
      steadyUs: steady * 1e6,
      recoveryUs: recovery * 1e6,
    },
    repairS: 0,
    objectives: ['downtime'],
    limits: [],
    policy: { name: 'none', values: [] },
    knobs: [],
  };
}
