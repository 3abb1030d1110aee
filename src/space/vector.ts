import type { Variable } from './variable';

type WithoutName<T> = T extends unknown ? Omit<T, 'name'> : never;

/**
 * `length` variables of one kind, named `name[0]`, `name[1]` ...; in WGSL they are one field, an array `c.name`.
 *
 * ```js
 * defineSpace(vector('x', 30, { type: 'float', min: 0, max: 1, scale: 'linear' }))
 * ```
 */
export function vector(name: string, length: number, variable: WithoutName<Variable>): Variable[] {
  return Array.from({ length }, (_, i) => ({ ...variable, name: `${name}[${i}]` }) as Variable);
}
