/**
 * The fields of a policy: the one list that the schema, the knobs, the simulator's tables, the profiles, the report
 * and the exporters are all driven by. To add a knob, add it here and give it its meaning in the simulator.
 *
 * Every value is one u32. Semantics follow Envoy and Istio where they have the field (see the notes).
 */

export type FieldUnit = 'us' | 'count' | 'percent' | 'per-mille' | 'per-second' | 'switch' | 'choice';

export interface Field {
  /** Whether the field belongs to a call (edge) or to a service. */
  readonly scope: 'edge' | 'service';
  readonly unit: FieldUnit;
  readonly min: number;
  readonly max: number;
  /** The value where nobody sets one: nothing is retried, limited, hedged or ejected. */
  readonly default: number;
  /** Whether 0 means that the mechanism is off. */
  readonly zeroIsOff: boolean;
  readonly choices?: readonly string[];
  readonly note: string;
}

const SECOND = 1_000_000;

/** Every setting that a policy has, with its range and its unit. */
export const POLICY_FIELDS = {
  timeout: {
    scope: 'edge',
    unit: 'us',
    min: 0,
    max: 60 * SECOND,
    default: 15 * SECOND,
    zeroIsOff: true,
    note: 'The whole call with all its retries and back-off (Envoy route timeout).',
  },
  perTryTimeout: {
    scope: 'edge',
    unit: 'us',
    min: 0,
    max: 60 * SECOND,
    default: 0,
    zeroIsOff: true,
    note: 'One attempt; a try that times out may be retried. A try that the whole timeout ends is not.',
  },
  adaptiveTimeout: {
    scope: 'edge',
    unit: 'switch',
    min: 0,
    max: 1,
    default: 0,
    zeroIsOff: true,
    note: 'RFC 6298: per-try time-out SRTT + 4 RTTVAR per proxy, 1 s before the first sample, doubled when an attempt sent since the last doubling times out; at most perTryTimeout, else timeout, else 60 s.',
  },
  adaptiveTimeoutFloor: {
    scope: 'edge',
    unit: 'us',
    min: 1_000,
    max: 10 * SECOND,
    default: SECOND,
    zeroIsOff: false,
    note: 'Lower bound of the adaptive time-out (RFC 6298: 1 s).',
  },
  retries: {
    scope: 'edge',
    unit: 'count',
    min: 0,
    max: 10,
    default: 0,
    zeroIsOff: true,
    note: 'Retries after the first try, on errors, resets and per-try time-outs.',
  },
  backoffBase: {
    scope: 'edge',
    unit: 'us',
    min: 1_000,
    max: 10 * SECOND,
    default: 25_000,
    zeroIsOff: false,
    note: 'Retry n waits up to min(backoffMax, base * 2^(n-1)).',
  },
  backoffMax: {
    scope: 'edge',
    unit: 'us',
    min: 1_000,
    max: 60 * SECOND,
    default: 250_000,
    zeroIsOff: false,
    note: 'Upper bound of one wait.',
  },
  jitter: {
    scope: 'edge',
    unit: 'choice',
    min: 0,
    max: 2,
    default: 2,
    zeroIsOff: false,
    choices: ['none', 'equal', 'full'],
    note: 'full: uniform in [0, bound) as in Envoy; equal: upper half; none: the bound itself.',
  },
  retryBudget: {
    scope: 'edge',
    unit: 'percent',
    min: 0,
    max: 100,
    default: 0,
    zeroIsOff: true,
    note: 'Concurrent retries as a share of active requests of the proxy (Envoy retry_budget); replaces maxRetries.',
  },
  retryBudgetMin: {
    scope: 'edge',
    unit: 'count',
    min: 0,
    max: 1000,
    default: 3,
    zeroIsOff: false,
    note: 'Concurrent retries that the budget always allows.',
  },
  maxRetries: {
    scope: 'edge',
    unit: 'count',
    min: 0,
    max: 100_000,
    default: 3,
    zeroIsOff: false,
    note: 'Concurrent retries of a proxy on this edge (Envoy max_retries: parallel, not per request).',
  },
  maxRequests: {
    scope: 'edge',
    unit: 'count',
    min: 1,
    max: 100_000,
    default: 1024,
    zeroIsOff: false,
    note: 'Attempts in flight of a proxy on this edge (bulkhead; Envoy max_requests); beyond them a call fails at once and is not retried.',
  },
  retryOtherHost: {
    scope: 'edge',
    unit: 'switch',
    min: 0,
    max: 1,
    default: 0,
    zeroIsOff: true,
    note: 'A retry or a hedge avoids every replica that the call has tried, until it has tried all (Envoy previous_hosts).',
  },
  hedgeDelay: {
    scope: 'edge',
    unit: 'us',
    min: 0,
    max: 60 * SECOND,
    default: 0,
    zeroIsOff: true,
    note: 'After this long without a reply a second attempt is sent, to another replica if there is one; the first good reply wins. Both share the per-try time-out.',
  },
  breakerFailures: {
    scope: 'edge',
    unit: 'count',
    min: 0,
    max: 1000,
    default: 0,
    zeroIsOff: true,
    note: 'Consecutive failed attempts that open the circuit of a proxy. What an open circuit rejects fails at once and is not retried.',
  },
  breakerOpen: {
    scope: 'edge',
    unit: 'us',
    min: 10_000,
    max: 300 * SECOND,
    default: 5 * SECOND,
    zeroIsOff: false,
    note: 'How long an open circuit rejects before one probe is let through.',
  },
  ejectConsecutive: {
    scope: 'edge',
    unit: 'count',
    min: 0,
    max: 1000,
    default: 0,
    zeroIsOff: true,
    note: "Consecutive errors of a replica that eject it from the proxy's list (Envoy consecutive_5xx).",
  },
  ejectSuccessRate: {
    scope: 'edge',
    unit: 'per-mille',
    min: 0,
    max: 10_000,
    default: 0,
    zeroIsOff: true,
    note: 'Success-rate ejection: factor * 1000 of the population standard deviation below the mean (Envoy 1900).',
  },
  ejectMinHosts: {
    scope: 'edge',
    unit: 'count',
    min: 1,
    max: 32,
    default: 5,
    zeroIsOff: false,
    note: 'Success-rate ejection compares only where this many replicas had enough requests (Envoy success_rate_minimum_hosts).',
  },
  ejectMinVolume: {
    scope: 'edge',
    unit: 'count',
    min: 1,
    max: 10_000,
    default: 100,
    zeroIsOff: false,
    note: 'Requests in an interval from which a success rate counts (Envoy success_rate_request_volume).',
  },
  ejectInterval: {
    scope: 'edge',
    unit: 'us',
    min: 100_000,
    max: 60 * SECOND,
    default: 10 * SECOND,
    zeroIsOff: false,
    note: 'Sweep: ends ejections, evaluates success rates.',
  },
  ejectBaseTime: {
    scope: 'edge',
    unit: 'us',
    min: 100_000,
    max: 300 * SECOND,
    default: 30 * SECOND,
    zeroIsOff: false,
    note: 'Ejection lasts this times the ejections in a row.',
  },
  ejectMaxPercent: {
    scope: 'edge',
    unit: 'percent',
    min: 0,
    max: 100,
    default: 10,
    zeroIsOff: false,
    note: 'Share of the replicas that may be ejected: eject iff 100 (ejected + 1) / n <= this.',
  },
  panicThreshold: {
    scope: 'edge',
    unit: 'percent',
    min: 0,
    max: 100,
    default: 50,
    zeroIsOff: true,
    note: 'Below this share of available replicas, all are used.',
  },
  loadBalancing: {
    scope: 'edge',
    unit: 'choice',
    min: 0,
    max: 2,
    default: 1,
    zeroIsOff: false,
    choices: ['random', 'round-robin', 'least-request'],
    note: 'least-request: the less loaded, as the proxy knows it, of two drawn; round-robin starts at a replica drawn for each proxy.',
  },
  replicas: {
    scope: 'service',
    unit: 'count',
    min: 1,
    max: 32,
    default: 1,
    zeroIsOff: false,
    note: 'Replicas that run.',
  },
  zoneSpread: {
    scope: 'service',
    unit: 'switch',
    min: 0,
    max: 1,
    default: 1,
    zeroIsOff: true,
    note: 'Replicas dealt round the zones; otherwise all in the first.',
  },
  queueLimit: {
    scope: 'service',
    unit: 'count',
    min: 0,
    max: 65_535,
    default: 1024,
    zeroIsOff: false,
    note: 'Requests that wait at one replica; one more is refused at once.',
  },
  rateLimit: {
    scope: 'service',
    unit: 'per-second',
    min: 0,
    max: 1_000_000,
    default: 0,
    zeroIsOff: true,
    note: 'Token bucket of one replica, one second deep; over it a request is refused at once.',
  },
  healthInterval: {
    scope: 'service',
    unit: 'us',
    min: 0,
    max: 120 * SECOND,
    default: 0,
    zeroIsOff: true,
    note: 'Readiness probe period (Kubernetes periodSeconds).',
  },
  unhealthyThreshold: {
    scope: 'service',
    unit: 'count',
    min: 1,
    max: 20,
    default: 3,
    zeroIsOff: false,
    note: 'Failed probes in a row before the replica leaves every list; a full queue fails a probe too.',
  },
  healthyThreshold: {
    scope: 'service',
    unit: 'count',
    min: 1,
    max: 20,
    default: 1,
    zeroIsOff: false,
    note: 'Good probes in a row before it returns.',
  },
} as const satisfies Record<string, Field>;

/** The name of a setting that a policy has. */
export type FieldName = keyof typeof POLICY_FIELDS;

export const FIELD_NAMES = Object.keys(POLICY_FIELDS) as FieldName[];
export const EDGE_FIELDS = FIELD_NAMES.filter((name) => POLICY_FIELDS[name].scope === 'edge');
export const SERVICE_FIELDS = FIELD_NAMES.filter((name) => POLICY_FIELDS[name].scope === 'service');
