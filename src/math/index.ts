/**
 * Arithmetic on which every JavaScript engine agrees to the last bit: f64 + - * / and square root in a fixed
 * order, and u32 integers. Whatever reaches a result uses these instead of `Math.exp`, `log`, `pow`.
 */
export { exp, exp2 } from './exp';
export { mulhi, mullo, rotateLeft } from './integer';
export { log, log2 } from './log';
export { normalQuantile } from './normal';
export { normalProbability } from './normal-probability';
export { pow } from './pow';
export { studentQuantile } from './student';
export { deriveKey, drawInto, seedKey, threefry2x32, type Words } from './threefry';
export { cosPi } from './trig';
