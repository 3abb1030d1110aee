/** Problems of known properties, for trying algorithms on. */
export { type BbobOptions, type BbobProblem, bbob } from './bbob';
export { bnh, osy, tnk, weldedBeam } from './constrained';
export { c2dtlz2, type DtlzOptions, dtlz } from './dtlz';
export type { BenchmarkProblem } from './problem';
export { type ZdtOptions, zdt } from './zdt';
