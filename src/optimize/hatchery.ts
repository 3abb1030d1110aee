import type { Engine, Read } from '../gpu';
import type { EpisodeBlock, Problem, Scores } from '../problem';
import type { Space } from '../space';
import type { Brood, Recipe } from './brood';
import { exclusively } from './exclusive';
import { type Shape, shapeOf } from './population';
import { type Columns, setColumns } from './variation/columns';
import { Gathering } from './variation/gathering';

/** After so many times as many candidates as are wanted the space is taken to be exhausted near its best. */
const MOST_SHARE = 16;
/** Candidates made to spare where there were no duplicates. */
const LEAST_SPARE = 2;

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

/**
 * Turns broods into candidates: on the device in one submit, their evaluation included, where its buffers hold them; else
 * some variables after others, to be evaluated afterwards.
 */
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
    // Where to end must not depend on how many are made at once: that differs in a run that was resumed.
    const most = MOST_SHARE * (brood.count + LEAST_SPARE);
    const spare = Math.ceil(1.5 * this.#duplicates) + LEAST_SPARE;
    let first = 0;
    let scoring = evaluation;
    while (gathering.missing > 0 && first < most) {
      const litter = Math.min(Math.max(gathering.missing + spare, first), most - first);
      const { genes, scores } = await this.#make(brood.recipe, first, litter, scoring, signal);
      gathering.add(genes, scores);
      // Candidates with scores come before those without.
      if (!scores) scoring = undefined;
      first += litter;
    }
    this.#duplicates = gathering.duplicates;
    if (gathering.missing > 0) gathering.complete(this.#stray(0, brood.count));
    return { genes: gathering.genes, scores: evaluation && gathering.scores };
  }

  async #make(
    recipe: Recipe,
    first: number,
    count: number,
    evaluation: Evaluation | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Hatched> {
    if (recipe.on === 'host') return { genes: recipe.make(first, count) };
    const width = this.#space.variables.length;
    const atOnce = this.#variablesAtOnce(recipe.rows(count));
    const scored = evaluation && atOnce >= width && this.#holds(count, evaluation) ? evaluation : undefined;
    const part = (columns: Columns, scoredBy?: Evaluation) =>
      exclusively(this.#engine, () => this.#submit(recipe, first, count, columns, scoredBy, signal));
    if (atOnce >= width) return part({ from: 0, to: width }, scored);
    const genes = new Uint32Array(count * width);
    for (let from = 0; from < width; from += atOnce) {
      const columns = { from, to: Math.min(from + atOnce, width) };
      setColumns(genes, width, columns, (await part(columns)).genes);
    }
    return { genes };
  }

  #submit(
    recipe: Recipe & { on: 'device' },
    first: number,
    count: number,
    columns: Columns,
    evaluation: Evaluation | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Hatched> {
    const engine = this.#engine;
    return engine.replay(async () => {
      const { dispatches, genes } = await recipe.prepare(first, count, columns);
      const reads: Read[] = [{ buffer: genes, byteLength: count * (columns.to - columns.from) * 4 }];
      const scoring = evaluation && (await evaluation.device.prepare(genes, count, evaluation.episodes));
      const [made, ...results] = await engine.submit(
        [...dispatches, ...(scoring?.dispatches ?? [])],
        [...reads, ...(scoring?.reads ?? [])],
        { signal },
      );
      return { genes: made, scores: scoring?.scores(results) };
    });
  }

  /** Variables of so many candidates that a buffer of this device holds; throws RangeError where it holds none. */
  #variablesAtOnce(candidates: number): number {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#engine.limits;
    const most = Math.floor(Math.min(maxBufferSize, maxStorageBufferBindingSize) / (4 * candidates));
    if (most < 1)
      throw new RangeError(`this device's buffers do not hold a variable of ${candidates} candidates`);
    return most;
  }

  /** Whether the device's buffers hold what scoring as many candidates at once takes, and what comes back. */
  #holds(count: number, { device, episodes }: Evaluation): boolean {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#engine.limits;
    const scoreBytes = device.byteLength(count, episodes);
    const geneBytes = count * this.#space.variables.length * 4;
    return scoreBytes <= maxStorageBufferBindingSize && geneBytes + scoreBytes <= maxBufferSize;
  }
}
