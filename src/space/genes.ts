import { mulhi } from '../math';
import { levelsOf } from './levels';
import type { Space } from './variable';

/**
 * Genes are u32 fixed-point fractions of the unit interval, laid out [candidate][variable]. A variable with n
 * levels cuts the interval into n equal cells: level = floor(gene * n / 2^32), in integers on every engine.
 */
export function levelOfGene(gene: number, levels: number): number {
  return levels === 2 ** 32 ? gene : mulhi(gene, levels);
}

/** The gene at the middle of a level's cell. */
export function geneOfLevel(level: number, levels: number): number {
  const n = BigInt(levels);
  const first = ((BigInt(level) << 32n) + n - 1n) / n;
  const next = ((BigInt(level + 1) << 32n) + n - 1n) / n;
  return Number((first + next - 1n) >> 1n);
}

/**
 * The values of one candidate, in the order of the variables; a category by its index, a switch as 0 or 1.
 */
export function decode(space: Space, genes: Uint32Array, candidate: number): number[] {
  const first = candidate * space.variables.length;
  return space.variables.map((variable, i) => {
    const levels = levelsOf(variable);
    return levels.value(levelOfGene(genes[first + i], levels.count));
  });
}

/**
 * The genes of one candidate with these values, or the closest that can be represented. Throws `SpaceError`
 * for a value out of its variable's range. `decode` returns every representable value unchanged.
 */
export function encode(space: Space, values: readonly number[]): Uint32Array {
  if (values.length !== space.variables.length) {
    throw new RangeError(`${values.length} values were given for ${space.variables.length} variables`);
  }
  return Uint32Array.from(space.variables, (variable, i) => {
    const levels = levelsOf(variable);
    return geneOfLevel(levels.nearest(values[i]), levels.count);
  });
}

/** A key that candidates share when they decode to the same values. */
export function candidateKey(space: Space, genes: Uint32Array, candidate: number): string {
  const first = candidate * space.variables.length;
  return space.variables
    .map((variable, i) => levelOfGene(genes[first + i], levelsOf(variable).count))
    .join(',');
}
