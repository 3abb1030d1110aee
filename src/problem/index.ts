/** What is searched and swept: a space, names for what is scored, and an evaluator of whole batches. */
export {
  type BbobOptions,
  type BbobProblem,
  type BenchmarkProblem,
  bbob,
  bnh,
  c2dtlz2,
  type DtlzOptions,
  dtlz,
  osy,
  tnk,
  weldedBeam,
  type ZdtOptions,
  zdt,
} from './benchmark';
export { type FunctionEpisode, type FunctionProblemOptions, functionProblem, type Outcome } from './function';
export { checkScores, joinScores, zeroScores } from './scores';
export { type ShaderProblemOptions, shaderProblem } from './shader';
export type { DeviceEvaluation, DeviceEvaluator, EpisodeBlock, Problem, Scores } from './types';
