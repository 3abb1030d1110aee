import { deriveKey, threefry2x32, type Words } from '../../math';
import type { Standing } from '../algorithm';
import type { Brood } from '../brood';
import { STREAM } from './streams';

/** Genes of candidates `first` to `first + count - 1` of an endless uniform sample, [candidate][variable]. */
export function uniformGenes(key: Words, first: number, count: number, variables: number): Uint32Array {
  const genes = new Uint32Array(count * variables);
  for (let i = 0; i < count; i++) {
    for (let v = 0; v < variables; v += 2) {
      const [even, odd] = threefry2x32(key, [first + i, v / 2]);
      genes[i * variables + v] = even;
      if (v + 1 < variables) genes[i * variables + v + 1] = odd;
    }
  }
  return genes;
}

/** Uniform candidates, each only once; in the first generation after the user's own, all of which are taken. */
export function uniformBrood({ seed, generation, initial, settings, space }: Standing): Brood {
  const variables = space.variables.length;
  const given = generation === 0 ? initial : new Uint32Array();
  const own = given.length / variables;
  const key = deriveKey(seed, STREAM.sample, generation);
  return {
    count: Math.max(settings.population, own),
    unlike: new Uint32Array(),
    recipe: {
      on: 'host',
      make(first, count) {
        const known = given.subarray(first * variables, (first + count) * variables);
        const missing = count - known.length / variables;
        const genes = new Uint32Array(count * variables);
        genes.set(known);
        genes.set(uniformGenes(key, Math.max(first - own, 0), missing, variables), known.length);
        return genes;
      },
    },
  };
}
