import source from '../../../shaders/design/latin-hypercube.wgsl?raw';
import mulhi from '../../../shaders/random/mulhi.wgsl?raw';
import type { Engine } from '../../gpu';
import { deriveKey, seedKey } from '../../math';
import type { Space } from '../../space';
import type { Design } from '../design';
import { deviceDesign } from './device';
import type { SeededRows } from './random';
import { LATIN_JITTER, LATIN_PERMUTATION } from './streams';

/** A permutation's rounds, two words of key each; as in the kernel. */
const ROUNDS = 5;

/** What the kernel's division holds. */
const MOST_ROWS = 2 ** 31;

/**
 * A Latin hypercube: of n rows, each of n equal parts of each variable's range holds exactly one. A variable of few levels has
 * each of them equally often, as nearly as n allows.
 */
export function latinHypercube(engine: Engine, space: Space, { rows, seed = 1 }: SeededRows): Design {
  const width = space.variables.length;
  const root = seedKey(seed);
  if (rows > MOST_ROWS) throw new RangeError(`a Latin hypercube has at most ${MOST_ROWS} rows`);
  const rounds = width * ROUNDS;
  const table = new Uint32Array(2 * rounds + 2);
  for (let i = 0; i < rounds; i++)
    table.set(deriveKey(root, LATIN_PERMUTATION, Math.floor(i / ROUNDS), i % ROUNDS), 2 * i);
  table.set(reciprocal(rows), 2 * rounds);
  const key = deriveKey(root, LATIN_JITTER);
  return deviceDesign(engine, {
    name: 'lhs',
    width,
    count: rows,
    settings: { seed },
    source: `${mulhi}\n${source}`,
    key,
    table,
  });
}

/** 2^64 / rows, rounded down, as its high and low word; of one row the largest there is, since its only stratum is 0. */
function reciprocal(rows: number): [high: number, low: number] {
  const words = (1n << 64n) / BigInt(rows);
  const high = words >> 32n;
  return high > 0xffffffffn ? [0xffffffff, 0xffffffff] : [Number(high), Number(words & 0xffffffffn)];
}
