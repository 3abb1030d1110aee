import mulhi from '../../shaders/random/mulhi.wgsl?raw';
import threefry from '../../shaders/random/threefry.wgsl?raw';
import source from '../../shaders/variation/variation.wgsl?raw';
import type { Engine } from '../gpu';
import type { Words } from '../math';
import { levelsOf, type Space, type Variable } from '../space';
import { spreadTables, toFraction } from './spread';

/** How children differ from their parents. Probabilities from 0 to 1. */
export interface VariationSettings {
  /** That a child is crossed at all. */
  readonly crossoverProbability: number;
  /** Distribution index of simulated binary crossover. */
  readonly crossoverIndex: number;
  /** That a gene mutates. */
  readonly mutationProbability: number;
  /** Distribution index of polynomial mutation. */
  readonly mutationIndex: number;
}

const WORKGROUP = 64;
/** As in the kernel. */
const CONTINUOUS = 0;
const STEPPED = 1;
const UNORDERED = 2;
/** Beyond so many levels a mutation practically never stays within one. */
const MAX_STEPPED_LEVELS = 65536;

function kindOf(variable: Variable): number {
  const { count } = levelsOf(variable);
  if (variable.type !== 'category' && variable.type !== 'switch') {
    return count > MAX_STEPPED_LEVELS ? CONTINUOUS : STEPPED;
  }
  if (count > MAX_STEPPED_LEVELS)
    throw new RangeError(`${variable.name} has more than ${MAX_STEPPED_LEVELS} values`);
  return UNORDERED;
}

/** Makes children on the device, the same bits on every engine. */
export class Variation {
  readonly #engine: Engine;
  readonly #width: number;
  readonly #variables: Uint32Array;
  #tables: { crossover: number; mutation: number; words: Uint32Array } | undefined;

  constructor(engine: Engine, space: Space) {
    this.#engine = engine;
    this.#width = space.variables.length;
    // A level count of 2^32 reads as 0 in the kernel, which looks at it for stepped and unordered variables
    // only.
    this.#variables = Uint32Array.from(space.variables.flatMap((v) => [kindOf(v), levelsOf(v).count]));
  }

  /**
   * One child for each pair of parents: `pairs` holds two candidate indices a child, and the child takes
   * after the first where it is not crossed. Random numbers come from `key`, the child's index and the
   * gene's.
   */
  children(
    parents: Uint32Array,
    pairs: Uint32Array,
    key: Words,
    settings: VariationSettings,
    signal?: AbortSignal,
  ): Promise<Uint32Array> {
    const count = pairs.length / 2;
    const byteLength = count * this.#width * 4;
    if (byteLength === 0) return Promise.resolve(new Uint32Array());
    return this.#engine.replay(async () => {
      const engine = this.#engine;
      const code = [threefry, mulhi, source].join('\n');
      const kernel = await engine.kernel({ label: 'variation', code, entryPoint: 'vary' });
      const upload = (label: string, words: Uint32Array): GPUBuffer => {
        const buffer = engine.scratch(`variation ${label}`, words.byteLength);
        engine.write(buffer, words);
        return buffer;
      };
      const output = engine.scratch('variation children', byteLength);
      const buffers = [
        upload('settings', this.#settings(count, key, settings)),
        engine.resident('variation variables', this.#variables),
        engine.resident('variation tables', this.#spread(settings)),
        upload('parents', parents),
        upload('pairs', pairs),
        output,
      ];
      const workgroups = [Math.ceil((count * this.#width) / WORKGROUP)] as const;
      const [children] = await engine.submit(
        [{ kernel, buffers, workgroups }],
        [{ buffer: output, byteLength }],
        { signal },
      );
      return children;
    });
  }

  #settings(count: number, key: Words, settings: VariationSettings): Uint32Array {
    return Uint32Array.of(
      ...key,
      this.#width,
      count,
      toFraction(settings.crossoverProbability),
      toFraction(settings.mutationProbability),
    );
  }

  /** The tables are rebuilt only when an index changes, so that they stay on the device. */
  #spread({ crossoverIndex: crossover, mutationIndex: mutation }: VariationSettings): Uint32Array {
    if (this.#tables?.crossover !== crossover || this.#tables.mutation !== mutation) {
      this.#tables = { crossover, mutation, words: spreadTables({ crossover, mutation }) };
    }
    return this.#tables.words;
  }
}
