import type { Engine } from '../../gpu';
import { type InternalOptions, openShaderProblem } from '../shader';
import type { Problem } from '../types';

/** A problem for trying algorithms on. */
export interface BenchmarkProblem extends Problem {
  readonly name: string;
  /** Where the optimum is, by variable, and its value; absent where there is no single one. */
  readonly optimum?: { readonly x: readonly number[]; readonly f: number };
}

export interface BenchmarkOptions extends InternalOptions {
  readonly name: string;
  readonly optimum?: BenchmarkProblem['optimum'];
}

export async function benchmarkProblem(
  engine: Engine,
  { optimum, ...options }: BenchmarkOptions,
): Promise<BenchmarkProblem> {
  const problem = await openShaderProblem(engine, options);
  return { ...problem, name: options.name, optimum };
}
