import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calibrate } from '../../src/calibrate';
import { loadScenario } from '../../src/system';

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
    expect(fit.quantiles.map(({ measuredUs }) => Math.round(measuredUs / 1000))).toEqual([123, 514, 1458]);
    for (const { name, measuredUs, predictedUs, tolerance } of fit.quantiles)
      expect(Math.abs(predictedUs / measuredUs - 1), name).toBeLessThan(tolerance);
  });
});
