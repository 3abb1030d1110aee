import type { ResolvedPolicy } from '../policy/resolve';
import type { Scenario } from '../scenario/types';
import { costPerMonth } from './downtime';
import { type Estimate, estimate, exactly, meanAndVariance, UNMEASURED } from './estimate';
import { type LatencyScale, pooledQuantileMs } from './quantile';
import type { RecordReader, WindowName } from './reader';
import { recoveryOf } from './recovery';
import { ALL_WINDOWS, FAULTED, type Samples } from './samples';

/** Everything that is reported of one policy. All are better when smaller. */
export interface Measures {
  readonly downtimeMinPerYear: Estimate;
  readonly p99HealthyMs: Estimate;
  readonly p99WorstMs: Estimate;
  readonly costPerMonth: Estimate;
  readonly attemptsPerRequest: Estimate;
  /** Seconds until good again after the slowest fault; where it never was, the recovery window's length counts. */
  readonly recoveryS: Estimate;
  /** Share of replications, of the fault where it is largest, that never recovered. */
  readonly neverRecovered: Estimate;
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
  readonly p99Ms: Estimate;
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
  const p99 = (fault: number, windows: readonly WindowName[]): Estimate =>
    pooledQuantileMs(
      reader.replications.map((replication) => {
        const histogram = new Float64Array(reader.latencyBins);
        reader.addLatency(policy, reader.episode(fault, replication), windows, histogram);
        return histogram;
      }),
      0.99,
      scale,
    );
  const perFault = samples.faults.map(({ fault, badShare, downtimeMinPerYear }): FaultMeasures => {
    const recoveries = reader.replications.map((r) => recoveryOf(scenario, reader, policy, fault, r));
    return {
      fault: scenario.faults[fault].name,
      badShare: estimate(badShare),
      downtimeMinPerYear: estimate(downtimeMinPerYear),
      recoveryS: estimate(recoveries.map(({ seconds }) => seconds)),
      neverRecovered: estimate(recoveries.map(({ never }) => Number(never))),
      p99Ms: p99(fault, FAULTED),
    };
  });
  const attacked = scenario.faults.some(({ kind }) => kind === 'attack-flood');
  const measures: Measures = {
    downtimeMinPerYear: estimate(samples.objectives.downtime),
    p99HealthyMs: p99(-1, ALL_WINDOWS),
    p99WorstMs: worstOf(perFault.map(({ p99Ms }) => p99Ms)),
    costPerMonth: exactly(costPerMonth(scenario, resolved)),
    attemptsPerRequest: estimate(samples.objectives.attempts),
    recoveryS: worstOf(perFault.map(({ recoveryS }) => recoveryS)),
    neverRecovered: worstOf(perFault.map(({ neverRecovered }) => neverRecovered)),
    attackerLoss: attacked ? estimate(samples.objectives['attacker-loss']) : UNMEASURED,
    slowShareWorst: estimate(samples.objectives['slow-share']),
    healthyBadShare: healthyBadShare(samples),
  };
  return { measures, perFault };
}

/** The estimate with the largest mean; the first of equals. */
function worstOf(estimates: readonly Estimate[]): Estimate {
  let worst = UNMEASURED;
  for (const candidate of estimates)
    if (candidate.mean !== null && (worst.mean === null || candidate.mean > worst.mean)) worst = candidate;
  return worst;
}

/**
 * No failure in n requests does not mean none can be: at 95 % the share may still be 3/n (the rule of three), which the
 * interval between replications, all zero, would hide.
 */
function healthyBadShare({ healthyBadShare, healthyRequests }: Samples): Estimate {
  if (meanAndVariance(healthyBadShare).mean > 0 || healthyRequests === 0) return estimate(healthyBadShare);
  return { mean: 0, standardError: 0, low: 0, high: Math.min(1, 3 / healthyRequests) };
}
