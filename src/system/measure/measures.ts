import type { ResolvedPolicy } from '../policy/resolve';
import type { Scenario } from '../scenario/types';
import { costPerMonth } from './downtime';
import { type Estimate, exactly, UNMEASURED } from './estimate';
import { boundedMean, nonNegativeMean, pooledShare, proportion } from './intervals';
import { type LatencyScale, pooledQuantileMs } from './quantile';
import type { RecordReader, WindowName } from './reader';
import { FAULTED, type Samples } from './samples';

/** Of a control, the windows whose requests had time to be answered before the end. */
const ANSWERED: readonly WindowName[] = ['healthy', ...FAULTED];

/**
 * A latency quantile over all requests. One without a right answer took longer than any other, so where the quantile is
 * among those its mean is null, and so are the limits of its interval: there is no answer.
 */
export interface LatencyEstimate extends Estimate {
  /** Share of the requests that got no right answer. */
  readonly failedShare: Estimate;
}

/** Everything that is reported of one policy. All are better when smaller. */
export interface Measures {
  readonly downtimeMinPerYear: Estimate;
  readonly p99HealthyMs: LatencyEstimate;
  readonly p99WorstMs: LatencyEstimate;
  readonly costPerMonth: Estimate;
  readonly attemptsPerRequest: Estimate;
  /** Seconds until good again after the slowest fault; where it never was, the recovery window's length counts. */
  readonly recoveryS: Estimate;
  /** Share of replications, of the fault where it is largest, that never recovered. */
  readonly neverRecovered: Estimate;
  /** Share of all faults' episodes that never recovered. */
  readonly unrecovered: Estimate;
  readonly attackerLoss: Estimate;
  readonly slowShareWorst: Estimate;
  readonly healthyBadShare: Estimate;
}

export interface FaultMeasures {
  readonly fault: string;
  readonly badShare: Estimate;
  readonly downtimeMinPerYear: Estimate;
  readonly recoveryS: Estimate;
  readonly neverRecovered: Estimate;
  readonly p99Ms: LatencyEstimate;
}

/** Turns samples and histograms into means with 95 % intervals. */
export function measure(
  scenario: Scenario,
  resolved: ResolvedPolicy,
  reader: RecordReader,
  policy: number,
  samples: Samples,
  scale: LatencyScale,
): { measures: Measures; perFault: FaultMeasures[] } {
  const { replications } = reader;
  const requestsIn = (fault: number, windows: readonly WindowName[]) =>
    replications.map((r) => reader.count(policy, reader.episode(fault, r), windows, 'offered'));
  const shareIn = (samples: readonly number[], fault: number, windows: readonly WindowName[]) =>
    pooledShare(samples, total(requestsIn(fault, windows)));
  const p99 = (fault: number, windows: readonly WindowName[]): LatencyEstimate => {
    const offered = requestsIn(fault, windows);
    const answered = replications.map((replication) => {
      const histogram = new Float64Array(reader.latencyBins);
      reader.addLatency(policy, reader.episode(fault, replication), windows, histogram);
      return histogram;
    });
    const failed = answered.map((histogram, r) =>
      offered[r] === 0 ? 0 : 1 - total([...histogram]) / offered[r],
    );
    return {
      ...pooledQuantileMs(
        answered.map((histogram, r) => ({ histogram, offered: offered[r] })),
        0.99,
        scale,
      ),
      failedShare: pooledShare(failed, total(offered)),
    };
  };
  const windowS = scenario.windows.recoveryUs / 1_000_000;
  const perFault = samples.faults.map(
    ({ fault, badShare, downtimeMinPerYear, recoveries }): FaultMeasures => ({
      fault: scenario.faults[fault].name,
      badShare: shareIn(badShare, fault, FAULTED),
      downtimeMinPerYear: nonNegativeMean(downtimeMinPerYear),
      recoveryS: boundedMean(
        recoveries.map(({ seconds }) => seconds),
        0,
        windowS,
      ),
      neverRecovered: proportion(recoveries.map(({ never }) => never)),
      p99Ms: p99(fault, FAULTED),
    }),
  );
  const attacked = scenario.faults.some(({ kind }) => kind === 'attack-flood');
  const { objectives } = samples;
  const faulted = Math.max(0, ...samples.faults.map(({ fault }) => total(requestsIn(fault, FAULTED))));
  const measures: Measures = {
    downtimeMinPerYear: nonNegativeMean(objectives.downtime),
    p99HealthyMs: p99(-1, ANSWERED),
    p99WorstMs: slowest(perFault.map(({ p99Ms }) => p99Ms)),
    costPerMonth: exactly(costPerMonth(scenario, resolved)),
    attemptsPerRequest: nonNegativeMean(objectives.attempts),
    recoveryS: largest(perFault.map(({ recoveryS }) => recoveryS)),
    neverRecovered: largest(perFault.map(({ neverRecovered }) => neverRecovered)),
    unrecovered: pooledShare(objectives.unrecovered, replications.length * samples.faults.length),
    attackerLoss: attacked ? nonNegativeMean(objectives['attacker-loss']) : UNMEASURED,
    slowShareWorst: pooledShare(objectives['slow-share'], faulted),
    healthyBadShare: pooledShare(samples.healthyBadShare, samples.healthyRequests),
  };
  return { measures, perFault };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The estimate with the largest mean; the first of equals. */
function largest(estimates: readonly Estimate[]): Estimate {
  let worst = UNMEASURED;
  for (const candidate of estimates)
    if (candidate.mean !== null && (worst.mean === null || candidate.mean > worst.mean)) worst = candidate;
  return worst;
}

/** The largest quantile. No answer is slower than any, and of those the one where most fail is the worst. */
function slowest(estimates: readonly LatencyEstimate[]): LatencyEstimate {
  const slowness = ({ mean, failedShare }: LatencyEstimate): readonly [number, number] =>
    mean === null && failedShare.mean !== null ? [Infinity, failedShare.mean] : [mean ?? -Infinity, 0];
  let worst: LatencyEstimate = { ...UNMEASURED, failedShare: UNMEASURED };
  for (const candidate of estimates) {
    const [ms, failed] = slowness(candidate);
    const [worstMs, worstFailed] = slowness(worst);
    if (ms > worstMs || (ms === worstMs && failed > worstFailed)) worst = candidate;
  }
  return worst;
}
