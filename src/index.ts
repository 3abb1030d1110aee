/**
 * Tardigrade evolves the fault-tolerance settings of distributed systems against simulated failures. This is its public
 * interface, safe for browsers; `tardigrade/node` adds what only Node has.
 *
 * From the top: `evolveScenario` and `compareScenario` study a scenario; `openSimulator`, `timeline` and `eventLog`
 * simulate it; `minimize` searches any problem; `openEngine` opens what all of them compute on.
 */

export {
  type Calibration,
  type CalibrationCheck,
  type CalibrationInput,
  calibrate,
  checkCalibration,
  describeCheck,
} from './calibrate';
export {
  DeviceLostError,
  type Dispatch,
  type Engine,
  type EngineOptions,
  type Kernel,
  type KernelSpec,
  openEngine,
  type Read,
  runSlices,
  ShaderError,
} from './gpu';
export {
  type Algorithm,
  chooseFromFront,
  type Generation,
  genetic,
  hypervolume,
  type LoggedUpdate,
  type MinimizeOptions,
  minimize,
  nsga2,
  Optimizer,
  type Population,
  type Run,
  type RunResult,
  type RunState,
  randomSearch,
  type Update,
} from './optimize';
export type { EpisodeBlock, Problem, Scores } from './problem';
export { decode, defineSpace, encode, type Space, type Variable } from './space';
export {
  type CompareResult,
  type ConvergencePoint,
  compareScenario,
  describeEvent,
  type Episode,
  type EpisodeRecords,
  type Evolution,
  type EvolveCheckpoint,
  type EvolveGeneration,
  type EvolveOptions,
  type EvolveResult,
  eventLog,
  evolveScenario,
  type FieldName,
  histogramQuantile,
  LATENCY_BINS,
  loadPolicy,
  loadScenario,
  lookUp,
  type Measures,
  makeProblem,
  measure,
  openSimulator,
  POLICY_FIELDS,
  type Policy,
  type PolicySpace,
  PROFILES,
  type ProfileStanding,
  policySpace,
  RecordReader,
  type ResolvedPolicy,
  resolvePolicy,
  type Scenario,
  type Scope,
  type SimEvent,
  type Simulator,
  type SizedProfile,
  sampleMeasures,
  scenarioJsonSchema,
  scopeName,
  sizedProfiles,
  type Timeline,
  type TimelineBucket,
  timeline,
  timelineOf,
  writePolicy,
  writeValue,
} from './system';
export { type Location, UserError } from './text';
export { createWasmGpu, type WasmGpuOptions } from './wasm-gpu';
export { type LinkOptions, linkShader } from './wgsl';
