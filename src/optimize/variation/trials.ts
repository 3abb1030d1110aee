import mulhi from '../../../shaders/random/mulhi.wgsl?raw';
import threefry from '../../../shaders/random/threefry.wgsl?raw';
import source from '../../../shaders/variation/differential.wgsl?raw';
import type { Engine } from '../../gpu';
import type { Words } from '../../math';
import type { Space } from '../../space';
import type { Prepared } from '../brood';
import { type Columns, columnsOf } from './columns';
import { variableWords } from './kinds';
import { GENES_EACH, perEngine, workgroupsFor } from './workgroups';

const DIFFER = perEngine({
  label: 'differential evolution',
  code: `${threefry}\n${mulhi}\n${source}`,
  entryPoint: 'differ',
});

/** Words of one trial in the kernel. */
export const PLAN_WORDS = 6;

/** What trials are made from. */
export interface TrialPlan {
  /** Genes of the parents, [candidate][variable]; trial i starts from parent i. */
  readonly parents: Uint32Array;
  /** Genes of more members, numbered after the parents. */
  readonly archive: Uint32Array;
  /** [trial][best, plus, minus, factor, rate, crosses]: members (best and plus are parents), fractions of 2^32, a variable. */
  readonly plans: Uint32Array;
  readonly key: Words;
}

/** Makes trials of differential evolution on the device: the same bits on every engine. */
export class Trials {
  readonly #engine: Engine;
  readonly #width: number;
  readonly #variables: Uint32Array;

  constructor(engine: Engine, space: Space) {
    this.#engine = engine;
    this.#width = space.variables.length;
    this.#variables = variableWords(space);
  }

  /** Candidates in the largest buffer that `count` trials need. */
  rows({ parents, archive }: TrialPlan, count: number): number {
    return Math.max(count, parents.length / this.#width, archive.length / this.#width);
  }

  /** Readies the dispatch that makes these variables of trials `first` to `first + count - 1` of a generation. */
  async prepare(
    { parents, archive, plans, key }: TrialPlan,
    first: number,
    count: number,
    columns: Columns,
  ): Promise<Prepared> {
    const engine = this.#engine;
    const kernel = await engine.kernel(DIFFER[engine.kind]);
    const upload = (label: string, words: Uint32Array): GPUBuffer => {
      const buffer = engine.scratch(`trials ${label}`, words.byteLength);
      engine.write(buffer, words);
      return buffer;
    };
    const width = columns.to - columns.from;
    const parentCount = parents.length / this.#width;
    const genes = engine.scratch('trials genes', count * width * 4);
    const buffers = [
      upload('settings', Uint32Array.of(...key, columns.from, width, first, count, parentCount, 0)),
      engine.resident('trials variables', this.#variables),
      upload('parents', columnsOf(parents, this.#width, columns)),
      upload('archive', columnsOf(archive, this.#width, columns)),
      upload('plans', plans.subarray(first * PLAN_WORDS, (first + count) * PLAN_WORDS)),
      genes,
    ];
    return {
      dispatches: [{ kernel, buffers, workgroups: workgroupsFor(count * width, GENES_EACH[engine.kind]) }],
      genes,
    };
  }
}
