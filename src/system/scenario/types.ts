/**
 * A scenario as the rest of the system sees it: checked, resolved to indices, every time in microseconds.
 *
 * The YAML that a user writes is described by `schema.ts`; `load.ts` turns it into this and locates every mistake.
 */

/** A distribution of durations, in microseconds. `cv2` is the squared coefficient of variation. */
export type Distribution =
  | { readonly kind: 'constant'; readonly valueUs: number }
  | { readonly kind: 'exponential'; readonly meanUs: number }
  | { readonly kind: 'lognormal'; readonly meanUs: number; readonly cv2: number }
  /** Empirical quantile function: `valuesUs[i]` at probability `at[i]`; both ascend, `at` starts at 0 and ends at 1. */
  | { readonly kind: 'quantiles'; readonly at: readonly number[]; readonly valuesUs: readonly number[] };

/** One call in an operation's script. Steps run in order; the calls of one step run in parallel. */
export interface Call {
  /** Index into `Scenario.edges`: the (caller, callee) pair whose policy and link apply. */
  readonly edge: number;
  /** Index into `Scenario.operations`: what is called. */
  readonly operation: number;
  /** Chance that the call is made at all, 0..1. */
  readonly probability: number;
  /** How often the call is made, one after the other. */
  readonly times: number;
}

/** What one service does on one kind of request: local work, then its steps. */
export interface Operation {
  readonly name: string;
  readonly service: number;
  /** Local work that occupies a worker. */
  readonly self: Distribution;
  /** Whether the worker stays occupied while the steps wait for their calls. */
  readonly holdsWorker: boolean;
  readonly steps: readonly (readonly Call[])[];
}

export interface Service {
  readonly name: string;
  /** Replicas as deployed today. */
  readonly replicas: number;
  readonly maxReplicas: number;
  /** Requests that one replica works on at once. Not in a trace: a declared assumption where `workersAssumed`. */
  readonly workers: number;
  readonly workersAssumed: boolean;
  /** US dollars a month for one replica. */
  readonly costPerReplica: number;
}

/** A (caller, callee) pair of services; `from` is -1 for the outside world calling an entry operation. */
export interface Edge {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** One-way share is half: the delay of the whole round trip that holds no worker. */
  readonly delay: Distribution;
}

export interface RequestClass {
  readonly name: string;
  /** Share of the traffic, the shares of all classes sum to 1. */
  readonly share: number;
  /** Index into `Scenario.edges` of the edge from outside. */
  readonly edge: number;
  readonly operation: number;
  /** A reply later than this is not good. */
  readonly objectiveUs: number;
}

export type FaultKind =
  | 'replica-crash'
  | 'zone-outage'
  | 'link-latency'
  | 'link-loss'
  | 'slow-replica'
  | 'error-replies'
  | 'overload'
  | 'attack-flood';

/** A failure that a scenario declares: what, where, how hard, how long, and how often a year. */
export interface Fault {
  readonly name: string;
  readonly kind: FaultKind;
  /**
   * replica-crash, slow-replica, error-replies: a service. zone-outage: a zone (-1: the zone that hurts is drawn
   * by the replication). link-latency, link-loss: edges. overload: none. attack-flood: a request class.
   */
  readonly service: number;
  readonly zone: number;
  readonly edges: readonly number[];
  readonly requestClass: number;
  /** Events a year for one target; the number of targets is the candidate's (replicas, zones) or 1. */
  readonly ratePerYear: number;
  /** How long one event lasts, in seconds; it may be far longer than the episode's windows. */
  readonly durationS: number;
  /** link-latency: added round-trip delay. */
  readonly delayUs: number;
  /** link-loss: chance that a message is lost each time that it is sent; error-replies: chance that a reply is an error. 0..1. */
  readonly probability: number;
  /** slow-replica: service times are multiplied by this; overload: traffic is. */
  readonly factor: number;
  /** attack-flood: attacker's requests a second. */
  readonly attackRate: number;
  /** slow-replica, error-replies: share of the service's replicas that are hit (at least one). */
  readonly replicaShare: number;
}

/** The episode's windows, in microseconds; the fault starts when `warmup + healthy` have passed. */
export interface Windows {
  readonly warmupUs: number;
  readonly healthyUs: number;
  readonly onsetUs: number;
  readonly steadyUs: number;
  readonly recoveryUs: number;
}

/** What may be minimised. */
export type Objective = 'downtime' | 'slow-share' | 'cost' | 'attempts' | 'attacker-loss' | 'unrecovered';

/** A measure that is bounded instead of minimised. */
export interface Limit {
  readonly measure: Objective;
  readonly max: number;
}

/** A system, its traffic, its faults, and what may be changed about it: a scenario file, checked. */
export interface Scenario {
  readonly name: string;
  /** Where its figures come from, for the report. */
  readonly source: string;
  readonly zones: readonly string[];
  /** Independent client proxies: policy state is kept per (edge, proxy). */
  readonly proxies: number;
  /** Requests a second over all classes, Poisson. */
  readonly ratePerS: number;
  readonly services: readonly Service[];
  readonly operations: readonly Operation[];
  readonly edges: readonly Edge[];
  readonly classes: readonly RequestClass[];
  /** Chance 0..1 that a draw takes the request's own quantile in place of a fresh one (slowness is shared). */
  readonly sharedSlowness: number;
  readonly faults: readonly Fault[];
  readonly windows: Windows;
  /**
   * Seconds from the end of a fault until an operator has mended what did not recover by itself. Assumed: it is the time
   * for which a metastable failure is charged.
   */
  readonly repairS: number;
  readonly objectives: readonly Objective[];
  readonly limits: readonly Limit[];
  /** What runs today: the baseline that the scenario's author wrote, if any. */
  readonly policy: Policy;
  readonly knobs: readonly Knob[];
}

/** Where a policy value applies; the narrower scope wins. */
export type Scope =
  | { readonly kind: 'mesh' }
  | { readonly kind: 'service'; readonly service: number }
  | { readonly kind: 'edge'; readonly edge: number };

/** A policy as written: sparse values by scope. Values are integers in the field's unit. */
export interface Policy {
  readonly name: string;
  readonly values: readonly { readonly scope: Scope; readonly field: FieldName; readonly value: number }[];
}

/** One adjustable field: the values it may take, at one scope. */
export interface Knob {
  readonly field: FieldName;
  readonly scope: Scope;
  readonly min: number;
  readonly max: number;
  /** Instead of a range: the values that may be taken, ascending for numbers. */
  readonly values?: readonly number[];
  /** Whether the field's `off` value (0) is among the choices beside the range. */
  readonly allowOff: boolean;
}

import type { FieldName } from '../policy/fields';
