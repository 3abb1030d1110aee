import type {
  ComparisonRow,
  Figure,
  LatencyFigure,
  Measures,
  ResultDocument,
  School,
  TimelineData,
} from '../document';

/**
 * A result as an evolution of Online Boutique would write it, with made-up figures: it serves to draw the report and
 * the table without a simulation.
 */

const around = (mean: number, spread: number): Figure => ({
  mean,
  standardError: spread / 2,
  low: mean - spread,
  high: mean + spread,
});

const latency = (mean: number, spread: number, failed: number): LatencyFigure => ({
  ...around(mean, spread),
  failedShare: around(failed, failed / 4),
});

const FAULTS = [
  { name: 'replica crash', kind: 'replica-crash', ratePerYear: 6, durationS: 90, what: 'any service' },
  { name: 'zone outage', kind: 'zone-outage', ratePerYear: 0.5, durationS: 3600, what: 'one zone of 3' },
  {
    name: 'slow link',
    kind: 'link-latency',
    ratePerYear: 12,
    durationS: 600,
    what: '+213 ms to cartservice',
  },
  { name: 'lossy link', kind: 'link-loss', ratePerYear: 12, durationS: 300, what: '5 % of messages' },
  {
    name: 'gray replica',
    kind: 'slow-replica',
    ratePerYear: 8,
    durationS: 1800,
    what: 'currencyservice x 10',
  },
  { name: 'error replies', kind: 'error-replies', ratePerYear: 10, durationS: 600, what: '30 % of replies' },
  { name: 'overload', kind: 'overload', ratePerYear: 24, durationS: 300, what: 'traffic x 3' },
  { name: 'flood', kind: 'attack-flood', ratePerYear: 4, durationS: 900, what: '200 requests/s of checkout' },
];

function measures(quality: number, cost: number): Measures {
  return {
    downtimeMinPerYear: around(900 / quality, 70 / quality),
    p99HealthyMs: latency(1380 + 20 / quality, 22, 0),
    p99WorstMs: latency(5200 / quality, 400 / quality, 0.008 / quality),
    costPerMonth: around(cost, 0),
    attemptsPerRequest: around(9 + 2 / quality, 0.12),
    recoveryS: around(24 / quality, 3 / quality),
    neverRecovered: around(quality > 1 ? 0 : 0.2, 0),
    unrecovered: around(quality > 1 ? 0 : 0.02, 0),
    attackerLoss: around(0.6 / quality, 0.05),
    slowShareWorst: around(0.4 / quality, 0.02),
    healthyBadShare: { mean: 0, standardError: 0, low: 0, high: 0.00007 },
  };
}

function row(id: string, label: string, school: School, quality: number, cost: number): ComparisonRow {
  return {
    id,
    label,
    school,
    headline: !id.endsWith('3'),
    measures: measures(quality, cost),
    perFault: FAULTS.map((fault, f) => ({
      fault: fault.name,
      badShare: around(Math.min(0.9, (0.06 * ((f * 5) % 8) + 0.02) / quality), 0.01),
      downtimeMinPerYear: around((20 * ((f * 3) % 7) + 4) / quality, 3),
      recoveryS: around(f / quality, 1),
      neverRecovered: around(0, 0),
      p99Ms: latency(4000 / quality, 300, 0.002),
    })),
  };
}

const ROWS = [
  row('envoy-defaults-2', 'Envoy defaults, 2 replicas', 'rule-based', 1, 480),
  row('envoy-best-2', 'Envoy best practice, 2 replicas', 'rule-based', 1.6, 480),
  row('istio-2', 'Istio defaults, 2 replicas', 'rule-based', 1.3, 480),
  row('envoy-best-3', 'Envoy best practice, 3 replicas', 'rule-based', 2.2, 720),
  row('statistics-2', 'Statistics-based, 2 replicas', 'statistics-based', 1.9, 480),
  row('random', 'Random search', 'random', 2.1, 520),
  row('genetic', 'Genetic choice', 'genetic', 4.2, 500),
];

function timeline(rowId: string, quality: number): TimelineData {
  const buckets = Array.from({ length: 90 }, (_, i) => i);
  const hurt = (i: number) => (i >= 20 && i < 60 ? Math.exp(-(i - 20) / (24 / quality)) : 0);
  return {
    rowId,
    fault: 'zone outage',
    bucketMs: 500,
    faultStartMs: 10_000,
    faultEndMs: 30_000,
    good: buckets.map((i) => Math.round((60 + ((i * 7) % 9)) * (1 - 0.6 * hurt(i)))),
    slow: buckets.map((i) => Math.round(18 * hurt(i))),
    failed: buckets.map((i) => Math.round(22 * hurt(i))),
    p50Ms: buckets.map((i) => 124 * (1 + hurt(i))),
    p99Ms: buckets.map((i) => (i === 21 ? null : 1400 + ((i * 131) % 300) + 3200 * hurt(i))),
  };
}

const SERVICES = [
  'frontend',
  'checkoutservice',
  'cartservice',
  'currencyservice',
  'productcatalogservice',
  'redis',
];

/** A whole result; `name` becomes the scenario's name. */
export function fixture(name = 'Online Boutique'): ResultDocument {
  return {
    format: 'tardigrade-result/1',
    scenario: {
      name,
      source: '60 s of real traces of Online Boutique (Nezha, MIT)',
      zones: ['a', 'b', 'c'],
      proxies: 4,
      ratePerS: 60,
      repairS: 1800,
      sharedSlowness: 0.44,
      classes: [
        { name: 'browse', share: 0.9, objectiveMs: 1500 },
        { name: 'checkout', share: 0.1, objectiveMs: 2500 },
      ],
      services: SERVICES.map((service, i) => ({
        name: service,
        replicas: 1,
        workers: 8,
        workersAssumed: i !== 5,
        costPerReplica: 40,
      })),
      calls: [
        { from: null, to: 'frontend' },
        { from: 'frontend', to: 'checkoutservice' },
        { from: 'frontend', to: 'cartservice' },
        { from: 'frontend', to: 'currencyservice' },
        { from: 'frontend', to: 'productcatalogservice' },
        { from: 'checkoutservice', to: 'cartservice' },
        { from: 'checkoutservice', to: 'currencyservice' },
        { from: 'cartservice', to: 'redis' },
      ],
      faults: FAULTS,
    },
    search: {
      seed: 1,
      generations: 24,
      population: 32,
      evaluations: 768,
      knobs: 31,
      replications: 4,
      choiceReplications: 12,
      updates: [],
    },
    objectives: [
      { name: 'downtime', unit: 'min/year' },
      { name: 'slow-share', unit: 'share' },
      { name: 'cost', unit: '$/month' },
    ],
    comparison: { replications: 20, healthyRequests: 45_000, rows: ROWS },
    front: Array.from({ length: 22 }, (_, i) => ({
      objectives: [900 / (1 + i * 0.28), 0.02 + 0.012 * ((i * 5) % 9), 250 + i * 32],
      chosen: i === 8,
      knobs: { timeout: '4.2s', retries: 2 },
    })),
    randomFront: Array.from({ length: 9 }, (_, i) => ({
      objectives: [1100 / (1 + i * 0.3), 0.05 + 0.02 * ((i * 5) % 4), 300 + i * 70],
      chosen: i === 3,
      knobs: { timeout: '3s', retries: 1 },
    })),
    profilePoints: ROWS.filter((r) => r.school !== 'genetic').map((r) => ({
      rowId: r.id,
      objectives: [r.measures.downtimeMinPerYear.mean!, 0.2, r.measures.costPerMonth.mean!],
    })),
    convergence: Array.from({ length: 24 }, (_, i) => ({
      generation: i,
      evaluations: 32 * (i + 1),
      hypervolume: 0.82 * (1 - Math.exp(-(i + 2) / 6)),
      randomHypervolume: 0.6 * (1 - Math.exp(-(i + 2) / 5)),
    })),
    hypervolume: {
      genetic: { mean: 0.82, low: 0.8, high: 0.84 },
      random: { mean: 0.6, low: 0.57, high: 0.63 },
      lead: { mean: 0.22, low: 0.2, high: 0.24 },
    },
    dominance: ROWS.slice(0, 5).map((profile, i) => ({
      rowId: profile.id,
      objectives: [214, 0.1, 480],
      isChoice: i > 1,
      knobs: { timeout: '4.2s', retries: 2 },
      withinLimits: true,
      nonInferior: i !== 3,
      better: i === 3 ? ['downtime'] : ['downtime', 'slow-share'],
      differences: [
        { objective: 'downtime', mean: -348, standardError: 12, low: -372, high: -324, upper: -328 },
        { objective: 'slow-share', mean: -0.1, standardError: 0.01, low: -0.12, high: -0.08, upper: -0.085 },
        {
          objective: 'cost',
          mean: i === 3 ? 20 : 0,
          standardError: 0,
          low: 0,
          high: 20,
          upper: i === 3 ? 20 : 0,
        },
      ],
    })),
    verdict: {
      won: true,
      sentences: [
        'The genetic choice cuts downtime from 562 to 214 minutes a year against Envoy best practice, at 4 % more cost.',
        'It is at least as good on every objective and better on downtime (95 % paired interval −372 to −324 min/year).',
        'Random search with the same 768 evaluations reached 429 minutes.',
      ],
    },
    changes: {
      nearest: 'Envoy best practice, 2 replicas',
      gainKept: { mean: 0.91, low: 0.88, high: 0.94 },
      list: [
        { scope: 'mesh', field: 'perTryTimeout', from: 'off', to: '840 ms' },
        { scope: 'frontend -> cartservice', field: 'hedgeDelay', from: 'off', to: '310 ms' },
        { scope: 'mesh', field: 'retryBudget', from: 'off', to: '12 %' },
      ],
    },
    policy: {
      columns: ['Nothing set', 'Envoy best practice, 2 replicas', 'Genetic choice'],
      rows: [
        { scope: 'mesh', field: 'timeout', unit: 'us', values: ['15 s', '15 s', '4.2 s'] },
        { scope: 'mesh', field: 'perTryTimeout', unit: 'us', values: ['off', 'off', '840 ms'] },
        { scope: 'mesh', field: 'retries', unit: 'count', values: ['off', '1', '2'] },
        { scope: 'mesh', field: 'retryBudget', unit: 'percent', values: ['off', 'off', '12 %'] },
        { scope: 'cartservice', field: 'replicas', unit: 'count', values: ['1', '2', '3'] },
        {
          scope: 'frontend -> cartservice',
          field: 'hedgeDelay',
          unit: 'us',
          values: ['off', 'off', '310 ms'],
        },
      ],
    },
    workers: {
      faults: ['overload', 'flood'],
      scales: [0.5, 1, 2].map((factor) => ({
        factor,
        rows: ROWS.filter(({ headline }) => headline).map(({ id }, i) => ({
          rowId: id,
          downtimeMinPerYear: [around((40 - 6 * i) / factor, 2), around((8 - i) / factor, 1)],
          badShare: [around(0.2 / factor, 0.01), around(0.05 / factor, 0.01)],
        })),
        holds: factor >= 1,
      })),
    },
    timelines: [timeline('envoy-best-2', 1), timeline('statistics-2', 2), timeline('genetic', 5)],
  };
}
