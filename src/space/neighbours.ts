import { geneOfLevel, levelOfGene } from './genes';
import { levelsOf } from './levels';
import type { Space } from './variable';

/** A step on a finely graded variable, as a fraction of its range. */
const STEP_FRACTION = 1 / 32;

/**
 * The candidates that differ from this one in a single variable, by one step: the next level up and down (on
 * fine scales a thirty-second of the range), every other category, the switch turned. `genes` holds one
 * candidate.
 */
export function neighbours(space: Space, genes: Uint32Array): { variable: string; genes: Uint32Array }[] {
  return space.variables.flatMap((variable, i) => {
    const { count } = levelsOf(variable);
    const level = levelOfGene(genes[i], count);
    const unordered = variable.type === 'category' || variable.type === 'switch';
    const step = Math.max(1, Math.round(count * STEP_FRACTION));
    const others = unordered
      ? Array.from({ length: count }, (_, other) => other).filter((other) => other !== level)
      : [Math.max(level - step, 0), Math.min(level + step, count - 1)].filter((other) => other !== level);
    return others.map((other) => ({
      variable: variable.name,
      genes: genes.with(i, geneOfLevel(other, count)),
    }));
  });
}
