import type { IrFunction, IrStmt } from './ir';
import { mapBodies } from './rewrite';
import { assignedBy, bodiesOf, expressionsOf, visitExpr } from './visit';

/**
 * Drops assignments that nobody reads, of locals of which every read sees one and the same other assignment. Lowering
 * gives each variable an initial value; without it, a private variable that the entry point sets before all else is
 * seen to be a constant of the invocation.
 */
export function dropUnread(fn: IrFunction): IrFunction {
  const read = soleAssignments(fn);
  const list = (body: readonly IrStmt[]): readonly IrStmt[] =>
    body.filter((s) => s.op !== 'set' || (read.get(s.index) ?? s) === s).map((s) => mapBodies(s, list));
  return { ...fn, body: list(fn.body) };
}

/** The assignment that all reads of a local see: it stands before them, and in its scope there is no other. */
function soleAssignments(fn: IrFunction): Map<number, IrStmt> {
  const sole = new Map<number, IrStmt>();
  const others = new Set<number>();
  const overwritten = new Set<IrStmt>();
  /** For each local, the assignments that the statement looked at stands in the scope of, the innermost last. */
  const scopes = fn.locals.map((): IrStmt[] => []);
  const look = (body: readonly IrStmt[]): void => {
    const declared: number[] = [];
    for (const s of body) {
      for (const own of expressionsOf(s))
        visitExpr(own, (ir) => {
          if (ir.op !== 'local') return;
          const seen = scopes[ir.index].at(-1);
          if (!seen || (sole.get(ir.index) ?? seen) !== seen) others.add(ir.index);
          else sole.set(ir.index, seen);
        });
      for (const inner of bodiesOf(s)) look(inner);
      for (const local of assignedBy(s)) {
        for (const outer of scopes[local]) overwritten.add(outer);
        scopes[local].push(s);
        declared.push(local);
      }
    }
    for (const local of declared) scopes[local].pop();
  };
  look(fn.body);
  return new Map(
    [...sole].filter(([local, s]) => s.op === 'set' && !others.has(local) && !overwritten.has(s)),
  );
}
