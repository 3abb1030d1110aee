import { z } from 'zod';

/**
 * `result.json`: everything an evolution found, and nothing that differs between two runs of the same scenario, seed
 * and number of generations. Timings and engine names live in `run.json`.
 *
 * The schema is the documentation: each field says its unit. `z.toJSONSchema(resultDocument)` exports it.
 */

/** A measured quantity: its mean over replications and the 95 % interval of that mean. */
export const figure = z
  .object({
    mean: z.number().nullable().describe('null: there was nothing to measure, as where no reply came at all'),
    standardError: z.number().nullable().describe('null: a single replication has none'),
    low: z.number().nullable().describe('lower end of the 95 % interval'),
    high: z.number().nullable().describe('upper end of the 95 % interval'),
  })
  .describe('Mean over replications with its 95 % interval');

/** A statistic of all test replications, with its 95 % bootstrap interval over them. */
const bootstrapped = z.object({ mean: z.number(), low: z.number(), high: z.number() });

/** A latency quantile over all requests, those without a right answer being slower than any other. */
const latencyFigure = figure.extend({
  mean: z
    .number()
    .nullable()
    .describe('in ms; null: the quantile is among requests that got no right answer'),
  low: z.number().nullable().describe('lower end of the 95 % bootstrap interval; null as for the mean'),
  high: z.number().nullable().describe('upper end; null as for the mean'),
  failedShare: figure.describe('Share 0..1 of the requests that got no right answer'),
});

export const measures = z.object({
  downtimeMinPerYear: figure.describe(
    'Expected minutes a year of bad service, over all declared faults; what never recovers counts until it is repaired',
  ),
  p99HealthyMs: latencyFigure.describe('99th percentile of end-to-end latency without a fault'),
  p99WorstMs: latencyFigure.describe('99th percentile under the fault that makes it worst'),
  costPerMonth: figure.describe('US dollars a month for all replicas'),
  attemptsPerRequest: figure.describe('Tries of calls per request, under the fault that makes it worst'),
  recoveryS: figure.describe(
    'Seconds from the end of the fault to good service, slowest fault; where it never came, the time watched',
  ),
  neverRecovered: figure.describe(
    'Share 0..1 of replications that never recovered, fault where it is largest',
  ),
  unrecovered: figure.describe('Share 0..1 of all faults’ episodes that never recovered'),
  attackerLoss: figure.describe("Legitimate requests lost per attacker's request"),
  slowShareWorst: figure.describe('Share 0..1 of requests over their latency objective, worst fault'),
  healthyBadShare: figure.describe('Share 0..1 of requests that are not good without any fault'),
});

const schools = ['rule-based', 'statistics-based', 'random', 'genetic', 'baseline'] as const;

const row = z.object({
  id: z.string().describe('Unique within the result'),
  label: z.string(),
  school: z.enum(schools),
  headline: z
    .boolean()
    .describe('Whether the row belongs in the short table: one per profile, at its best size'),
  measures,
  perFault: z
    .array(
      z.object({
        fault: z.string(),
        badShare: figure,
        downtimeMinPerYear: figure,
        recoveryS: figure,
        neverRecovered: figure,
        p99Ms: latencyFigure,
      }),
    )
    .describe('badShare: share 0..1 of requests not good while the fault is on (onset and steady windows)'),
});

const knobs = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .describe('Knob (`field`, or `scope: field`) to value, as people write it');

const frontMember = z.object({
  objectives: z
    .array(z.number())
    .describe('Means on the episodes of the choice, in the order of `objectives`'),
  chosen: z.boolean(),
  knobs,
});

const dominanceRow = z.object({
  rowId: z.string().describe("The profile's row"),
  objectives: z.array(z.number()).describe('Means of the member of the front on the test episodes'),
  isChoice: z.boolean(),
  knobs,
  withinLimits: z.boolean().describe('The member keeps within every limit on the test episodes'),
  nonInferior: z.boolean().describe('Every upper limit is within 2 % of the profile'),
  better: z.array(z.string()).describe('Objectives on which the member is better with confidence'),
  differences: z
    .array(
      z.object({
        objective: z.string(),
        mean: z.number(),
        standardError: z.number(),
        low: z.number(),
        high: z.number(),
        upper: z.number().describe('One-sided upper 95 % limit'),
      }),
    )
    .describe(
      'Member minus profile, paired by replication; limits hold together over all objectives (Bonferroni)',
    ),
});

const knobRow = z.object({
  scope: z.string().describe('`mesh`, a service, or a call `caller -> callee`'),
  field: z.string(),
  unit: z.string(),
  values: z.array(z.string()).describe('Readable value per column of `policy.columns`'),
});

const timeline = z.object({
  rowId: z.string(),
  fault: z.string(),
  bucketMs: z.number().int(),
  faultStartMs: z.number(),
  faultEndMs: z.number(),
  good: z
    .array(z.number())
    .describe('Good replies to requests that arrived in the bucket, mean over replications'),
  slow: z.array(z.number()),
  failed: z.array(z.number()),
  p50Ms: z.array(z.number().nullable()).describe('null: no reply in the bucket'),
  p99Ms: z.array(z.number().nullable()),
});

const scenarioSummary = z.object({
  name: z.string(),
  source: z.string(),
  zones: z.array(z.string()),
  proxies: z.number().int(),
  ratePerS: z.number(),
  repairS: z.number().describe('Assumed time until an operator mends what does not recover by itself'),
  sharedSlowness: z.number(),
  classes: z.array(z.object({ name: z.string(), share: z.number(), objectiveMs: z.number() })),
  services: z.array(
    z.object({
      name: z.string(),
      replicas: z.number().int(),
      workers: z.number().int(),
      workersAssumed: z.boolean(),
      costPerReplica: z.number(),
    }),
  ),
  calls: z.array(z.object({ from: z.string().nullable(), to: z.string() })),
  faults: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      ratePerYear: z.number(),
      durationS: z.number(),
      what: z.string().describe('Target and magnitude in words'),
    }),
  ),
});

/** The schema of result.json. */
export const resultDocument = z
  .object({
    format: z.literal('tardigrade-result/1'),
    scenario: scenarioSummary,
    search: z.object({
      seed: z.number().int(),
      generations: z.number().int().describe('Generations that ran: with the seed, they remake the result'),
      population: z.number().int(),
      evaluations: z.number().int(),
      knobs: z.number().int().describe('Variables of the search space'),
      replications: z.number().int().describe('Replications in one block of search episodes'),
      choiceReplications: z
        .number()
        .int()
        .describe('Replications on which all survivors were compared; finalists met twice as many more'),
      updates: z.array(z.unknown()).describe('Live changes, each with its generation'),
    }),
    objectives: z.array(z.object({ name: z.string(), unit: z.string() })),
    comparison: z.object({
      replications: z.number().int().describe('Test replications that neither search nor choice ever saw'),
      healthyRequests: z.number().int().describe('Requests offered in the healthy windows of one policy'),
      rows: z.array(row),
    }),
    front: z.array(frontMember),
    randomFront: z.array(frontMember).describe('Front of random search with the same number of evaluations'),
    profilePoints: z.array(z.object({ rowId: z.string(), objectives: z.array(z.number()) })),
    convergence: z.array(
      z.object({
        generation: z.number().int(),
        evaluations: z.number().int(),
        hypervolume: z.number().describe('Share 0..1 of the box between the ideal and the reference point'),
        randomHypervolume: z.number(),
      }),
    ),
    hypervolume: z
      .object({
        genetic: bootstrapped,
        random: bootstrapped,
        lead: bootstrapped.describe('Genetic minus random, on the same resamples'),
      })
      .describe(
        'Of both fronts on the first of the test replications, as a share 0..1 of the box below the reference',
      ),
    dominance: z
      .array(dominanceRow)
      .describe('For each profile, the member of the front picked to dominate it, and the test of that'),
    verdict: z.object({
      won: z.boolean().describe('Whether the front dominates every profile and beats random search'),
      sentences: z.array(z.string()).describe('The first is the headline'),
    }),
    changes: z.object({
      nearest: z.string().describe('Label of the profile that the choice is nearest to'),
      list: z.array(z.object({ scope: z.string(), field: z.string(), from: z.string(), to: z.string() })),
      gainKept: bootstrapped
        .nullable()
        .describe("Share 0..1 of the choice's gain over that profile, on the test episodes; null: no gain"),
    }),
    workers: z
      .object({
        faults: z.array(z.string()),
        scales: z.array(
          z.object({
            factor: z.number().describe('Of the assumed workers of each replica'),
            rows: z.array(
              z.object({
                rowId: z.string(),
                downtimeMinPerYear: z.array(figure).describe('[fault]'),
                badShare: z.array(figure).describe('[fault]'),
              }),
            ),
            holds: z
              .boolean()
              .describe(
                'The choice’s downtime, these faults at this factor and the others as assumed, is no higher than the best profile’s',
              ),
          }),
        ),
      })
      .describe('Under overload and attack, were the assumed workers other; empty where none are assumed'),
    policy: z.object({
      columns: z.array(z.string()).describe('Labels: the default, the nearest profile, the choice'),
      rows: z.array(knobRow),
    }),
    timelines: z.array(timeline),
  })
  .describe('The result of one evolution');

/** A mean with its interval, as result.json has it. */
export type Figure = z.infer<typeof figure>;
export type LatencyFigure = z.infer<typeof latencyFigure>;
export type Measures = z.infer<typeof measures>;
export type MeasureName = keyof Measures;
export type School = (typeof schools)[number];
export type ComparisonRow = z.infer<typeof row>;
export type DominanceRow = z.infer<typeof dominanceRow>;
export type KnobRow = z.infer<typeof knobRow>;
export type TimelineData = z.infer<typeof timeline>;
export type ScenarioSummary = z.infer<typeof scenarioSummary>;
/** What result.json holds. */
export type ResultDocument = z.infer<typeof resultDocument>;
