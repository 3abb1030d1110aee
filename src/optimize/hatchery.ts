import type { Engine, Read } from '../gpu';
import type { EpisodeBlock, Problem, Scores } from '../problem';
import type { Space } from '../space';
import type { Brood, Recipe } from './brood';
import { exclusively } from './exclusive';
import { type Shape, shapeOf } from './population';
import { Gathering } from './variation/gathering';

/** After so many rounds of duplicates the space is taken to be exhausted near its best. */
const MAX_ROUNDS = 4;

/** Candidates made, and the scores of the first of them where they were evaluated as they were made. */
export interface Hatched {
  readonly genes: Uint32Array;
  readonly scores?: Scores;
}

/** Evaluates what a recipe makes, in the same submit. */
export interface Evaluation {
  readonly device: NonNullable<Problem['device']>;
  readonly episodes: EpisodeBlock;
}

/** Turns broods into candidates: on the device in one submit, their evaluation included where that is possible. */
export class Hatchery {
  readonly #engine: Engine;
  readonly #space: Space;
  readonly #shape: Shape;
  /** Makes random candidates to fill up with where a space has no new ones near the best. */
  readonly #stray: (first: number, count: number) => Uint32Array;
  /** Duplicates in the last brood: so many are made to spare. It changes what is made at once, never what comes out. */
  #duplicates = 0;

  constructor(engine: Engine, problem: Problem, stray: (first: number, count: number) => Uint32Array) {
    this.#engine = engine;
    this.#space = problem.space;
    this.#shape = shapeOf(problem);
    this.#stray = stray;
  }

  /** Makes the brood's candidates; with an evaluation, scores them too. */
  async hatch(brood: Brood, evaluation?: Evaluation, signal?: AbortSignal): Promise<Hatched> {
    if (!brood.unlike) return this.#make(brood.recipe, 0, brood.count, evaluation, signal);
    const gathering = new Gathering(this.#space, this.#shape, brood.count, brood.unlike);
    const spare = Math.ceil(1.5 * this.#duplicates) + 2;
    let first = 0;
    for (let round = 0; round < MAX_ROUNDS && gathering.missing > 0; round++) {
      const litter = gathering.missing + spare;
      const { genes, scores } = await this.#make(brood.recipe, first, litter, evaluation, signal);
      gathering.add(genes, scores);
      first += litter;
    }
    this.#duplicates = gathering.duplicates;
    if (gathering.missing > 0) gathering.complete(this.#stray(0, brood.count));
    return { genes: gathering.genes, scores: evaluation && gathering.scores };
  }

  #make(
    recipe: Recipe,
    first: number,
    count: number,
    evaluation: Evaluation | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Hatched> {
    if (recipe.on === 'host') return Promise.resolve({ genes: recipe.make(first, count) });
    const engine = this.#engine;
    return exclusively(engine, () =>
      engine.replay(async () => {
        const { dispatches, genes } = await recipe.prepare(first, count);
        const byteLength = count * this.#space.variables.length * 4;
        const reads: Read[] = [{ buffer: genes, byteLength }];
        const scoring = evaluation && (await evaluation.device.prepare(genes, count, evaluation.episodes));
        const [made, ...results] = await engine.submit(
          [...dispatches, ...(scoring?.dispatches ?? [])],
          [...reads, ...(scoring?.reads ?? [])],
          { signal },
        );
        return { genes: made, scores: scoring?.scores(results) };
      }),
    );
  }
}
