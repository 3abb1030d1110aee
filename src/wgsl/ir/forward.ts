import type { Ir, IrFunction, IrStmt } from './ir';
import { mapBodies, mapExpressions, mapOperands } from './rewrite';
import { assignedBy, visitAll } from './visit';

/**
 * Puts a temporary's value in place of its only use where that is the very next statement. Lowering names what an
 * inlined function returns; without the name, a condition is seen for what it is and can be branched on piece by piece.
 *
 * Between the assignment and the use nothing happens but the evaluation of other expressions, and those have no
 * effects, so the value is the same. It may even be evaluated less often, in an arm that is not chosen.
 */
export function forwardTemporaries(fn: IrFunction): IrFunction {
  const isTemporary = temporariesOf(fn);
  const list = (body: readonly IrStmt[]): IrStmt[] => {
    const done: IrStmt[] = [];
    for (const one of body) {
      let s = mapBodies(one, list);
      for (let last = done.at(-1); last?.op === 'set' && isTemporary(last.index); last = done.at(-1)) {
        const merged = withValue(s, last.index, last.value);
        if (!merged) break;
        done.pop();
        s = merged;
      }
      done.push(s);
    }
    return done;
  };
  return { ...fn, body: list(fn.body) };
}

/** Locals that are assigned in one place and read in one place. */
function temporariesOf(fn: IrFunction): (local: number) => boolean {
  const reads = new Uint32Array(fn.locals.length);
  const writes = new Uint32Array(fn.locals.length).fill(1, 0, fn.params.length);
  visitAll(fn.body, {
    expr: (ir) => {
      if (ir.op === 'local') reads[ir.index]++;
    },
    statement: (s) => {
      for (const local of assignedBy(s)) writes[local]++;
    },
  });
  return (local) => reads[local] === 1 && writes[local] === 1;
}

/** The statement with a value in place of a local; undefined where its own expressions do not read the local. */
function withValue(s: IrStmt, local: number, value: Ir): IrStmt | undefined {
  // A selector may be evaluated more than once.
  if (s.op === 'switch') return undefined;
  let found = false;
  const put = (ir: Ir): Ir => {
    if (ir.op !== 'local') return mapOperands(ir, put);
    if (ir.index !== local) return ir;
    found = true;
    return value;
  };
  const merged = mapExpressions(s, put);
  return found ? merged : undefined;
}
