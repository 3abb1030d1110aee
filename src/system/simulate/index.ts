/** The simulator's host side: policies and episodes in, integer records out. */
export { describeEvent } from './describe-event';
export { type EventLogOptions, eventLog, type SimEvent } from './event-log';
export { LATENCY_BINS } from './histogram';
export { OVERFLOW } from './layout';
export * from './records';
export { openSimulator, type SimulateOptions, type Simulator, type SimulatorOptions } from './simulator';
export { type Timeline, type TimelineBucket, timeline, timelineOf } from './timeline';
