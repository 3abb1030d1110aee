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
  /** Calls that one request makes at most, over all operations that it reaches. */
  callsPerRequest: 1024,
  quantilePoints: 1025,
  knobs: 256,
} as const;
