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
  type Variable,
} from 'tardigrade';
import type { Domain, FitnessMistake, Interval, Swarm, SwarmAlgorithm } from './api';

/** A kernel that has not ended by then never will: the engine stops it, and goes on. */
const LONGEST_KERNEL_MS = 1000;
/** Genes are fractions of the domain's width, in so many parts. */
const GENES = 2 ** 32;
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
  static async compile(engine: Engine, wgsl: string, { x, y }: Domain): Promise<Fitness | FitnessMistake[]> {
    const space = defineSpace([variable('x', x), variable('y', y)]);
    try {
      const problem = await shaderProblem(engine, {
        space,
        objectives: ['value'],
        wgsl,
        timeLimitMs: LONGEST_KERNEL_MS,
      });
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
    const middle = (cell: number) => Math.round(((cell + 0.5) / size) * GENES);
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
    const share = (variable: 0 | 1) =>
      Float32Array.from({ length: candidates.count }, (_, i) => candidates.genes[2 * i + variable] / GENES);
    const [x, y] = archive.count > 0 ? decode(this.#problem.space, archive.genes, 0) : [];
    return {
      generation: index,
      x: share(0),
      y: share(1),
      best: archive.count > 0 ? { x, y, value: archive.objectives[0] } : null,
    };
  }
}

/** On the binary grid genes are shares of the interval, and fine enough for any valley. */
function variable(name: string, [min, max]: Interval): Variable {
  return { name, type: 'float', min, max, scale: 'linear', grid: 'binary' };
}
