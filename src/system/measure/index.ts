/** From the simulator's counts to measures: downtime, latency, cost, each with its interval; and paired tests. */

export { type Bootstrapped, bootstrap, resampledMean } from './bootstrap';
export { costPerMonth, replicasOf, targetsOf } from './downtime';
export { type Estimate, exactly, meanAndVariance, UNMEASURED } from './estimate';
export { type FaultMeasures, type LatencyEstimate, type Measures, measure } from './measures';
export {
  type Dominance,
  dominance,
  NON_INFERIORITY_MARGIN,
  type PairedDifference,
  pairedDifference,
} from './paired';
export { histogramQuantile, type LatencyScale } from './quantile';
export { RecordReader, type WindowName } from './reader';
export { type FaultSamples, type Samples, sampleMeasures } from './samples';
