/** A scenario as integer tables for the simulator: call tree, quantile tables, faults. */
export { type CallNode, NIL } from './call-tree';
export { quantileTable, TABLE_WORDS, tableMoments } from './quantiles';
export { buildTables, faultLengthUs, type ModelTables } from './tables';
