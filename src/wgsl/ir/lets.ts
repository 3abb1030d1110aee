import type { Ir, IrFunction, IrStmt } from './ir';
import { assignedBy, bodiesOf, expressionsOf, visitAll, visitExpr } from './visit';

/**
 * Locals that are assigned in one place and read only after it, in the same list of statements or inside it: wherever
 * such a local is read it holds what the assignment last computed. @returns what each is assigned
 */
export function letsOf(fn: IrFunction): Map<number, Ir> {
  const writes = new Uint32Array(fn.locals.length).fill(1, 0, fn.params.length);
  visitAll(fn.body, {
    statement: (s) => {
      for (const local of assignedBy(s)) writes[local]++;
    },
  });
  const lets = new Map<number, Ir>();
  const inScope = new Set<number>();
  const readTooSoon = new Set<number>();
  const list = (body: readonly IrStmt[]): void => {
    const declared: number[] = [];
    for (const s of body) {
      for (const own of expressionsOf(s))
        visitExpr(own, (ir) => {
          if (ir.op === 'local' && !inScope.has(ir.index)) readTooSoon.add(ir.index);
        });
      for (const inner of bodiesOf(s)) list(inner);
      if (s.op !== 'set' || writes[s.index] !== 1) continue;
      lets.set(s.index, s.value);
      inScope.add(s.index);
      declared.push(s.index);
    }
    for (const local of declared) inScope.delete(local);
  };
  list(fn.body);
  for (const local of readTooSoon) lets.delete(local);
  return lets;
}
