/** Problems of known properties, for trying algorithms on. */
export { type BbobOptions, type BbobProblem, bbob } from './bbob';
export type { BenchmarkProblem } from './problem';
