import type { Policy, Scenario } from '../scenario/types';
import type { FieldName } from './fields';

/** How a profile thinks: fixed thresholds, or thresholds that follow measurements. */
export type School = 'rule-based' | 'statistics-based';

/** A named policy that people run today, mesh-wide, before its replicas are chosen. */
export interface Profile {
  readonly id: string;
  readonly label: string;
  readonly school: School;
  readonly values: Readonly<Partial<Record<FieldName, number>>>;
}

const MS = 1_000;
const SECOND = 1_000_000;

/**
 * Kubernetes readiness probe as its API defaults it: periodSeconds 10, failureThreshold 3, successThreshold 1
 * (kubernetes/api core/v1 types.go, 2026-07). The platform under every profile.
 */
const KUBERNETES_READINESS = {
  healthInterval: 10 * SECOND,
  unhealthyThreshold: 3,
  healthyThreshold: 1,
} as const;

/** Envoy's data-plane-api 84e84367 (2026-01-29): what holds wherever nothing else is said. */
const ENVOY_BASE = {
  ...KUBERNETES_READINESS,
  timeout: 15 * SECOND, // RouteAction.timeout, all retries included
  perTryTimeout: 0, // RetryPolicy.per_try_timeout unset: the route's, so a try that times out is not tried again
  backoffBase: 25 * MS, // retry_back_off.base_interval
  backoffMax: 250 * MS, // retry_back_off.max_interval: 10 x base
  jitter: 2, // JitteredExponentialBackOffStrategy draws from [0, bound)
  maxRequests: 1024, // CircuitBreakers.Thresholds.max_requests
  panicThreshold: 50, // healthy_panic_threshold
  loadBalancing: 1, // Cluster.lb_policy ROUND_ROBIN
  ejectInterval: 10 * SECOND, // OutlierDetection.interval
  ejectBaseTime: 30 * SECOND, // base_ejection_time
} as const;

/** Retries and outlier detection switched on, every one of their fields left at its documented default. */
const ENVOY_DEFAULTS: Profile = {
  id: 'envoy-defaults',
  label: 'Envoy defaults',
  school: 'rule-based',
  values: {
    ...ENVOY_BASE,
    retries: 1, // RetryPolicy.num_retries
    maxRetries: 3, // Thresholds.max_retries: parallel ones
    ejectConsecutive: 5, // consecutive_5xx
    ejectSuccessRate: 1900, // success_rate_stdev_factor, enforced at 100 %
    ejectMaxPercent: 10, // max_ejection_percent: of fewer than ten hosts it never ejects one
  },
};

/** Envoy's documentation, faq/load_balancing/transient_failures. */
const ENVOY_BEST_PRACTICE: Profile = {
  id: 'envoy-best-practice',
  label: 'Envoy best practice',
  school: 'rule-based',
  values: {
    ...ENVOY_BASE,
    retries: 1, // num_retries
    retryOtherHost: 1, // retry_host_predicate previous_hosts, host_selection_retry_max_attempts 5
    maxRetries: 10, // max_retries
    ejectConsecutive: 5, // consecutive_5xx, consecutive_gateway_failure
    ejectMaxPercent: 50, // max_ejection_percent
    ejectSuccessRate: 1900, // OutlierDetection.success_rate_stdev_factor, not overridden there
  },
};

/** istio/api b8f8791d9 (2026-07-21) and pilot's route/retry.go: no DestinationRule, no VirtualService. */
const ISTIO_DEFAULTS: Profile = {
  id: 'istio-defaults',
  label: 'Istio defaults',
  school: 'rule-based',
  values: {
    ...ENVOY_BASE,
    timeout: 0, // VirtualService.http.timeout: disabled
    retries: 2, // retry.go: attempts, not counting the first try
    retryOtherHost: 1, // previous_hosts, host_selection_retry_max_attempts 5
    maxRetries: 100_000, // connectionPool.http.maxRetries: 2^32 - 1
    maxRequests: 100_000, // http2MaxRequests: 2^32 - 1
    loadBalancing: 2, // LEAST_REQUEST: concepts/traffic-management, load balancing options
    ejectConsecutive: 0, // outlierDetection absent: off
    ejectSuccessRate: 0, // pilot sets EnforcingSuccessRate to 0
  },
};

/** Thresholds that follow what is measured, with the figures of their sources. */
const STATISTICS: Profile = {
  id: 'statistics',
  label: 'Statistics-based',
  school: 'statistics-based',
  values: {
    ...KUBERNETES_READINESS,
    timeout: 15 * SECOND,
    adaptiveTimeout: 1, // RFC 6298: SRTT + 4 RTTVAR, doubled after a time-out
    adaptiveTimeoutFloor: SECOND, // RFC 6298 section 2.4: rounded up to 1 s
    retries: 2, // Google SRE, handling overload: three attempts a request
    retryBudget: 10, // Google SRE: retries at most 10 % of a client's requests
    retryBudgetMin: 3, // Envoy retry_budget.min_retry_concurrency
    retryOtherHost: 1,
    backoffBase: 25 * MS,
    backoffMax: 250 * MS,
    jitter: 2,
    maxRequests: 1024,
    ejectSuccessRate: 1900, // Envoy success_rate_stdev_factor: mean - 1.9 standard deviations
    ejectInterval: 10 * SECOND,
    ejectBaseTime: 30 * SECOND,
    ejectMaxPercent: 50, // as Envoy's best practice; at 10 % it would never act
    panicThreshold: 50,
    loadBalancing: 2, // power of two choices (Finagle's default)
  },
};

/** The rule-based and the statistics-based policies that every choice is compared with. */
export const PROFILES: readonly Profile[] = [ENVOY_DEFAULTS, ENVOY_BEST_PRACTICE, ISTIO_DEFAULTS, STATISTICS];

/** Replicas of every service over zones, at which each profile is compared. */
export const PROFILE_SIZES = [1, 2, 3] as const;

/** One profile at one size. */
export interface SizedProfile {
  readonly id: string;
  readonly label: string;
  readonly school: School;
  readonly size: number;
  readonly policy: Policy;
}

/** A profile as a policy, `size` replicas of each service (fewer where a service may not have as many) over zones. */
export function profilePolicy(scenario: Scenario, profile: Profile, size: number, name: string): Policy {
  const entries = Object.entries(profile.values) as [FieldName, number][];
  return {
    name,
    values: [
      ...entries.map(([field, value]) => ({ scope: { kind: 'mesh' } as const, field, value })),
      { scope: { kind: 'mesh' }, field: 'zoneSpread', value: 1 },
      { scope: { kind: 'mesh' }, field: 'replicas', value: size },
      ...scenario.services.flatMap(({ maxReplicas }, service) =>
        maxReplicas < size
          ? [{ scope: { kind: 'service', service } as const, field: 'replicas' as const, value: maxReplicas }]
          : [],
      ),
    ],
  };
}

/** Every profile at every size, size after size. */
export function sizedProfiles(scenario: Scenario): SizedProfile[] {
  return PROFILE_SIZES.flatMap((size) =>
    PROFILES.map((profile) => {
      const label = `${profile.label}, ${size} ${size === 1 ? 'replica' : 'replicas'}`;
      return {
        id: `${profile.id}-${size}`,
        label,
        school: profile.school,
        size,
        policy: profilePolicy(scenario, profile, size, label),
      };
    }),
  );
}
