import type { Engine } from '../gpu';
import { decodeWgsl, type Space } from '../space';
import { linkShader } from '../wgsl';
import { type Program, ShaderEvaluator } from './evaluator';
import { assembleProgram } from './program';
import type { Problem } from './types';

export interface ShaderProblemOptions {
  readonly name?: string;
  readonly space: Space;
  readonly objectives: readonly string[];
  readonly constraints?: readonly string[];
  /** Defines `fn evaluate(c: Candidate, e: Episode) -> Score`; see {@link shaderProblem}. */
  readonly wgsl: string;
  /** WESL modules that the text imports, by path: `{ './noise.wesl': text }` for `import package::noise::f;`. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Values of the text's `override` declarations. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Read-only in the text, as `data: array<u32>` or `array<f32>`. Must not change. */
  readonly data?: Uint32Array | Float32Array;
  /** Whether replications differ. Else each candidate is evaluated once. */
  readonly noisy?: boolean;
  /** Seed of the replications' streams. Default 1. */
  readonly seed?: number;
  /** The longest that one dispatch may take; then it is stopped with `KernelTimeoutError`. Default 30,000; Infinity for none. */
  readonly timeLimitMs?: number;
}

const DEFAULT_TIME_LIMIT_MS = 30_000;

/**
 * A problem whose fitness is WGSL: it runs on any engine, GPU or none. The text defines
 *
 * ```wgsl
 * fn evaluate(c: Candidate, e: Episode) -> Score { ... }
 * ```
 *
 * and is compiled with these in scope: `struct Candidate`, a member for each variable (float and ordered `f32`, integer
 * `i32`, category its index as `u32`, switch `bool`; variables `x[0]`, `x[1]` ... one array `x`); `struct Score {
 * objectives: array<f32, M>, violations: array<f32, K> }` (no `violations` where there are no constraints); `struct
 * Episode { block: u32, replication: u32, seed: vec2u }`; `random_unit(e, counter: u32) -> f32` in [0, 1) and
 * `random_words(e, counter: vec2u) -> vec2u`, the same for every candidate; and `data`, where given. NaN or infinity
 * makes a candidate infeasible.
 *
 * Noise is averaged on the host, in f64. The result is reproducible on one engine and close on others.
 *
 * Throws `ShaderError` where the text does not compile, with the lines and columns of this text, and `SpaceError` where a
 * variable cannot be one of WGSL.
 */
export function shaderProblem(engine: Engine, options: ShaderProblemOptions): Promise<Problem> {
  return openShaderProblem(engine, options);
}

/** What only problems of this room need. */
export interface InternalOptions extends ShaderProblemOptions {
  /**
   * The text defines `fn evaluate_genes(first: u32) -> Score` instead: a candidate is so many words of `genes`, from that
   * index on. For a fitness that f32 variables are too coarse for.
   */
  readonly geneWords?: number;
  /** Added to each objective on the host. */
  readonly offsets?: readonly number[];
}

/** Compiles a fitness. */
export async function openEvaluator(engine: Engine, options: InternalOptions): Promise<ShaderEvaluator> {
  const evaluator = new ShaderEvaluator(engine, await compose(options));
  await engine.replay(() => evaluator.kernel());
  return evaluator;
}

export async function openShaderProblem(engine: Engine, options: InternalOptions): Promise<Problem> {
  const { name, space, objectives, constraints = [] } = options;
  const evaluator = await openEvaluator(engine, options);
  return {
    name,
    space,
    objectives,
    constraints,
    precision: 'f32',
    device: evaluator,
    evaluate: (genes, episodes, signal) => evaluator.evaluate(genes, episodes, signal),
  };
}

async function compose(options: InternalOptions): Promise<Program> {
  const { name = 'fitness', space, objectives, constraints = [], data, noisy = false, seed = 1 } = options;
  const { geneWords, offsets = [], timeLimitMs = DEFAULT_TIME_LIMIT_MS } = options;
  const decode = decodeWgsl(space);
  const widths = { objectives: objectives.length, constraints: constraints.length };
  const variables = geneWords ?? space.variables.length;
  const type = data && (data instanceof Float32Array ? 'f32' : 'u32');
  const assembled = assembleProgram({
    wgsl: options.wgsl,
    decode,
    variables,
    ...widths,
    data: type,
    readsGenes: geneWords !== undefined,
  });
  const code = options.modules ? await linkShader({ main: assembled, modules: options.modules }) : assembled;
  return {
    spec: { label: name, code, entryPoint: 'score_candidates', constants: options.constants, timeLimitMs },
    decode,
    widths,
    variables,
    data: data && new Uint32Array(data.buffer, data.byteOffset, data.length),
    noisy,
    seed,
    offsets,
  };
}
