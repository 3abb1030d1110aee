import {
  type Algorithm,
  cmaes,
  decode,
  defineSpace,
  type Engine,
  type Generation,
  genetic,
  lshade,
  minimize,
  type Problem,
  randomSearch,
  ShaderError,
  shaderProblem,
} from 'tardigrade';
import type { FitnessMistake, Swarm, SwarmAlgorithm } from './api';

/** Each variable is in [-REACH, REACH], as in the usual benchmark functions. */
const REACH = 5;
const SPACE = defineSpace([
  { name: 'x', type: 'float', min: -REACH, max: REACH, scale: 'linear' },
  { name: 'y', type: 'float', min: -REACH, max: REACH, scale: 'linear' },
]);
/** The page decides when it is enough. */
const ENDLESS = 1_000_000;
const ALGORITHMS: Record<SwarmAlgorithm, () => Algorithm> = {
  genetic: () => genetic(),
  cmaes: () => cmaes(),
  lshade: () => lshade(),
  random: () => randomSearch(),
};

/** A visitor's own fitness of two variables, compiled. */
export class Fitness {
  readonly #engine: Engine;
  readonly #problem: Problem;
  #generations: AsyncIterator<Generation> | undefined;

  private constructor(engine: Engine, problem: Problem) {
    this.#engine = engine;
    this.#problem = problem;
  }

  /** Or what keeps it from compiling. */
  static async compile(engine: Engine, wgsl: string): Promise<Fitness | FitnessMistake[]> {
    try {
      // The page watches over it, and ends this worker where a kernel does not end.
      const timeLimitMs = Number.POSITIVE_INFINITY;
      const problem = await shaderProblem(engine, { space: SPACE, objectives: ['value'], wgsl, timeLimitMs });
      return new Fitness(engine, problem);
    } catch (error) {
      if (!(error instanceof ShaderError)) throw error;
      return error.diagnostics.length > 0
        ? error.diagnostics.map(({ line, column, message }) => ({ line, column, message }))
        : [{ line: 1, column: 1, message: error.message }];
    }
  }

  /** Values on a grid, at the middle of its cells. */
  async landscape(size: number): Promise<Float32Array> {
    const genes = new Uint32Array(2 * size * size);
    const middle = (cell: number) => Math.round(((cell + 0.5) / size) * 2 ** 32);
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++)
        genes.set([middle(column), middle(row)], 2 * (row * size + column));
    const block = { index: 0, first: 0, count: 1, purpose: 'search' } as const;
    const { objectives } = await this.#problem.evaluate(genes, block);
    return Float32Array.from(objectives);
  }

  begin(algorithm: SwarmAlgorithm, population: number, seed: number): void {
    const run = minimize(this.#problem, ALGORITHMS[algorithm](), {
      engine: this.#engine,
      population,
      seed,
      generations: ENDLESS,
    });
    this.#generations = run[Symbol.asyncIterator]();
  }

  /** One generation; the points are all that were tried in it. */
  async step(): Promise<Swarm> {
    const { value, done } = await this.#generations!.next();
    if (done) throw new Error('the search has ended: it cannot become any better');
    const { index, candidates, archive } = value as Generation;
    const place = (genes: Uint32Array, i: number) => decode(SPACE, genes, i);
    const points = Array.from({ length: candidates.count }, (_, i) => place(candidates.genes, i));
    const [x, y] = archive.count > 0 ? place(archive.genes, 0) : [];
    return {
      generation: index,
      x: Float32Array.from(points, ([px]) => inUnit(px)),
      y: Float32Array.from(points, ([, py]) => inUnit(py)),
      best: archive.count > 0 ? { x, y, value: archive.objectives[0] } : null,
    };
  }
}

function inUnit(value: number): number {
  return (value + REACH) / (2 * REACH);
}
