import constrained from '../../../shaders/benchmark/c2-dtlz2.wgsl?raw';
import source from '../../../shaders/benchmark/dtlz.wgsl?raw';
import free from '../../../shaders/benchmark/dtlz-free.wgsl?raw';
import type { Engine } from '../../gpu';
import { defineSpace } from '../../space';
import { type BenchmarkProblem, benchmarkProblem } from './problem';
import { unitVector } from './ranges';

/** The size of a DTLZ problem. */
export interface DtlzOptions {
  /** At least 2. Default 3. */
  readonly objectives?: number;
  /** At least as many as objectives. Default: objectives + 9, for DTLZ1 + 4, for DTLZ7 + 19. */
  readonly variables?: number;
}

/** DTLZ1 to DTLZ7 (Deb, Thiele, Laumanns, Zitzler 2002). Throws `RangeError` for another number. */
export function dtlz(
  engine: Engine,
  which: number,
  { objectives = 3, variables = objectives + (which === 1 ? 4 : which === 7 ? 19 : 9) }: DtlzOptions = {},
): Promise<BenchmarkProblem> {
  if (![1, 2, 3, 4, 5, 6, 7].includes(which))
    throw new RangeError(`there is no DTLZ${which}: DTLZ1 to DTLZ7`);
  const wgsl = [dimensions(which, objectives, variables), source, free].join('\n');
  return benchmarkProblem(engine, { name: `DTLZ${which}`, ...names(objectives, variables), wgsl });
}

/** C2-DTLZ2 (Jain, Deb 2014): DTLZ2 with one constraint, which leaves the corners and the middle of its front. */
export function c2dtlz2(
  engine: Engine,
  { objectives = 3, variables = objectives + 9 }: DtlzOptions = {},
): Promise<BenchmarkProblem> {
  const radius = objectives === 2 ? 0.2 : objectives === 3 ? 0.4 : 0.5;
  const wgsl = [dimensions(2, objectives, variables), `const radius = ${radius};`, source, constrained].join(
    '\n',
  );
  return benchmarkProblem(engine, {
    name: 'C2-DTLZ2',
    ...names(objectives, variables),
    constraints: ['within'],
    wgsl,
  });
}

function dimensions(which: number, objectives: number, variables: number): string {
  if (
    !(
      Number.isInteger(objectives) &&
      objectives >= 2 &&
      Number.isInteger(variables) &&
      variables >= objectives
    )
  ) {
    throw new RangeError(`DTLZ cannot have ${objectives} objectives and ${variables} variables`);
  }
  return `const problem = ${which}u;\nconst length = ${variables}u;\nconst objective_count = ${objectives}u;`;
}

function names(objectives: number, variables: number) {
  return {
    space: defineSpace(unitVector(variables)),
    objectives: Array.from({ length: objectives }, (_, i) => `f${i + 1}`),
  };
}
