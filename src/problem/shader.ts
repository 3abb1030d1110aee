import { type Engine, ShaderError } from '../gpu';
import { decodeWgsl, type Space } from '../space';
import { LinkError, type LinkedShader, linkWithOrigins } from '../wgsl';
import { beforeLinking, inUserText, MAIN, whileLinking } from './diagnose';
import { type Program, ShaderEvaluator } from './evaluator';
import type { Widths } from './moments';
import { assembleProgram } from './program';
import type { Problem } from './types';

/** A problem whose fitness is written in WGSL. */
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
  const { name = 'fitness', wgsl } = options;
  const assembled = assemble(options);
  const linked = await linkModules(assembled, options);
  const evaluator = new ShaderEvaluator(engine, programOf(options, linked?.code ?? assembled));
  try {
    await engine.replay(() => evaluator.kernel());
  } catch (error) {
    if (!(error instanceof ShaderError)) throw error;
    throw inUserText(linked ? beforeLinking(error, name, linked) : error, name, wgsl);
  }
  return evaluator;
}

export async function openShaderProblem(engine: Engine, options: InternalOptions): Promise<Problem> {
  const { name, space, objectives, constraints = [], noisy = false } = options;
  const evaluator = await openEvaluator(engine, options);
  return {
    name,
    space,
    objectives,
    constraints,
    precision: 'f32',
    noisy,
    device: evaluator,
    evaluate: (genes, episodes, signal) => evaluator.evaluate(genes, episodes, signal),
  };
}

async function linkModules(
  main: string,
  { name = 'fitness', modules }: InternalOptions,
): Promise<LinkedShader | undefined> {
  if (!modules) return undefined;
  try {
    return await linkWithOrigins({ main, modules });
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    throw whileLinking(error, name, { ...modules, [MAIN]: main });
  }
}

const widthsOf = ({ objectives, constraints = [] }: InternalOptions): Widths => ({
  objectives: objectives.length,
  constraints: constraints.length,
});

function assemble(options: InternalOptions): string {
  const { space, data, geneWords, wgsl } = options;
  return assembleProgram({
    wgsl,
    decode: decodeWgsl(space),
    variables: geneWords ?? space.variables.length,
    ...widthsOf(options),
    data: data && (data instanceof Float32Array ? 'f32' : 'u32'),
    readsGenes: geneWords !== undefined,
  });
}

function programOf(options: InternalOptions, code: string): Program {
  const { name = 'fitness', space, data, noisy = false, seed = 1, offsets = [] } = options;
  const { geneWords, constants, timeLimitMs = DEFAULT_TIME_LIMIT_MS } = options;
  return {
    spec: { label: name, code, entryPoint: 'score_candidates', constants, timeLimitMs },
    tables: decodeWgsl(space).tables,
    widths: widthsOf(options),
    variables: geneWords ?? space.variables.length,
    data: data && new Uint32Array(data.buffer, data.byteOffset, data.length),
    noisy,
    seed,
    offsets,
  };
}
