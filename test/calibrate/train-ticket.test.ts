import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calibrate, checkCalibration, describeCheck } from '../../src/calibrate';
import { openEngine } from '../../src/gpu';
import { loadScenario, openSimulator, type Scenario } from '../../src/system';

const EXAMPLE = new URL('../../examples/train-ticket.yaml', import.meta.url);
const OVERLAY = new URL('../../examples/train-ticket.overlay.yaml', import.meta.url);
const DATA = new URL('../../../shared/data/train-ticket/traces-healthy.csv', import.meta.url);
const hasData = existsSync(DATA);
if (!hasData) console.log('skipped: calibration on TrainTicket, as ../shared/data/train-ticket is absent');

const measured = () => [{ file: 'traces-healthy.csv', text: readFileSync(DATA, 'utf8') }];

const check = async (scenario: Scenario) => {
  const engine = await openEngine({ engine: 'wasm', workers: 0 });
  const simulator = await openSimulator(engine, scenario, { seed: 1 });
  const found = await checkCalibration(simulator, { scenario, traces: measured() });
  engine.close();
  return found;
};

/** 71 requests tell the quantiles so roughly that tolerances in percent would ask for more than they can say. */
const expectWithinIntervals = (found: Awaited<ReturnType<typeof check>>) => {
  for (const { measuredIntervalUs, simulatedUs } of found.quantiles) {
    expect(simulatedUs, describeCheck(found)).toBeGreaterThan(measuredIntervalUs[0]);
    expect(simulatedUs, describeCheck(found)).toBeLessThan(measuredIntervalUs[1]);
  }
};

describe.skipIf(!hasData)('calibration on TrainTicket: 25 services, chains of ten calls, 71 requests', () => {
  it('is simulated to within what another minute of the same system might show', async () => {
    const { scenario, notices } = await calibrate({
      traces: measured(),
      name: 'TrainTicket',
      source: 'Nezha',
    });
    expect(scenario.services).toHaveLength(25);
    expect(notices).toEqual([expect.stringMatching(/^2 calls are shorter than the callee's span/)]);
    expectWithinIntervals(await check(scenario));
  });
});

describe('examples/train-ticket.yaml', () => {
  const example = () => loadScenario(readFileSync(EXAMPLE, 'utf8'), 'train-ticket.yaml');

  it.skipIf(!hasData)('is what calibration makes of the real traces (vitest -u writes it anew)', async () => {
    const { yaml } = await calibrate({
      traces: measured(),
      overlay: { file: 'train-ticket.overlay.yaml', text: readFileSync(OVERLAY, 'utf8') },
      name: 'traces-healthy',
      source: 'traces',
    });
    await expect(yaml).toMatchFileSnapshot(EXAMPLE.pathname);
  });

  it('names where it comes from, and has faults and knobs', () => {
    const { source, services, faults, knobs } = example();
    expect(source).toMatch(/Nezha.*\(MIT\)/);
    expect(services).toHaveLength(25);
    expect(new Set(faults.map(({ kind }) => kind)).size).toBe(7);
    expect(knobs.length).toBeGreaterThanOrEqual(20);
  });

  it.skipIf(!hasData)('keeps the measured latencies under the traffic that it declares', async () => {
    expectWithinIntervals(await check(example()));
  });
});
