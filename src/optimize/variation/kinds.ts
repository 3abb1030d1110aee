import { levelsOf, type Space, type Variable } from '../../space';

/** As in the kernels. */
export const CONTINUOUS = 0;
export const STEPPED = 1;
export const UNORDERED = 2;

/** Beyond so many levels a mutation practically never stays within one. */
const MAX_STEPPED_LEVELS = 65536;

/** How a variable is varied. Throws for a category of more values than a kernel can tell apart. */
export function kindOf(variable: Variable): number {
  const { count } = levelsOf(variable);
  if (variable.type !== 'category' && variable.type !== 'switch') {
    return count > MAX_STEPPED_LEVELS ? CONTINUOUS : STEPPED;
  }
  if (count > MAX_STEPPED_LEVELS)
    throw new RangeError(`${variable.name} has more than ${MAX_STEPPED_LEVELS} values`);
  return UNORDERED;
}

/**
 * Kind and number of levels of each variable, as the kernels read them. A count of 2^32 reads as 0, which they look
 * at for stepped and unordered variables only.
 */
export function variableWords(space: Space): Uint32Array {
  return Uint32Array.from(space.variables.flatMap((v) => [kindOf(v), levelsOf(v).count]));
}
