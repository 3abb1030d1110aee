import type { Edge, Service } from './types';

/**
 * The largest scenario that the simulator's tables are laid out for. A scenario beyond one of these is refused when
 * it is loaded, with its place in the file.
 */
export const CAPACITIES = {
  zones: 8,
  proxies: 16,
  services: 64,
  operations: 256,
  edges: 256,
  classes: 32,
  faults: 64,
  replicasPerService: 32,
  workersPerReplica: 1024,
  stepsPerOperation: 64,
  callsPerStep: 32,
  timesPerCall: 64,
  /**
   * Requests a second of the scenario, and again of what a fault adds. Gaps are whole microseconds, so that shorter ones
   * would be off; and no episode then counts beyond the 31 bits of a request's number.
   */
  requestsPerS: 100_000,
  /** Calls that one request makes at most, over all operations that it reaches. */
  callsPerRequest: 1024,
  quantilePoints: 1025,
  knobs: 256,
  /** All windows together: times are 32-bit microseconds, and the longest time-out must fit behind the end. */
  episodeUs: 1_800_000_000,
} as const;

/** State of one episode, in u32 words: 32 KiB. */
const STATE_WORDS = 8192;
/** Calls in flight for which there must be room beside what is always there, and the words of one. */
const LEAST_CALLS_IN_FLIGHT = 64;
const WORDS_PER_CALL = 13;

/** Words that a system may keep of proxies, replicas and timers. */
export const STANDING_WORDS = STATE_WORDS - LEAST_CALLS_IN_FLIGHT * WORDS_PER_CALL;

/**
 * Words of state that an episode keeps whatever is in flight, every mechanism being on: registers, each proxy's view of
 * each edge and of each replica behind it, replicas, time-out lists, and the events of clocks.
 */
export function standingWords(services: readonly Service[], edges: readonly Edge[], proxies: number): number {
  const replicas = services.reduce((sum, { maxReplicas }) => sum + maxReplicas, 0);
  const hosts = edges.reduce((sum, { to }) => sum + proxies * services[to].maxReplicas, 0);
  const events = 4 * edges.length + services.length + 36;
  return (
    9 +
    services.length +
    9 * proxies * edges.length +
    4 * hosts +
    4 * replicas +
    6 * edges.length +
    2 * events
  );
}
