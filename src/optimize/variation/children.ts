import mulhi from '../../../shaders/random/mulhi.wgsl?raw';
import threefry from '../../../shaders/random/threefry.wgsl?raw';
import tournament from '../../../shaders/variation/tournament.wgsl?raw';
import source from '../../../shaders/variation/variation.wgsl?raw';
import type { Engine } from '../../gpu';
import type { Words } from '../../math';
import type { Space } from '../../space';
import type { Prepared } from '../brood';
import { type Columns, columnsOf } from './columns';
import { variableWords } from './kinds';
import type { VariationSettings } from './settings';
import { spreadTables, toFraction } from './spread';
import { GENES_EACH, perEngine, workgroupsFor } from './workgroups';

const RANDOM = `${threefry}\n${mulhi}\n`;
const CHOOSE = { label: 'tournament', code: RANDOM + tournament, entryPoint: 'choose' };
const VARY = perEngine({ label: 'variation', code: RANDOM + source, entryPoint: 'vary' });

/** Words of one child's parents in the kernels. */
const PARENT_WORDS = 3;

/** What children are made from. */
export interface Mating {
  /** Genes of the parents, [parent][variable], best first; at least two. */
  readonly parents: Uint32Array;
  /** Keys of the tournaments and of the variation. */
  readonly choice: Words;
  readonly key: Words;
  readonly settings: VariationSettings;
}

/** Makes children on the device, by binary tournaments, crossover and mutation: the same bits on every engine. */
export class Children {
  readonly #engine: Engine;
  readonly #width: number;
  readonly #variables: Uint32Array;
  #tables: { crossover: number; mutation: number; words: Uint32Array } | undefined;

  constructor(engine: Engine, space: Space) {
    this.#engine = engine;
    this.#width = space.variables.length;
    this.#variables = variableWords(space);
  }

  /** Candidates in the largest buffer that `count` children need. */
  rows({ parents }: Mating, count: number): number {
    return Math.max(count, parents.length / this.#width);
  }

  /** Readies the dispatches that make these variables of children `first` to `first + count - 1` of a generation. */
  async prepare(
    { parents, choice, key, settings }: Mating,
    first: number,
    count: number,
    columns: Columns,
  ): Promise<Prepared> {
    const engine = this.#engine;
    const [choose, vary] = await Promise.all([engine.kernel(CHOOSE), engine.kernel(VARY[engine.kind])]);
    const upload = (label: string, words: Uint32Array): GPUBuffer => {
      const buffer = engine.scratch(`variation ${label}`, words.byteLength);
      engine.write(buffer, words);
      return buffer;
    };
    const width = columns.to - columns.from;
    const words = Uint32Array.of(
      ...choice,
      ...key,
      this.#width,
      columns.from,
      width,
      first,
      count,
      parents.length / this.#width,
      toFraction(settings.crossoverProbability),
      toFraction(settings.mutationProbability),
    );
    const uploaded = upload('settings', words);
    const pairs = engine.scratch('variation pairs', count * PARENT_WORDS * 4);
    const genes = engine.scratch('variation children', count * width * 4);
    const buffers = [
      uploaded,
      engine.resident('variation variables', this.#variables),
      engine.resident('variation tables', this.#spread(settings)),
      upload('parents', columnsOf(parents, this.#width, columns)),
      pairs,
      genes,
    ];
    return {
      dispatches: [
        { kernel: choose, buffers: [uploaded, pairs], workgroups: workgroupsFor(count) },
        { kernel: vary, buffers, workgroups: workgroupsFor(count * width, GENES_EACH[engine.kind]) },
      ],
      genes,
    };
  }

  /** The tables are rebuilt only when an index changes, so that they stay on the device. */
  #spread({ crossoverIndex: crossover, mutationIndex: mutation }: VariationSettings): Uint32Array {
    if (this.#tables?.crossover !== crossover || this.#tables.mutation !== mutation) {
      this.#tables = { crossover, mutation, words: spreadTables({ crossover, mutation }) };
    }
    return this.#tables.words;
  }
}
