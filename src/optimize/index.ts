/** Evolutionary search: algorithms, the run loop, indicators, and choosing from a front. */
export type { Absorbed, Algorithm, Standing, Told } from './algorithm';
export { type CmaesOptions, cmaes } from './algorithms/cmaes';
export { genetic } from './algorithms/genetic';
export { lshade } from './algorithms/lshade';
export { type Nsga2Options, nsga2 } from './algorithms/nsga2';
export { randomSearch } from './algorithms/random-search';
export type { Brood, Recipe } from './brood';
export type { ConstraintHandling } from './constraints';
export { additiveEpsilon, igd, igdPlus } from './indicators/distance';
export { hypervolume } from './indicators/hypervolume';
export { type Choice, type ChoiceOptions, chooseFromFront } from './noise/choose';
export { finalRanking, type Ranked } from './noise/final-ranking';
export { type Race, type RaceOptions, type Runner, race } from './noise/race';
export { Optimizer, type OptimizerOptions } from './optimizer';
export { emptyPopulation, join, type Population, type Shape, shapeOf, take } from './population';
export { type MinimizeOptions, minimize, type Run, type RunResult } from './run';
export type { Cut } from './selection/crowd';
export { type Fitness, fitnessOf } from './selection/fitness';
export { constrainedRanks, nondominated } from './selection/sort';
export {
  checkUpdate,
  type Limits,
  type LoggedUpdate,
  type Settings,
  type Stagnation,
  type Update,
} from './settings';
export type { Batch, Generation, RunState } from './state';
export type { Stop } from './termination';
export type { DeviceVariation } from './variation/device-variation';
export type { VariationSettings } from './variation/settings';
