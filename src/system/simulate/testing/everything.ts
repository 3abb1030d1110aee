import type { FieldName } from '../../policy';

const MS = 1000;

/** Every mechanism at once: what one of them breaks in another shows. */
export const EVERYTHING: Partial<Record<FieldName, number>> = {
  timeout: 1500 * MS,
  perTryTimeout: 400 * MS,
  adaptiveTimeout: 1,
  adaptiveTimeoutFloor: 20 * MS,
  retries: 2,
  retryBudget: 30,
  retryOtherHost: 1,
  hedgeDelay: 30 * MS,
  breakerFailures: 6,
  breakerOpen: 300 * MS,
  ejectConsecutive: 3,
  ejectSuccessRate: 1000,
  ejectMinHosts: 2,
  ejectMinVolume: 5,
  ejectInterval: 500 * MS,
  ejectBaseTime: 700 * MS,
  ejectMaxPercent: 50,
  loadBalancing: 2,
  queueLimit: 20,
  rateLimit: 200,
  healthInterval: 400 * MS,
  unhealthyThreshold: 2,
};
