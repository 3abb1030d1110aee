import {
  histogramQuantile,
  LATENCY_BINS,
  RecordReader,
  resolvePolicy,
  type Scenario,
  type Simulator,
  type WindowName,
} from '../system';
import { didYouMean, UserError } from '../text';
import { JUDGED } from './model/fit';
import { ascending, quantileInterval, rankedQuantile } from './model/quantiles';
import { readSpans } from './traces/read';
import type { TraceSource } from './traces/span';
import { growTrees } from './traces/trees';
import { inMs } from './write/terms';

export interface CheckInput {
  readonly scenario: Scenario;
  readonly traces: readonly TraceSource[];
  /** Name of the scenario's fault under which the traces were taken; none: they are of a healthy system. */
  readonly fault?: string;
  /** Independent episodes to simulate; where absent, as many as it takes for some 10,000 requests. */
  readonly replications?: number;
  /** Leave broken traces out, instead of refusing the file. */
  readonly tolerate?: boolean;
}

export interface CheckedQuantile {
  readonly name: string;
  readonly measuredUs: number;
  /** 95 % interval of the measured value: another minute of the same system might have shown any of these. */
  readonly measuredIntervalUs: readonly [low: number, high: number];
  readonly simulatedUs: number;
  /** Simulated over measured, less one. */
  readonly error: number;
  /** How large the error may be; undefined where nothing is asked of it. */
  readonly tolerance: number | undefined;
}

export interface CalibrationCheck {
  readonly fault: string | undefined;
  readonly requestsMeasured: number;
  readonly requestsSimulated: number;
  /** Latencies of whole requests. */
  readonly quantiles: readonly CheckedQuantile[];
  /** Whether every error is within its tolerance. */
  readonly passed: boolean;
}

const ENOUGH_REQUESTS = 10_000;
const MOST_REPLICATIONS = 2_000;
/** Under a fault only the median is predicted closely: the tails of another minute are those of another minute. */
const FAULT_TOLERANCE: Partial<Record<string, number>> = { p50: 0.15 };
const HEALTHY: readonly WindowName[] = ['healthy', 'onset', 'steady', 'recovery'];
const FAULTY: readonly WindowName[] = ['onset', 'steady'];

/**
 * Compares what the simulator says of a scenario, with the policy that runs today, with what traces show.
 * @throws UserError where the traces can't be used, or there is no such fault
 */
export async function checkCalibration(
  simulator: Pick<Simulator, 'simulate'>,
  { scenario, traces, fault, replications, tolerate = false }: CheckInput,
): Promise<CalibrationCheck> {
  const measured = ascending(
    growTrees(await readSpans(traces), tolerate).roots.map(({ span }) => span.endUs - span.startUs),
  );
  const faultIndex = fault === undefined ? -1 : indexOfFault(scenario, fault);
  const windows = fault === undefined ? HEALTHY : FAULTY;
  const episodes = Array.from(
    { length: replications ?? enoughReplications(scenario, windows) },
    (_, replication) => ({ fault: faultIndex, replication }),
  );
  const records = await simulator.simulate([resolvePolicy(scenario, scenario.policy)], episodes);

  const reader = new RecordReader(records);
  const histogram = new Float64Array(LATENCY_BINS.latencyBins);
  for (let e = 0; e < episodes.length; e++) reader.addLatency(0, e, windows, histogram);
  const quantiles = JUDGED.map(({ name, at, tolerance }): CheckedQuantile => {
    const measuredUs = rankedQuantile(measured, at);
    // No request with a right answer at all: as far off as can be.
    const simulatedUs = histogramQuantile(histogram, at, LATENCY_BINS) ?? Number.POSITIVE_INFINITY;
    return {
      name,
      measuredUs,
      measuredIntervalUs: quantileInterval(measured, at),
      simulatedUs,
      error: simulatedUs / measuredUs - 1,
      tolerance: fault === undefined ? tolerance : FAULT_TOLERANCE[name],
    };
  });
  return {
    fault,
    requestsMeasured: measured.length,
    requestsSimulated: histogram.reduce((sum, count) => sum + count, 0),
    quantiles,
    passed: quantiles.every(
      ({ error, tolerance }) => tolerance === undefined || Math.abs(error) <= tolerance,
    ),
  };
}

function enoughReplications({ ratePerS, windows }: Scenario, counted: readonly WindowName[]): number {
  const seconds = counted.reduce((sum, window) => sum + windows[`${window}Us`] / 1e6, 0);
  return Math.min(MOST_REPLICATIONS, Math.ceil(ENOUGH_REQUESTS / (ratePerS * seconds)));
}

function indexOfFault(scenario: Scenario, name: string): number {
  const names = scenario.faults.map((fault) => fault.name);
  const index = names.indexOf(name);
  if (index < 0) throw new UserError(`the scenario has no fault '${name}'`, didYouMean(name, names, 'fault'));
  return index;
}

/** The comparison as lines of text, a quantile each. */
export function describeCheck(check: CalibrationCheck): string {
  const under = check.fault === undefined ? 'healthy' : `under ${check.fault}`;
  const sizes = `${check.requestsMeasured} requests measured, ${check.requestsSimulated} simulated`;
  return [`Latency of whole requests, ${under}: ${sizes}.`, ...check.quantiles.map(describeQuantile)].join(
    '\n',
  );
}

function describeQuantile(checked: CheckedQuantile): string {
  const { name, measuredUs, measuredIntervalUs, simulatedUs, error, tolerance } = checked;
  const interval = measuredIntervalUs.map(inMs).join(' to ');
  const off = `${error < 0 ? '' : '+'}${(100 * error).toFixed(1)} %`;
  const not = tolerance !== undefined && Math.abs(error) > tolerance ? 'NOT ' : '';
  const verdict = tolerance === undefined ? '' : `, ${not}within ${100 * tolerance} %`;
  return `${name}: ${inMs(measuredUs)} measured (95 %: ${interval}), ${inMs(simulatedUs)} simulated (${off}${verdict})`;
}
