/** Evolutionary search: algorithms, the run loop, indicators, and choosing from a front. */
export type { Algorithm, Proposal } from './algorithm';
export { type Choice, type ChoiceOptions, chooseFromFront } from './choose';
export { type Fitness, fitnessOf } from './fitness';
export { genetic } from './genetic';
export { hypervolume } from './hypervolume';
export { nsga2 } from './nsga2';
export {
  type Batch,
  type Generation,
  Optimizer,
  type OptimizerOptions,
  type RunState,
} from './optimizer';
export { type Population, type Shape, take } from './population';
export { randomSearch } from './random-search';
export { type MinimizeOptions, minimize, type Run, type RunResult } from './run';
export type { Limits, LoggedUpdate, Settings, Update } from './settings';
export { constrainedRanks, nondominated } from './sort';
export type { VariationSettings } from './variation';
