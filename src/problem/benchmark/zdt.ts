import source from '../../../shaders/benchmark/zdt.wgsl?raw';
import bits from '../../../shaders/benchmark/zdt5.wgsl?raw';
import type { Engine } from '../../gpu';
import { defineSpace, type Variable, vector } from '../../space';
import { type BenchmarkProblem, benchmarkProblem } from './problem';
import { fine, unitVector } from './ranges';

/** The size of a ZDT problem. */
export interface ZdtOptions {
  /** At least 2; the original's by default: 30, and 10 for ZDT4 and ZDT6. ZDT5 always has its 80 bits. */
  readonly variables?: number;
}

/**
 * ZDT1 to ZDT6, two objectives (Zitzler, Deb, Thiele 2000). ZDT5 has 80 switches; its objectives are not scaled. Throws
 * `RangeError` for another number.
 */
export function zdt(engine: Engine, which: number, options: ZdtOptions = {}): Promise<BenchmarkProblem> {
  if (![1, 2, 3, 4, 5, 6].includes(which)) throw new RangeError(`there is no ZDT${which}: ZDT1 to ZDT6`);
  const { variables = which === 5 ? 80 : which === 4 || which === 6 ? 10 : 30 } = options;
  if (which === 5 ? variables !== 80 : !(Number.isInteger(variables) && variables >= 2)) {
    throw new RangeError(`ZDT${which} cannot have ${variables} variables`);
  }
  return benchmarkProblem(engine, {
    name: `ZDT${which}`,
    space: defineSpace(variablesOf(which, variables)),
    objectives: ['f1', 'f2'],
    wgsl: which === 5 ? bits : `const problem = ${which}u;\nconst length = ${variables}u;\n${source}`,
  });
}

function variablesOf(which: number, count: number): Variable[] {
  if (which === 5) return vector('x', count, { type: 'switch' });
  const unit = unitVector(count);
  if (which !== 4) return unit;
  return [unit[0], ...vector('x', count, fine(-5, 5)).slice(1)];
}
