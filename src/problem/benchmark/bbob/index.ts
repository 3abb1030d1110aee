import common from '../../../../shaders/benchmark/bbob/common.wgsl?raw';
import pair from '../../../../shaders/benchmark/pair.wgsl?raw';
import type { Engine } from '../../../gpu';
import { defineSpace, vector } from '../../../space';
import type { ShaderEvaluator } from '../../evaluator';
import { openEvaluator } from '../../shader';
import type { EpisodeBlock } from '../../types';
import { type BenchmarkProblem, benchmarkProblem } from '../problem';
import { fine } from '../ranges';
import { BBOB, type Setup } from './functions';
import { Instance } from './instance';

/** Which BBOB function is meant, and in what instance of it. */
export interface BbobOptions {
  /** 1 to 24, in COCO's order. */
  readonly function: number;
  /** COCO's instance number, from 1. */
  readonly instance: number;
  /** 2 to 54: COCO's generator has no more numbers for a rotation. */
  readonly dimension: number;
}

export interface BbobProblem extends BenchmarkProblem {
  readonly optimum: NonNullable<BenchmarkProblem['optimum']>;
  /**
   * The values of points in [-5, 5]^dimension, [point][coordinate], that need not lie on the grid of the genes: f19 turns
   * half a step of that grid, 1.2e-9, into as much as 1e-4.
   */
  evaluateAt(points: Float64Array): Promise<Float64Array>;
}

const ONCE: EpisodeBlock = { index: 0, first: 0, count: 1, purpose: 'search' };
const LOW = -5;
const HIGH = 5;

/**
 * A function of the BBOB suite on [-5, 5]^dimension, the same instance as COCO's ("Comparing Continuous Optimizers",
 * Hansen et al. 2021), one objective, `optimum` known. Values agree with COCO's to about 1e-6 of their distance from
 * the optimum's, to which COCO's offset is added on the host in f64. Ill-conditioned and rugged functions compute with
 * pairs of f32. Throws `RangeError` for what the suite does not have.
 */
export async function bbob(engine: Engine, options: BbobOptions): Promise<BbobProblem> {
  const { function: fn, instance, dimension } = options;
  requireWhole('function', fn, 1, BBOB.length);
  requireWhole('instance', instance, 1, 100_000);
  requireWhole('dimension', dimension, 2, 54);
  const { name, wgsl, constants = '', setup } = BBOB[fn - 1];
  const draws = new Instance(fn, instance, dimension);
  const made = setup(draws);
  const f = draws.offset;
  const space = defineSpace(vector('x', dimension, fine(LOW, HIGH)));
  const text = (points: boolean): string =>
    [`const dimension = ${dimension}u;`, `const points = ${points};`, constants, pair, common, wgsl].join(
      '\n',
    );
  const fitness = {
    name: `BBOB f${fn} ${name}, instance ${instance}, ${dimension}-D`,
    space,
    objectives: ['f'],
    data: kernelData(dimension, made),
    offsets: [f],
  };
  const problem = await benchmarkProblem(engine, {
    ...fitness,
    wgsl: text(false),
    geneWords: dimension,
    optimum: { x: made.optimum, f },
  });
  let exact: Promise<ShaderEvaluator> | undefined;
  return {
    ...problem,
    optimum: { x: made.optimum, f },
    async evaluateAt(points) {
      exact ??= openEvaluator(engine, { ...fitness, wgsl: text(true), geneWords: 2 * dimension });
      const { objectives } = await (await exact).evaluate(fromOptimum(points, made.optimum), ONCE);
      return objectives;
    },
  };
}

/** Differences to the optimum, as pairs of f32. */
function fromOptimum(points: Float64Array, optimum: readonly number[]): Uint32Array {
  const pairs = new Float32Array(2 * points.length);
  for (let i = 0; i < points.length; i++) {
    const difference = points[i] - optimum[i % optimum.length];
    pairs[2 * i] = difference;
    pairs[2 * i + 1] = difference - pairs[2 * i];
  }
  return new Uint32Array(pairs.buffer);
}

/** The words that shaders/benchmark/bbob/common.wgsl reads. */
function kernelData(
  dimension: number,
  { optimum, weights = [], matrices = [], rest = [] }: Setup,
): Uint32Array {
  const places = optimum.flatMap((x) => {
    const steps = ((x - LOW) / (HIGH - LOW)) * 2 ** 32;
    const whole = Math.min(Math.floor(steps), 2 ** 32 - 1);
    return [whole, f32Bits(steps - whole)];
  });
  const padded = Array.from({ length: dimension }, (_, i) => weights[i] ?? 0);
  const pairs = [...padded, ...matrices.flat(2)].flatMap((value) => [value, value - Math.fround(value)]);
  return Uint32Array.from([...places, ...[...pairs, ...rest].map(f32Bits)]);
}

function f32Bits(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0];
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`BBOB has no ${name} ${value}: it takes a whole number from ${least} to ${most}`);
}
