import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calibrate, checkCalibration, describeCheck } from '../../src/calibrate';
import { openEngine } from '../../src/gpu';
import { loadScenario, openSimulator } from '../../src/system';

const EXAMPLE = new URL('../../examples/online-boutique.yaml', import.meta.url);
const OVERLAY = new URL('../../examples/online-boutique.overlay.yaml', import.meta.url);
const DATA = new URL('../../../shared/data/online-boutique/', import.meta.url);
const hasData = existsSync(DATA);
if (!hasData) console.log('skipped: calibration on real traces, as ../shared/data/online-boutique is absent');

const source = (name: string) => ({ file: name, text: readFileSync(new URL(name, DATA), 'utf8') });

const calibrated = () =>
  calibrate({
    traces: [source('traces-healthy.csv')],
    manifests: [source('kubernetes-manifests.yaml')],
    overlay: { file: 'online-boutique.overlay.yaml', text: readFileSync(OVERLAY, 'utf8') },
    name: 'traces-healthy',
    source: 'traces',
  });

describe('examples/online-boutique.yaml', () => {
  it.skipIf(!hasData)('is what calibration makes of the real traces (vitest -u writes it anew)', async () => {
    const { yaml } = await calibrated();
    await expect(yaml).toMatchFileSnapshot(EXAMPLE.pathname);
  });

  it('has every kind of fault, about 30 knobs, and the replicas of the manifest', () => {
    const scenario = loadScenario(readFileSync(EXAMPLE, 'utf8'), 'online-boutique.yaml');
    expect(new Set(scenario.faults.map(({ kind }) => kind)).size).toBe(8);
    expect(scenario.knobs.length).toBeGreaterThanOrEqual(25);
    expect(scenario.knobs.length).toBeLessThanOrEqual(35);
    expect(scenario.services).toHaveLength(10);
    expect(scenario.services.map(({ replicas }) => replicas)).toEqual(scenario.services.map(() => 1));
    expect(scenario.zones).toHaveLength(3);
  });
});

describe.skipIf(!hasData)('calibration on the healthy minute', () => {
  it('fits shared slowness to within what is asked of the simulator', async () => {
    const { fit } = await calibrated();
    expect(fit.quantiles.map(({ measuredUs }) => Math.round(measuredUs / 100) / 10)).toEqual([
      123.7, 514.7, 1458.4,
    ]);
    for (const { name, measuredUs, predictedUs, tolerance } of fit.quantiles)
      expect(Math.abs(predictedUs / measuredUs - 1), name).toBeLessThan(tolerance);
  });
});

describe.skipIf(!hasData)('the simulator, calibrated on the healthy minute alone', () => {
  const scenario = loadScenario(readFileSync(EXAMPLE, 'utf8'), 'online-boutique.yaml');
  let engine: Awaited<ReturnType<typeof openEngine>>;
  beforeAll(async () => {
    engine = await openEngine({ engine: 'wasm', workers: 0 });
  });
  afterAll(() => engine.close());
  const check = async (traces: string, fault?: string) =>
    checkCalibration(await openSimulator(engine, scenario, { seed: 1 }), {
      scenario,
      traces: [source(traces)],
      fault,
    });

  it('has its latencies: p50 within 10 %, p90 within 20 %, p99 within 30 %', async () => {
    const found = await check('traces-healthy.csv');
    expect(found.quantiles.map(({ tolerance }) => tolerance)).toEqual([0.1, 0.2, 0.3]);
    expect(found.passed, describeCheck(found)).toBe(true);
  });

  it('predicts the median under 213 ms on calls to the cart within 15 %', async () => {
    const found = await check('traces-cartservice-network-delay.csv', 'cart-latency');
    expect(Math.round(found.quantiles[0].measuredUs / 100)).toBe(3104);
    expect(found.quantiles[0].tolerance).toBe(0.15);
    expect(found.passed, describeCheck(found)).toBe(true);
  });

  it('knows a trace that it does not fit', async () => {
    const found = await check('traces-cartservice-network-delay.csv');
    expect(found.passed).toBe(false);
    expect(describeCheck(found)).toContain('NOT within 10 %');
  });

  it('knows no fault that the scenario does not have', async () => {
    await expect(check('traces-healthy.csv', 'cart-latencies')).rejects.toThrow(
      "the scenario has no fault 'cart-latencies'; did you mean 'cart-latency'?",
    );
  });
});
