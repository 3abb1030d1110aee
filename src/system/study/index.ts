/** A study of a scenario: search, choice, test, and what is said of them. */

export {
  type Candidate,
  type CompareOptions,
  type CompareResult,
  compareScenario,
  type Standing,
} from './compare';
export { blockOf, type EpisodeRunner, episodesOf } from './episodes';
export {
  EVOLVE_DEFAULTS,
  type Evolution,
  type EvolveCheckpoint,
  type EvolveGeneration,
  type EvolveOptions,
  evolveScenario,
  type ProfileStanding,
  type Stage,
} from './evolve';
export { makeProblem, type ScenarioProblem } from './problem';
export * from './result';
export { type ScenarioSweep, scenarioSweep } from './sweep';
export type { Row } from './table';
