import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calibrate, checkCalibration, describeCheck } from '../../src/calibrate';
import { openEngine } from '../../src/gpu';
import { openSimulator } from '../../src/system';

const DATA = new URL('../../../shared/data/train-ticket/traces-healthy.csv', import.meta.url);
const hasData = existsSync(DATA);
if (!hasData) console.log('skipped: calibration on TrainTicket, as ../shared/data/train-ticket is absent');

describe.skipIf(!hasData)('calibration on TrainTicket: 25 services, chains of ten calls, 71 requests', () => {
  it('is simulated to within what another minute of the same system might show', async () => {
    const traces = [{ file: 'traces-healthy.csv', text: readFileSync(DATA, 'utf8') }];
    const { scenario, notices } = await calibrate({ traces, name: 'TrainTicket', source: 'Nezha' });
    expect(scenario.services).toHaveLength(25);
    expect(notices).toEqual([expect.stringMatching(/^2 calls are shorter than the callee's span/)]);
    const engine = await openEngine({ engine: 'wasm', workers: 0 });
    const simulator = await openSimulator(engine, scenario, { seed: 1 });
    const check = await checkCalibration(simulator, { scenario, traces });
    engine.close();
    for (const { measuredIntervalUs, simulatedUs } of check.quantiles) {
      expect(simulatedUs, describeCheck(check)).toBeGreaterThan(measuredIntervalUs[0]);
      expect(simulatedUs, describeCheck(check)).toBeLessThan(measuredIntervalUs[1]);
    }
  });
});
