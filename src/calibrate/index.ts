/** Calibration: real traces and Kubernetes manifests to a scenario. */
export { type Calibration, type CalibrationInput, calibrate } from './calibrate';
export {
  type CalibrationCheck,
  type CheckedQuantile,
  type CheckInput,
  checkCalibration,
  describeCheck,
} from './check';
export type { ManifestSource } from './manifest';
export type { FittedQuantile, SlownessFit } from './model/fit';
export type { TraceSource } from './traces/span';
export { describeFit } from './write/terms';
