import { describe, expect, it } from 'vitest';
import { buildTables } from '../model';
import { packPolicies } from './batch';
import { layOutState, reportAndPolicyConstants } from './layout';
import { conditionsOf, mechanismsOf } from './mechanisms';
import { linkWithSimulator } from './program';
import { EVERYTHING } from './testing/everything';
import { queueScenario } from './testing/queue';
import { meshPolicy, wasmEngine } from './testing/runs';

/** Six replicas behind one proxy; functions of the kernel are called on its state alone. */
const scenario = queueScenario({ ratePerS: 1, service: { kind: 'constant', valueUs: 1 }, replicas: 6 });

/**
 * Runs statements of a kernel's test: `input[i]` reads `input`, `output(i, word)` writes what is returned.
 * `imports` are WESL paths below `package::simulator`.
 */
async function evaluate(
  imports: readonly string[],
  statements: string,
  input: readonly number[],
  policy = meshPolicy(scenario, EVERYTHING),
): Promise<number[]> {
  const tables = buildTables(scenario);
  const conditions = conditionsOf(scenario, mechanismsOf(scenario, policy), false);
  const constants: Readonly<Record<string, number>> = {
    ...tables.constants,
    ...reportAndPolicyConstants(scenario),
    INTERLEAVE: 1,
    ...layOutState(scenario, tables, conditions, 8192),
  };
  const code = await linkWithSimulator(
    `${imports.map((path) => `import package::simulator::${path};`).join('\n')}
    import package::simulator::state::{scenario, policies, episodes, slice, state, reports, status, ld, st};
    import package::layout::{PROXY_AT, HOST_AT, HEAP_AT, HOST_WORDS, HOST_RATE, PROXY_EJECTED, ID_BITS};
    fn input(i: u32) -> u32 { return episodes[i]; }
    fn output(i: u32, word: u32) { reports[i] = word; }
    @compute @workgroup_size(1) fn test() {
      // Every binding is used, so that all layouts are alike.
      st(0u, scenario[0] + policies[0][0] + slice[0] + status[0] + ld(0u));
      st(0u, 0u);
      ${statements}
    }`,
    constants,
    conditions,
  );
  const run = { policy, episode: { fault: -1, replication: 0 } };
  const engine = await wasmEngine();
  const kernel = await engine.kernel({
    label: 'test',
    code,
    entryPoint: 'test',
  });
  const words = (label: string, count: number) => engine.scratch(`test ${label}`, 4 * count);
  const state = words('state', constants.STATE_WORDS);
  engine.write(state, new Uint32Array(constants.STATE_WORDS));
  const reports = words('reports', input.length);
  const [result] = await engine.submit(
    [
      {
        kernel,
        buffers: [
          engine.resident('test scenario', tables.words),
          engine.resident('test policy', packPolicies([run]).words),
          engine.resident('test input', Uint32Array.from(input)),
          words('slice', 1),
          state,
          reports,
          words('status', 1),
        ],
        workgroups: [1],
      },
    ],
    [{ buffer: reports, byteLength: 4 * input.length }],
  );
  return [...result];
}

describe('the round-trip estimate', () => {
  it('gives the time-outs of a worked example of RFC 6298', async () => {
    const policy = meshPolicy(scenario, {
      ...EVERYTHING,
      perTryTimeout: 60_000_000,
      adaptiveTimeoutFloor: 1000,
    });
    const timeouts = await evaluate(
      ['proxy::{tell_round_trip, try_timeout}'],
      'for (var i = 0u; i < 5u; i++) { tell_round_trip(PROXY_AT, input(i)); output(i, try_timeout(0u, PROXY_AT)); }',
      [100_000, 120_000, 80_000, 100_000, 300_000],
      policy,
    );
    [300_000, 272_500, 249_687.5, 212_539, 409_644].forEach((us, i) =>
      expect(Math.abs(timeouts[i] - us)).toBeLessThan(5),
    );
  });
});

describe('success-rate ejection', () => {
  /** Which of six replicas are ejected, given successes of 100 each; the last one has no traffic. */
  const ejected = async (ejectSuccessRate: number, successes: readonly number[]) =>
    evaluate(
      ['sweep::eject_outliers'],
      `for (var i = 0u; i < 5u; i++) { st(HOST_AT + i * HOST_WORDS + HOST_RATE, input(i) | (100u << 16u)); }
       eject_outliers(0u, 0u, HOST_AT, 6u);
       for (var i = 0u; i < 5u; i++) { output(i, (ld(PROXY_AT + PROXY_EJECTED) >> i) & 1u); }`,
      successes,
      meshPolicy(scenario, { ...EVERYTHING, ejectSuccessRate, ejectMinHosts: 5, ejectMinVolume: 100 }),
    );

  // Envoy's own example: mean 90, standard deviation 20, threshold 52 at a factor of 1.9.
  it('puts the threshold at the mean less the factor times the population standard deviation', async () => {
    expect(await ejected(1900, [50, 100, 100, 100, 100])).toEqual([1, 0, 0, 0, 0]);
    expect(await ejected(2000, [50, 100, 100, 100, 100])).toEqual([0, 0, 0, 0, 0]);
    expect(await ejected(1999, [50, 100, 100, 100, 100])).toEqual([1, 0, 0, 0, 0]);
  });
});

it('counts the first 65,535 requests of an interval for success-rate ejection', async () => {
  const full = 65_535;
  const counted = await evaluate(
    ['proxy::tell_detector'],
    `st(HOST_AT + HOST_RATE, input(0) | (input(1) << 16u));
     for (var i = 0u; i < 2u; i++) {
       tell_detector(0u, 0u, PROXY_AT, HOST_AT, 0u, 6u, false);
       output(i, ld(HOST_AT + HOST_RATE));
     }`,
    [60_000, full - 1],
  );
  expect(counted).toEqual([60_001 + full * 2 ** 16, 60_001 + full * 2 ** 16]);
});

it('takes the events of one instant in the order they were scheduled, a million others in between', async () => {
  const order = await evaluate(
    ['heap::{schedule, settle_heap, event_id, root_spent, sequence}'],
    `schedule(5u, 1u);
     sequence += input(0);
     schedule(5u, 2u);
     output(0, event_id(ld(HEAP_AT)));
     root_spent = true;
     settle_heap();
     output(1, event_id(ld(HEAP_AT)));`,
    [1_020_000, 0],
  );
  expect(order).toEqual([1, 2]);
});

it('keeps that order where the sequence comes to its end, of what is scheduled before and after', async () => {
  const pop = (i: number) => `output(${i}, event_id(ld(HEAP_AT))); root_spent = true; settle_heap();`;
  const order = await evaluate(
    ['heap::{schedule, settle_heap, event_id, root_spent, sequence}'],
    `let last = 0xffffffffu >> ID_BITS;
     schedule(7u, 6u);
     schedule(5u, 5u);
     sequence = last - input(0);
     schedule(5u, 4u);
     schedule(5u, 3u);
     output(5, last - sequence);
     schedule(5u, 2u);
     output(6, sequence - last / 2u);
     ${[0, 1, 2, 3, 4].map(pop).join('\n')}`,
    [2, 0, 0, 0, 0, 0, 0],
  );
  expect(order).toEqual([5, 4, 3, 2, 6, 0, 2]);
});

describe('quantile', () => {
  it('interpolates between knots of a table and keeps to its ends', async () => {
    // The arrival table of this scenario: gaps of mean 1 s.
    const tails = [0xffffffff, 0x80000000, 0x40000000, 0x20000001, 0x00100000, 256, 0];
    const gaps = await evaluate(
      ['draw::quantile'],
      `for (var i = 0u; i < ${tails.length}u; i++) { output(i, quantile(${buildTables(scenario).constants.ARRIVAL_TABLE}u, input(i))); }`,
      tails,
    );
    gaps.forEach((gap, i) => {
      const exact = -Math.log(Math.max(tails[i], 256) / 2 ** 32) * 1e6;
      expect(Math.abs(gap - exact)).toBeLessThan(0.001 * exact + 2);
    });
  });
});
