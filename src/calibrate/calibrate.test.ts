import { describe, expect, it } from 'vitest';
import { loadScenario, type Scenario } from '../system';
import { type CalibrationInput, calibrate } from './calibrate';
import { recordTraces, toCsv, toJaeger, toOtlp } from './testing/recorder';

const TRUTH = loadScenario(
  `tardigrade: 1
name: Truth
traffic:
  rate: 20/s
  classes:
    browse: { share: 75%, entry: front/browse, objective: 1s }
    buy: { share: 25%, entry: front/buy, objective: 1s }
services:
  front:
    workers: 8
    operations:
      browse:
        self: 2ms
        calls:
          - cart/get
          - parallel: [catalog/item, catalog/list]
          - { call: catalog/item, times: 3 }
      buy:
        self: 1ms
        calls:
          - cart/get
          - { call: cart/put, times: 2 }
          - catalog/item
          - { call: catalog/item, probability: 40% }
  cart:
    workers: 8
    operations:
      get: { self: { quantiles: { 0: 1ms, 0.5: 3ms, 1: 20ms } }, calls: [store/read] }
      put: { self: 4ms, calls: [store/read, store/write] }
  catalog:
    workers: 8
    operations:
      item: { self: { quantiles: { 0: 1ms, 1: 3ms } } }
      list: { self: 5ms }
  store:
    workers: 8
    operations:
      read: { self: 500us }
      write: { self: 900us }
links:
  default: { delay: 1ms }
  client -> front: { delay: 0ms }
  front -> cart: { delay: { quantiles: { 0: 2ms, 0.9: 6ms, 1: 90ms } } }
  front -> catalog: { delay: { quantiles: { 0: 1ms, 0.7: 4ms, 0.9: 30ms, 1: 120ms } } }
sharedSlowness: 60%
`,
  'truth.yaml',
);

const REQUESTS = 600;
const spans = recordTraces(TRUTH, REQUESTS, 7);
const input: CalibrationInput = {
  traces: [{ file: 'traces.csv', text: toCsv(spans) }],
  name: 'Found',
  source: 'recorded',
};

/** Operations by service/name, with what they call and how. */
function scripts(scenario: Scenario): Record<string, unknown> {
  const nameOf = (index: number) => {
    const { service, name } = scenario.operations[index];
    return `${scenario.services[service].name}/${name}`;
  };
  return Object.fromEntries(
    scenario.operations.map((operation, i) => [
      nameOf(i),
      operation.steps.map((step) =>
        step.map(({ operation: to, times, probability }) => ({ to: nameOf(to), times, probability })),
      ),
    ]),
  );
}

describe('calibration', () => {
  it('finds the system that left the traces', async () => {
    const overlay = { file: 'o.yaml', text: 'calibrate: { classNames: { list: browse, put: buy } }' };
    const { scenario, fit, notices } = await calibrate({ ...input, overlay });
    expect(notices).toEqual([]);
    expect(scenario.services.map(({ name }) => name)).toEqual(['cart', 'catalog', 'front', 'store']);
    expect(scenario.ratePerS).toBeCloseTo(20, 1);

    const shares = scenario.classes.map(({ name, share }) => [name, share] as const);
    expect(shares.map(([name]) => name)).toEqual(['browse', 'buy']);
    // Three standard errors of a binomial share.
    expect(Math.abs(shares[0][1] - 0.75)).toBeLessThan(3 * Math.sqrt((0.75 * 0.25) / REQUESTS));

    const found = scripts(scenario);
    const truth = scripts(TRUTH);
    for (const operation of ['front/browse', 'cart/get', 'cart/put', 'store/read', 'catalog/list'])
      expect(found[operation], operation).toEqual(truth[operation]);
    const buy = found['front/buy'] as { to: string; times: number; probability: number }[][];
    expect(buy.map(([{ to, times }]) => [to, times])).toEqual([
      ['cart/get', 1],
      ['cart/put', 2],
      ['catalog/item', 1],
      ['catalog/item', 1],
    ]);
    expect(Math.abs(buy[3][0].probability - 0.4)).toBeLessThan(3 * Math.sqrt(0.24 / (REQUESTS / 4)));

    const edge = scenario.edges.find(({ name }) => name === 'front -> cart')!;
    expect(edge.delay.kind).toBe('quantiles');
    expect(scenario.edges.find(({ name }) => name === 'cart -> store')!.delay).toEqual({
      kind: 'constant',
      valueUs: 1000,
    });
    for (const { name, measuredUs, predictedUs, tolerance } of fit.quantiles)
      expect(Math.abs(predictedUs / measuredUs - 1), name).toBeLessThan(tolerance);
    expect(Math.abs(fit.sharedSlowness - 0.6)).toBeLessThan(0.15);
  });

  it('makes the same scenario of CSV, OTLP and Jaeger', async () => {
    const some = recordTraces(TRUTH, 60, 3);
    const [csv, otlp, jaeger] = await Promise.all(
      [toCsv(some), toOtlp(some), toJaeger(some)].map((text) =>
        calibrate({ ...input, traces: [{ file: 'traces', text }] }),
      ),
    );
    expect(otlp.yaml).toBe(csv.yaml);
    expect(jaeger.yaml).toBe(csv.yaml);
  });

  it('compares durations only: clocks that differ change nothing', async () => {
    const some = recordTraces(TRUTH, 60, 3);
    const skewed = recordTraces(TRUTH, 60, 3, { cart: 700_000, store: -3_000_000 });
    const right = await calibrate({ ...input, traces: [{ file: 'traces', text: toCsv(some) }] });
    const wrong = await calibrate({
      ...input,
      traces: [{ file: 'traces', text: toCsv(skewed) }],
      tolerate: true,
    });
    expect(wrong.notices).toEqual([expect.stringMatching(/clocks differ by up to 3\d+0 ms/)]);
    expect(wrong.scenario).toEqual(right.scenario);
    await expect(calibrate({ ...input, traces: [{ file: 'traces', text: toCsv(skewed) }] })).rejects.toThrow(
      /^traces:\d+:1: span \w+: the clocks of cart\S* and front\S* differ/,
    );
  });

  it('takes replicas and readiness probes from the manifest, and says where the two disagree', async () => {
    const manifest = `
kind: Deployment
metadata: { name: front }
spec:
  replicas: 2
  template:
    spec:
      containers:
        - readinessProbe: { periodSeconds: 5 }
          env: [{ name: STORE_ADDR, value: 'store:6379' }, { name: CART_ADDR, value: 'cart:80' }]
---
kind: StatefulSet
metadata: { name: backup }
`;
    const { scenario, notices } = await calibrate({
      ...input,
      manifests: [{ file: 'k8s.yaml', text: manifest }],
    });
    const front = scenario.services.findIndex(({ name }) => name === 'front');
    expect(scenario.services[front].replicas).toBe(2);
    expect(scenario.policy.values).toEqual([
      { scope: { kind: 'service', service: front }, field: 'healthInterval', value: 5_000_000 },
      { scope: { kind: 'service', service: front }, field: 'unhealthyThreshold', value: 3 },
      { scope: { kind: 'service', service: front }, field: 'healthyThreshold', value: 1 },
    ]);
    expect(notices).toEqual([
      'In the traces but not in the manifest: cart, catalog, store.',
      'In the manifest but not in the traces, left out: backup.',
      "Configured but never seen in a trace; such calls count as the caller's own time: front -> store.",
    ]);
  });

  it('marks the workers as an assumption, from what was seen at once', async () => {
    const { scenario, yaml } = await calibrate(input);
    expect(scenario.services.every(({ workersAssumed }) => workersAssumed)).toBe(true);
    expect(yaml).toMatch(/# Assumed: .*\n\s+workers: \{ assumed: \d+ \}/);
    expect(yaml).toContain('# Traced as browse; ');
  });

  it('lays an overlay over it, comments and all', async () => {
    const text = `
# Declared by hand.
zones: [x, y]
traffic:
  # Slower than it was.
  rate: 5/s
faults:
  # Now and then.
  - { name: crash, kind: replica-crash, service: cart, rate: 1/year, duration: 1m }
`;
    const { scenario, yaml } = await calibrate({ ...input, overlay: { file: 'o.yaml', text } });
    expect(scenario.zones).toEqual(['x', 'y']);
    expect(scenario.ratePerS).toBe(5);
    expect(scenario.faults).toHaveLength(1);
    expect(scenario.classes).toHaveLength(2);
    expect(yaml).toContain('# Slower than it was.\n  rate: 5/s');
    expect(yaml).toContain('# Now and then.');
  });

  it('refuses what it can not use, and says where', async () => {
    const csv = (text: string) => ({ ...input, traces: [{ file: 'traces.csv', text }] });
    const overlay = (text: string) => ({ ...input, overlay: { file: 'o.yaml', text } });
    const manifest = (text: string) => ({ ...input, manifests: [{ file: 'k8s.yaml', text }] });
    const cases: [CalibrationInput, RegExp][] = [
      [csv(''), /^traces\.csv:1:1: the file is empty; /],
      [csv('a,b\n1,2\n'), /^traces\.csv:1:1: the header has no column TraceID/],
      [manifest('kind: Service\n'), /^k8s\.yaml:1:1: there is no Deployment/],
      [manifest(''), /^k8s\.yaml:1:1: there is no Deployment/],
      [manifest('kind: Deployment\nmetadata: {'), /^k8s\.yaml:2:\d+: not valid YAML/],
      [overlay('zones: [a'), /^o\.yaml:1:\d+: not valid YAML/],
      [overlay('- a'), /^o\.yaml:1:1: an overlay is a map/],
      [overlay('calibrate: { classNames: { lisst: x } }'), /^o\.yaml:1:28: .*'lisst'; did you mean 'list'\?/],
      [overlay('calibrate: { classNames: { list: 3 } }'), /^o\.yaml:1:\d+: calibrate: expected new names/],
      [overlay('# mine\nzoness: [a]'), /^o\.yaml:2:1: zoness: unknown key 'zoness'; did you mean 'zones'\?/],
      [overlay('traffic:\n  rate: -1/s'), /^o\.yaml:2:9: traffic\.rate: .*negative/],
      [
        overlay('links:\n  front -> cart: { delay: soon }'),
        /^o\.yaml:2:27: links\["front -> cart"\]\.delay: .*'soon'/,
      ],
      [
        overlay('faults:\n  - { name: x, kind: overload, rate: 1/year, duration: 1m, factor: 0 }'),
        /^o\.yaml:2:68: faults\[0\]\.factor: /,
      ],
    ];
    for (const [bad, message] of cases) await expect(calibrate(bad), `${message}`).rejects.toThrow(message);
  });
});
