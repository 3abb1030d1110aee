/** The simulator's host side: policies and episodes in, integer records out. */
export { LATENCY_BINS } from './histogram';
export { OVERFLOW } from './layout';
export * from './records';
export { openSimulator, type SimulateOptions, type Simulator, type SimulatorOptions } from './simulator';
