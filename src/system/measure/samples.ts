import type { ResolvedPolicy } from '../policy/resolve';
import type { Objective, Scenario } from '../scenario/types';
import { costPerMonth, downtimeMinPerYear } from './downtime';
import { meanAndVariance } from './estimate';
import type { RecordReader, WindowName } from './reader';
import { type Recovery, recoveryOf } from './recovery';

/** The windows in which a fault is on. */
export const FAULTED: readonly WindowName[] = ['onset', 'steady'];
/** A control is healthy throughout. */
export const ALL_WINDOWS: readonly WindowName[] = ['healthy', 'onset', 'steady', 'recovery'];

/** What is kept of a fault: one sample a replication. */
export interface FaultSamples {
  readonly fault: number;
  /** Share of requests that got no good reply while the fault was on. */
  readonly badShare: readonly number[];
  readonly downtimeMinPerYear: readonly number[];
  readonly attemptsPerRequest: readonly number[];
  /** Good replies lost per attacker's request; empty where nobody attacks. */
  readonly attackerLoss: readonly number[];
  readonly recoveries: readonly Recovery[];
}

/** One policy's measures before they are averaged: one sample a replication, in the order of `RecordReader.replications`. */
export interface Samples {
  readonly faults: readonly FaultSamples[];
  /** Every objective that a scenario can name. All minimised. */
  readonly objectives: Readonly<Record<Objective, readonly number[]>>;
  readonly healthyBadShare: readonly number[];
  readonly healthyRequests: number;
  /** Some episode ran over a capacity: the policy counts as infeasible. */
  readonly overflowed: boolean;
}

/**
 * Takes one policy's samples from records that hold a control and every fault for each replication.
 *
 * slow-share is the share of requests without a right answer within their objective, failures included: else failing
 * fast would count as being fast. It, attempts and attacker loss are taken under the fault that is worst on average;
 * unrecovered is the share of all faults.
 */
export function sampleMeasures(
  scenario: Scenario,
  resolved: ResolvedPolicy,
  reader: RecordReader,
  policy: number,
): Samples {
  const { replications } = reader;
  const faults = scenario.faults.map((_, fault): FaultSamples => {
    const each = (measure: (replication: number) => number) => replications.map(measure);
    return {
      fault,
      badShare: each((r) => reader.badShare(policy, reader.episode(fault, r), FAULTED)),
      downtimeMinPerYear: each((r) => downtimeMinPerYear(scenario, resolved, reader, policy, fault, r)),
      attemptsPerRequest: each((r) => attempts(reader, policy, reader.episode(fault, r))),
      attackerLoss:
        scenario.faults[fault].kind === 'attack-flood'
          ? each((r) => attackerLoss(reader, policy, fault, r))
          : [],
      recoveries: replications.map((r) => recoveryOf(scenario, reader, policy, fault, r)),
    };
  });
  const controls = replications.map((r) => reader.episode(-1, r));
  const healthy = controls.map((control) => reader.badShare(policy, control, ALL_WINDOWS));
  const zeros = replications.map(() => 0);
  const worst = (measure: (fault: FaultSamples) => readonly number[]) =>
    largest(faults.map(measure)) ?? zeros;
  return {
    faults,
    objectives: {
      downtime: zeros.map((_, i) =>
        faults.reduce((sum, { downtimeMinPerYear }) => sum + downtimeMinPerYear[i], 0),
      ),
      'slow-share': faults.length > 0 ? worst(({ badShare }) => badShare) : healthy,
      cost: zeros.map(() => costPerMonth(scenario, resolved)),
      attempts: faults.length > 0 ? worst(({ attemptsPerRequest }) => attemptsPerRequest) : zeros,
      'attacker-loss': worst(({ attackerLoss }) => attackerLoss),
      unrecovered: zeros.map(
        (_, i) => faults.filter(({ recoveries }) => recoveries[i].never).length / Math.max(1, faults.length),
      ),
    },
    healthyBadShare: healthy,
    healthyRequests: controls.reduce((sum, e) => sum + reader.count(policy, e, ALL_WINDOWS, 'offered'), 0),
    overflowed: reader.overflowed(policy),
  };
}

/** The samples with the largest mean; the first of equals; undefined where none has samples. */
function largest(candidates: readonly (readonly number[])[]): readonly number[] | undefined {
  let best: readonly number[] | undefined;
  let bestMean = Number.NEGATIVE_INFINITY;
  for (const samples of candidates) {
    if (samples.length === 0) continue;
    const { mean } = meanAndVariance(samples);
    if (mean > bestMean) {
      best = samples;
      bestMean = mean;
    }
  }
  return best;
}

function attempts(reader: RecordReader, policy: number, episode: number): number {
  const offered = reader.count(policy, episode, FAULTED, 'offered');
  return offered === 0 ? 0 : reader.count(policy, episode, FAULTED, 'attempts') / offered;
}

function attackerLoss(reader: RecordReader, policy: number, fault: number, replication: number): number {
  const faulted = reader.episode(fault, replication);
  const control = reader.episode(-1, replication);
  const hostile = reader.count(policy, faulted, FAULTED, 'attackOffered');
  if (hostile === 0) return 0;
  const windows: WindowName[] = [...FAULTED, 'recovery'];
  const good = (episode: number) => reader.count(policy, episode, windows, 'good');
  return (good(control) - good(faulted)) / hostile;
}
