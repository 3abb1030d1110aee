/**
 * Opens a GPU, whichever stands behind the standard's interface, and adds what every caller needs: kernels
 * compiled once, pooled buffers, one submit and one wait, slices, and recovery from the loss of a device.
 */
export type { EngineOptions } from './choose';
export { isNode, openDawn } from './dawn';
export { type Engine, openEngine } from './engine';
export { DeviceLostError, KernelTimeoutError, type ShaderDiagnostic, ShaderError } from './errors';
export type { Kernel, KernelSpec } from './kernels';
export type { Dispatch } from './session';
export { runSlices, type SlicedWork, type SliceOptions, type SliceOutcome } from './slices';
export type { Read } from './staging';
