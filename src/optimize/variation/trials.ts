import mulhi from '../../../shaders/random/mulhi.wgsl?raw';
import threefry from '../../../shaders/random/threefry.wgsl?raw';
import source from '../../../shaders/variation/differential.wgsl?raw';
import type { Engine } from '../../gpu';
import type { Words } from '../../math';
import type { Space } from '../../space';
import type { Prepared } from '../brood';
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
  /** Genes of the parents, then of the archive, [candidate][variable]; trial i starts from parent i. */
  readonly pool: Uint32Array;
  /** [trial][best, plus, minus, factor, rate, crosses]: indices into the pool, fractions of 2^32, a variable. */
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

  /** Readies the dispatch that makes trials `first` to `first + count - 1` of a generation. */
  async prepare({ pool, plans, key }: TrialPlan, first: number, count: number): Promise<Prepared> {
    const engine = this.#engine;
    const kernel = await engine.kernel(DIFFER[engine.kind]);
    const upload = (label: string, words: Uint32Array): GPUBuffer => {
      const buffer = engine.scratch(`trials ${label}`, words.byteLength);
      engine.write(buffer, words);
      return buffer;
    };
    const genes = engine.scratch('trials genes', count * this.#width * 4);
    const buffers = [
      upload('settings', Uint32Array.of(...key, this.#width, first, count, 0)),
      engine.resident('trials variables', this.#variables),
      upload('pool', pool),
      upload('plans', plans.subarray(first * PLAN_WORDS, (first + count) * PLAN_WORDS)),
      genes,
    ];
    return {
      dispatches: [
        { kernel, buffers, workgroups: workgroupsFor(count * this.#width, GENES_EACH[engine.kind]) },
      ],
      genes,
    };
  }
}
