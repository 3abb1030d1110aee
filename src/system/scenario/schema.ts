import { z } from 'zod';
import {
  count,
  duration,
  either,
  flag,
  fraction,
  list,
  map,
  named,
  noSuchWord,
  number,
  oneOf,
  rate,
  text,
} from '../../text';
import { FIELD_NAMES, type FieldName } from '../policy/fields';
import { fieldValue, policySchema } from '../policy/schema';
import { CAPACITIES } from './capacities';
import type { FaultKind, Objective } from './types';

/**
 * The scenario file as a user writes it. Every key is described here once: the documentation and the JSON schema for
 * editors come from these descriptions. Quantities leave the schema in microseconds, events a second or a year, and
 * fractions; names are resolved by `load.ts`.
 */

const distribution = either(
  [
    duration(),
    map({ exponential: duration({ positive: true }).describe('Mean of an exponential distribution.') }),
    map({
      lognormal: map({
        mean: duration({ positive: true }).describe('Mean.'),
        cv2: number(0, 1000).describe('Squared coefficient of variation: variance over squared mean.'),
      }).describe('A lognormal distribution by its first two moments.'),
    }),
    map({
      quantiles: named(duration(), 'a map of quantiles', '{ 0: 1ms, 0.5: 3ms, 1: 40ms }').describe(
        'An empirical distribution: probability (0 and 1 included) to duration, both ascending.',
      ),
    }),
  ],
  'a distribution',
  '3ms or { lognormal: { mean: 3ms, cv2: 2 } }',
).describe('A duration, or one of exponential, lognormal, quantiles.');

const call = map({
  call: text('what is called', 'cartservice/GetCart').describe('service/operation.'),
  probability: fraction().default(1).describe('Chance that the call is made at all.'),
  times: count(1, CAPACITIES.timesPerCall).default(1).describe('How often it is made, one after the other.'),
});
const target = text('service/operation', 'cartservice/GetCart');
const calls = [target, call] as const;
const step = either(
  [
    ...calls,
    map({
      parallel: list(
        either(calls, 'a call', 'cartservice/GetCart'),
        'calls',
        CAPACITIES.callsPerStep,
        1,
      ).describe('Calls made at the same time.'),
    }),
  ],
  'a call',
  'cartservice/GetCart, { call: ... } or { parallel: [...] }',
);

const operation = map({
  self: distribution.describe('Local work, which occupies a worker.'),
  holdsWorker: flag().default(true).describe('Whether the worker stays occupied while its calls are out.'),
  calls: list(step, 'steps', CAPACITIES.stepsPerOperation)
    .default([])
    .describe('Steps, one after the other: a call, or several in parallel.'),
});

const workers = count(1, CAPACITIES.workersPerReplica);
const service = map({
  replicas: count(1, CAPACITIES.replicasPerService).default(1).describe('Replicas deployed today.'),
  maxReplicas: count(1, CAPACITIES.replicasPerService)
    .optional()
    .describe('Most replicas that a policy may ask for; where absent, three times those of today.'),
  workers: either(
    [workers, map({ assumed: workers.describe('A capacity that nobody measured.') })],
    'a number of workers',
    '8 or { assumed: 8 }',
  ).describe('Requests that one replica works on at once; { assumed: n } marks a guess as one.'),
  cost: number(0).default(0).describe('US dollars a month for one replica.'),
  operations: named(operation, 'a map of operations', '{ GetCart: { self: 3ms } }').describe(
    'What the service does, by kind of request.',
  ),
});

const link = map({ delay: distribution.describe('Round-trip delay of a call; it holds no worker.') });

const faultBase = {
  name: text('a name', 'cart-zone-a').describe('Unique name, for the report.'),
  rate: rate('year').describe('Events a year for one target (a replica, a zone, or the system).'),
  duration: duration({ positive: true, beyondClock: true }).describe('How long one event lasts.'),
};
const targetService = text('a service', 'cartservice').describe('The service that is hit.');
const linkName = text('a link', 'frontend -> cartservice');
const targetLinks = either(
  [linkName, list(linkName, 'links', CAPACITIES.edges, 1)],
  'links',
  'frontend -> cartservice',
).describe("The links that are hit: 'a -> b', '* -> b', 'a -> *', or a list of these.");
const replicaShare = fraction()
  .default(0)
  .describe("Share of the service's replicas that are hit; at least one is.");

const FAULT_KINDS: FaultKind[] = [
  'replica-crash',
  'zone-outage',
  'link-latency',
  'link-loss',
  'slow-replica',
  'error-replies',
  'overload',
  'attack-flood',
];

const fault = z.discriminatedUnion(
  'kind',
  [
    map({ ...faultBase, kind: z.literal('replica-crash'), service: targetService }),
    map({
      ...faultBase,
      kind: z.literal('zone-outage'),
      zone: text('a zone', 'any')
        .default('any')
        .describe("A zone, or 'any': one is drawn for each replication."),
    }),
    map({
      ...faultBase,
      kind: z.literal('link-latency'),
      links: targetLinks,
      delay: duration({ positive: true }).describe('Added round-trip delay.'),
    }),
    map({
      ...faultBase,
      kind: z.literal('link-loss'),
      links: targetLinks,
      probability: fraction().describe(
        'Chance that a message is lost each time that it is sent; TCP sends it again after 200 ms, 400 ms and so on.',
      ),
    }),
    map({
      ...faultBase,
      kind: z.literal('slow-replica'),
      service: targetService,
      factor: number(1, 1000).describe('Service times are multiplied by this.'),
      replicaShare,
    }),
    map({
      ...faultBase,
      kind: z.literal('error-replies'),
      service: targetService,
      probability: fraction().describe('Chance that a reply is an error.'),
      replicaShare,
    }),
    map({
      ...faultBase,
      kind: z.literal('overload'),
      factor: number(1, 1000).describe('Traffic is multiplied by this.'),
    }),
    map({
      ...faultBase,
      kind: z.literal('attack-flood'),
      class: text('a request class', 'browse').describe('The class of requests that the attacker sends.'),
      attackRate: rate('second').describe("The attacker's requests."),
    }),
  ],
  {
    error: ({ input }) =>
      noSuchWord((input as { kind?: unknown } | null)?.kind, FAULT_KINDS, 'kind of fault'),
  },
);

const knob = map({
  field: oneOf(FIELD_NAMES as [FieldName, ...FieldName[]], 'field').describe(
    'The policy field that may turn.',
  ),
  scope: either(
    [
      z.literal('mesh'),
      map({ service: text('a service', 'cartservice') }),
      map({ call: text('a call', 'frontend -> cartservice') }),
    ],
    'a scope',
    'mesh, { service: cartservice } or { call: frontend -> cartservice }',
  )
    .default('mesh')
    .describe('Where it turns: mesh, { service: name } or { call: caller -> callee }.'),
  range: list(fieldValue, 'values', 2, 2).optional().describe('[lowest, highest].'),
  values: list(fieldValue, 'values', 64, 1)
    .optional()
    .describe('Instead of a range: the values to choose from.'),
  off: flag().default(false).describe("Whether 'off' is a choice beside the range or values."),
});

const requestClass = map({
  share: fraction().describe('Share of the traffic; all shares sum to 1.'),
  entry: target.describe('service/operation that receives it.'),
  objective: duration({ positive: true }).describe('A reply later than this is not good.'),
});

export const OBJECTIVES = [
  'downtime',
  'slow-share',
  'cost',
  'attempts',
  'attacker-loss',
  'unrecovered',
] as const;

const LIMITS = {
  downtime: number(0).optional().describe('Minutes a year.'),
  'slow-share': fraction()
    .optional()
    .describe('Share of requests over their objective under the worst fault.'),
  cost: number(0).optional().describe('US dollars a month.'),
  attempts: number(1).optional().describe('Attempts per request under the worst fault.'),
  'attacker-loss': number(0).optional().describe('Good requests lost for each request of an attacker.'),
  unrecovered: fraction()
    .optional()
    .describe('Share of faults after which the system is still bad at the end of the recovery window.'),
} satisfies Record<Objective, z.ZodType>;

export const scenarioSchema = map({
  tardigrade: z
    .literal(1, { error: 'this is not a version that can be read; write tardigrade: 1' })
    .describe('Version of this format.'),
  name: text('a name', 'Online Boutique').describe('Title of the report.'),
  source: text('a source', 'traces of 2022-08-23')
    .default('not stated')
    .describe('Where the figures come from.'),
  zones: list(text('a zone', 'a'), 'zones', CAPACITIES.zones, 1)
    .default(['a'])
    .describe('Failure domains over which replicas are dealt.'),
  proxies: count(1, CAPACITIES.proxies)
    .default(1)
    .describe('Independent client-side proxies; breakers, budgets and ejections are kept by each alone.'),
  traffic: map({
    rate: rate('second').describe('Requests over all classes.'),
    classes: named(requestClass, 'a map of request classes', '{ browse: { ... } }').describe(
      'Kinds of requests, by name.',
    ),
  }).describe('What clients send.'),
  services: named(service, 'a map of services', '{ frontend: { workers: 8, operations: { ... } } }').describe(
    'The system, by service name.',
  ),
  links: named(link, 'a map of links', '{ default: { delay: 1ms } }')
    .default({})
    .describe("Delays by 'caller -> callee', 'client -> callee' for the outside edge, and 'default'."),
  sharedSlowness: fraction()
    .default(0)
    .describe('Chance that a draw of a request takes its own quantile: a slow request is slow at every hop.'),
  windows: map({
    warmup: duration().default(5_000_000).describe('Before anything is counted.'),
    healthy: duration({ positive: true }).default(10_000_000).describe('Counted, before the fault.'),
    onset: duration({ positive: true }).default(10_000_000).describe('Right after the fault begins.'),
    steady: duration({ positive: true }).default(10_000_000).describe('While the fault lasts.'),
    recovery: duration({ positive: true }).default(20_000_000).describe('After the fault has ended.'),
  })
    .prefault({})
    .describe('The parts of an episode.'),
  repair: duration({ positive: true, beyondClock: true })
    .default(1_800_000_000)
    .describe(
      'Assumed time from the end of a fault until an operator has mended what does not recover by itself: so long it is down.',
    ),
  faults: list(fault, 'faults', CAPACITIES.faults).default([]).describe('What may happen.'),
  policy: policySchema.prefault({}).describe('What runs today.'),
  knobs: list(knob, 'knobs', CAPACITIES.knobs).default([]).describe('What evolution may turn.'),
  objectives: list(oneOf(OBJECTIVES, 'objective'), 'objectives', 3, 1)
    .default(['downtime', 'slow-share', 'cost'])
    .describe('One to three measures to minimise; bound the others by limits.'),
  limits: map(LIMITS).default({}).describe('Measures that must stay at or below a value.'),
});

/** The scenario as written, quantities converted, names not yet resolved. */
export type WrittenScenario = z.output<typeof scenarioSchema>;
export type WrittenCall = z.output<typeof call> | string;
export type WrittenDistribution = z.output<typeof distribution>;
export type WrittenFault = z.output<typeof fault>;
export type WrittenKnob = z.output<typeof knob>;
