import type { Ir, IrFunction, IrStmt } from './ir';
import { mapBodies, mapExpressions, mapOperands } from './rewrite';
import { assignedBy, visitAll } from './visit';

/**
 * Reads the original in place of a copy, as long as neither is assigned, and drops copies that nobody reads. Lowering
 * copies each argument of an inlined function, lest the function change it; most do not, and without the copies passes see
 * that two addresses are the same.
 */
export function propagateCopies(fn: IrFunction): IrFunction {
  const body = originals(fn.body, new Map(), readsOf(fn, fn.body));
  return { ...fn, body: withoutUnread(body, readsOf(fn, body)) };
}

function readsOf(fn: IrFunction, body: readonly IrStmt[]): Uint32Array {
  const reads = new Uint32Array(fn.locals.length);
  visitAll(body, {
    expr: (ir) => {
      if (ir.op === 'local') reads[ir.index]++;
    },
  });
  return reads;
}

/** For a copy, what it is a copy of. */
type Copies = Map<number, Extract<Ir, { op: 'local' }>>;

function originals(body: readonly IrStmt[], before: Copies, reads: Uint32Array): readonly IrStmt[] {
  const copies: Copies = new Map(before);
  const expr = (ir: Ir): Ir => (ir.op === 'local' ? (copies.get(ir.index) ?? ir) : mapOperands(ir, expr));
  return body.map((one) => {
    const own = mapExpressions(one, expr);
    // The head of a loop is come to from its end as well, and a case from other cases.
    if (own.op === 'loop' || own.op === 'switch') forgetAssigned(own, copies);
    const s = mapBodies(own, (list) => originals(list, copies, reads));
    forgetAssigned(s, copies);
    // What is read for the copy alone had better be assigned there.
    if (s.op === 'set' && s.value.op === 'local' && reads[s.value.index] > 1) copies.set(s.index, s.value);
    return s;
  });
}

/** Forgets the copies, and those of the originals, that a statement or what is in it assigns. */
function forgetAssigned(s: IrStmt, copies: Copies): void {
  if (!copies.size) return;
  const assigned = new Set<number>();
  visitAll([s], {
    statement: (inner) => {
      for (const local of assignedBy(inner)) assigned.add(local);
    },
  });
  for (const [copy, original] of copies)
    if (assigned.has(copy) || assigned.has(original.index)) copies.delete(copy);
}

function withoutUnread(body: readonly IrStmt[], reads: Uint32Array): readonly IrStmt[] {
  return body
    .filter((s) => s.op !== 'set' || s.value.op !== 'local' || reads[s.index] > 0)
    .map((s) => mapBodies(s, (list) => withoutUnread(list, reads)));
}
