import { type Variable, vector } from '../../space';

/** A float on 2^32 even steps, for searches that converge to many digits. */
export function fine(min: number, max: number): Omit<Variable & { type: 'float' }, 'name'> {
  return { type: 'float', min, max, scale: 'linear', grid: 'binary' };
}

/** `x[0]`, `x[1]` ... with a range each. */
export function ranges(bounds: readonly (readonly [min: number, max: number])[]): Variable[] {
  return bounds.map(([min, max], i) => ({ ...fine(min, max), name: `x[${i}]` }));
}

/** `count` of them from 0 to 1. */
export function unitVector(count: number): Variable[] {
  return vector('x', count, fine(0, 1));
}
