import { binary, i32Const, select, unary } from './build';
import type { Ir } from './ir';

/** Values of locals that are known at a point of a function. */
export type Known = Map<number, number>;

/** The value of an i32 expression, if what is known of locals decides it. */
export function evaluate(ir: Ir, known: ReadonlyMap<number, number>): number | undefined {
  const value = reduced(ir, known);
  return value?.op === 'const' && value.type === 'i32' ? value.value : undefined;
}

/** The expression over constants alone; undefined where it reads anything else. */
function reduced(ir: Ir, known: ReadonlyMap<number, number>): Ir | undefined {
  switch (ir.op) {
    case 'const':
      return ir;
    case 'local': {
      const value = ir.type === 'i32' ? known.get(ir.index) : undefined;
      return value === undefined ? undefined : i32Const(value);
    }
    case 'unary': {
      const a = reduced(ir.a, known);
      return a && unary(ir.code, a);
    }
    case 'binary': {
      const a = reduced(ir.a, known);
      const b = a && reduced(ir.b, known);
      return b && binary(ir.code, a, b);
    }
    case 'select':
    case 'choose': {
      const condition = reduced(ir.condition, known);
      const a = condition && reduced(ir.a, known);
      const b = a && reduced(ir.b, known);
      return b && select(condition, a, b);
    }
    default:
      return undefined;
  }
}

/** What is known where control comes from either of several points; undefined if from none. */
export function common(points: readonly (Known | undefined)[]): Known | undefined {
  const [first, ...rest] = points.filter((point) => point !== undefined);
  if (!first) return undefined;
  const agreed: Known = new Map();
  for (const [local, value] of first)
    if (rest.every((other) => other.get(local) === value)) agreed.set(local, value);
  return agreed;
}
