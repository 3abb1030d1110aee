/**
 * Sweeps: every row of a design, evaluated and kept. Safe for browsers; `./node` adds what only Node has, results in
 * folders.
 */
export type { Batch, Column, ColumnData, ColumnRole, ColumnType } from './column';
export { checkCount, checkRows, type Design, MAX_ROWS, type RowRange } from './design';
export { MOST_DIMENSIONS } from './designs/direction-numbers';
export { type GridOptions, gridDesign } from './designs/grid';
export { latinHypercube } from './designs/latin-hypercube';
export { randomDesign, type SeededRows } from './designs/random';
export { saltelliDesign } from './designs/saltelli';
export { type SobolRows, sobolDesign, sobolPoints } from './designs/sobol';
export { FORMATS } from './formats';
export type { FormatName, PartEncoder, PartFormat } from './formats/format';
export {
  type Analysis,
  type AnalysisOptions,
  analyze,
  type OutputAnalysis,
  type Row,
  type Table,
} from './sensitivity/analysis';
export type { Bin, Value } from './sensitivity/binning';
export type { Interval } from './sensitivity/interval';
export type { BinnedMean, MainEffect } from './sensitivity/main-effects';
export { positionOf } from './sensitivity/position';
export type { SobolEstimate, SobolIndices } from './sensitivity/sobol-indices';
export { partsOf, type Shard, shardRange, usualPartRows, WHOLE } from './shard';
export type { PartWriter, ProblemIdentity, Sink, SweepHeader } from './sink';
export {
  describeSweep,
  type SweepOptions,
  type SweepProgress,
  type SweepResult,
  sweep,
} from './sweep';
export type { ColumnHints } from './tabulate';
