import source from '../../../shaders/design/random.wgsl?raw';
import type { Engine } from '../../gpu';
import { deriveKey, seedKey } from '../../math';
import type { Space } from '../../space';
import type { Design } from '../design';
import { deviceDesign } from './device';
import { RANDOM } from './streams';

/** Where a design of so many rows gets its randomness. */
export interface SeededRows {
  /** 1 to 2^32 - 1. */
  readonly rows: number;
  /** 0 to 2^53 - 1; 1 by default. */
  readonly seed?: number;
}

/** Independent rows, each variable uniform over its levels. */
export function randomDesign(engine: Engine, space: Space, { rows, seed = 1 }: SeededRows): Design {
  const key = deriveKey(seedKey(seed), RANDOM);
  const width = space.variables.length;
  return deviceDesign(engine, { name: 'random', width, count: rows, settings: { seed }, source, key });
}
