import source from '../../../shaders/design/latin-hypercube.wgsl?raw';
import type { Engine } from '../../gpu';
import { deriveKey, seedKey } from '../../math';
import type { Space } from '../../space';
import type { Design } from '../design';
import { deviceDesign } from './device';
import type { SeededRows } from './random';
import { LATIN_JITTER, LATIN_PERMUTATION } from './streams';

/** Words of key that a permutation takes, one a round; as in the kernel. */
const ROUNDS = 5;

/**
 * A Latin hypercube: of n rows, each of n equal parts of each variable's range holds exactly one. A variable of few levels has
 * each of them equally often, as nearly as n allows.
 */
export function latinHypercube(engine: Engine, space: Space, { rows, seed = 1 }: SeededRows): Design {
  const width = space.variables.length;
  const root = seedKey(seed);
  const table = Uint32Array.from(
    { length: width * ROUNDS },
    (_, i) => deriveKey(root, LATIN_PERMUTATION, Math.floor(i / ROUNDS), i % ROUNDS)[0],
  );
  const key = deriveKey(root, LATIN_JITTER);
  return deviceDesign(engine, { name: 'lhs', width, count: rows, settings: { seed }, source, key, table });
}
