import { expect, it } from 'vitest';
import { loadScenario } from '../scenario';
import { events, ofKind, run, totals } from './testing/runs';

/** One request after the other, constant times: what an operation's script says can be read from the clock. */
function script(operation: string, extra = ''): ReturnType<typeof loadScenario> {
  return loadScenario(
    `tardigrade: 1
name: script
zones: [a]
proxies: 1
traffic:
  rate: 1/s
  classes: { all: { entry: front/serve, share: 1, objective: 10s } }
services:
  front: { workers: 1, operations: { serve: ${operation} } }
  left: { workers: 1, operations: { get: { self: 20ms } } }
  right: { workers: 1, operations: { get: { self: 30ms } } }
links:
  default: { delay: 0ms }
  client -> front: { delay: 7ms }
${extra}
windows: { warmup: 1s, healthy: 40s, onset: 1s, steady: 1s, recovery: 1s }
faults: [{ name: none, kind: overload, factor: 1, rate: 1/year, duration: 1s }]
knobs: [{ field: retries, range: [0, 1] }]
objectives: [downtime]
`,
    'script.yaml',
  );
}

async function fastest(scenario: ReturnType<typeof loadScenario>): Promise<number> {
  const done = ofKind(await events(scenario), 'request-done');
  expect(done.length).toBeGreaterThan(20);
  return Math.min(...done.map((event) => event.latencyUs));
}

it('runs steps one after the other', async () => {
  expect(await fastest(script('{ self: 10ms, calls: [left/get, right/get] }'))).toBe(67_000);
});

it('runs the calls of a step side by side', async () => {
  expect(await fastest(script('{ self: 10ms, calls: [{ parallel: [left/get, right/get] }] }'))).toBe(47_000);
});

it('repeats a call one after the other', async () => {
  expect(await fastest(script('{ self: 10ms, calls: [{ call: left/get, times: 3 }] }'))).toBe(77_000);
});

it('makes a call as often as its probability says', async () => {
  const scenario = script('{ self: 10ms, calls: [{ call: left/get, probability: 30% }] }');
  const { offered, calls } = totals(await run(scenario, {}, { replications: 40 }), 'healthy');
  const share = calls / offered - 1;
  expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / offered));
});

it('holds a worker during its calls only where it says so', async () => {
  const busy = script('{ self: 10ms, holdsWorker: true, calls: [right/get] }').services;
  expect(busy).toHaveLength(3);
  const overlap = async (holdsWorker: boolean) => {
    const scenario = script(`{ self: 10ms, holdsWorker: ${holdsWorker}, calls: [right/get] }`);
    const log = await events({ ...scenario, ratePerS: 20 });
    // A worker that is held serves nobody else between its own work and its reply.
    let waiting = 0;
    let most = 0;
    for (const event of log) {
      if (event.kind === 'served' && event.edge === 0) most = Math.max(most, ++waiting);
      if (event.kind === 'attempt-done' && event.edge !== 0) waiting--;
    }
    return most;
  };
  expect(await overlap(true)).toBe(1);
  expect(await overlap(false)).toBeGreaterThan(1);
});

it('shares slowness: draws that take the request own quantile are equal', async () => {
  const scenario = script(
    '{ self: { exponential: 10ms }, calls: [left/get] }',
    '  front -> left: { delay: { exponential: 10ms } }',
  );
  const alike = async (sharedSlowness: number) => {
    const log = await events({ ...scenario, sharedSlowness });
    const started = new Map(ofKind(log, 'attempt').map((e) => [`${e.request}/${e.node}`, e.timeUs]));
    const took = (request: number, node: number, until: number) => until - started.get(`${request}/${node}`)!;
    const self = new Map<number, number>();
    let equal = 0;
    let all = 0;
    for (const event of log) {
      // Half of the entry's delay of 7 ms has passed before the work begins, if no other request is there.
      if (event.kind === 'served' && event.edge === 0)
        self.set(event.request, took(event.request, event.node, event.timeUs) - 3_500);
      if (event.kind === 'attempt-done' && event.edge !== 0) {
        all++;
        const delay = took(event.request, event.node, event.timeUs) - 20_000;
        if (Math.abs(delay - self.get(event.request)!) <= 1) equal++;
      }
    }
    return equal / all;
  };
  expect(await alike(0)).toBeLessThan(0.1);
  expect(await alike(1)).toBeGreaterThan(0.8);
});
