import { getLocal } from './build';
import type { Ir, IrFunction, IrModule, IrStmt } from './ir';
import { type Rewriter, rewriteAll } from './rewrite';
import { bodiesOf, expressionsOf, visitAll, visitExpr } from './visit';

/** Reads and writes beyond which a variable is worth a register, even if a loop carries it round. */
const rare = 32;

/**
 * Moves what `run` keeps in globals into locals of its own, where an engine's register allocator and its search for common
 * subexpressions see it: to them a global is memory. Most functions are inlined into `run`; around the calls that
 * stay calls, whatever the callee touches is handed over in the globals, and taken back where it may have changed.
 *
 * What a loop changes and uses in a few places stays memory: each such local would be moved about on every path round the
 * loop, most of which do not touch it. Not so what is written far oftener than read: it hands a value to the next round.
 * @param first the first global to move; `run` must set each before it reads it, as it does with private variables
 */
export function keepInLocals(module: IrModule, first: number): IrModule {
  const locals = [...module.run.locals];
  const localOf = new Map<number, number>();
  const uses = usesIn(module.run.body);
  for (let index = first; index < module.globals.length; index++)
    if (!uses.get(index)?.isRareInLoop) localOf.set(index, locals.push(module.globals[index]) - 1);
  const inLocal = (index: number): Ir => getLocal(module.globals[index], localOf.get(index)!);
  const traffic = trafficBy();
  const rewriter: Rewriter = {
    expr: (ir) => (ir.op === 'global' && localOf.has(ir.index) ? inLocal(ir.index) : ir),
    statement: (s) => {
      if (s.op === 'set-global' && localOf.has(s.index))
        return [{ ...s, op: 'set', index: localOf.get(s.index)! }];
      if (s.op !== 'call') return [s];
      const { read, written } = traffic(s.fn);
      const touched = [...new Set([...read, ...written])].filter((index) => localOf.has(index));
      return [
        ...touched.map((index): IrStmt => ({ op: 'set-global', index, value: inLocal(index) })),
        s,
        ...touched
          .filter((index) => written.has(index))
          .map(
            (index): IrStmt => ({
              op: 'set',
              index: localOf.get(index)!,
              value: { op: 'global', type: module.globals[index], index },
            }),
          ),
      ];
    },
  };
  const run: IrFunction = { ...module.run, locals, body: rewriteAll(module.run.body, rewriter) };
  return { ...module, run, functions: module.functions.map((fn) => (fn === module.run ? run : fn)) };
}

/** How the body uses each global that it writes. */
function usesIn(body: readonly IrStmt[]): Map<number, { readonly isRareInLoop: boolean }> {
  const reads = new Map<number, number>();
  const writes = new Map<number, number[]>();
  const look = (statements: readonly IrStmt[], depth: number): void => {
    for (const s of statements) {
      for (const own of expressionsOf(s))
        visitExpr(own, (ir) => {
          if (ir.op === 'global') reads.set(ir.index, (reads.get(ir.index) ?? 0) + 1);
        });
      if (s.op === 'set-global') writes.set(s.index, [...(writes.get(s.index) ?? []), depth]);
      for (const inner of bodiesOf(s)) look(inner, s.op === 'loop' ? depth + 1 : depth);
    }
  };
  look(body, 0);
  return new Map(
    [...writes].map(([index, depths]) => {
      const read = reads.get(index) ?? 0;
      // The least depth is where the variable gets its initial value.
      const isChangedInLoop = Math.max(...depths) > Math.min(...depths);
      const isRare = read + depths.length <= rare && depths.length <= 2 * read;
      return [index, { isRareInLoop: isChangedInLoop && isRare }];
    }),
  );
}

interface Traffic {
  readonly read: ReadonlySet<number>;
  readonly written: ReadonlySet<number>;
}

/** The globals that a function, or what it calls, reads and writes; each function is looked at once. */
function trafficBy(): (fn: IrFunction) => Traffic {
  const known = new Map<IrFunction, Traffic>();
  const of = (fn: IrFunction): Traffic => {
    const found = known.get(fn);
    if (found) return found;
    const read = new Set<number>();
    const written = new Set<number>();
    visitAll(fn.body, {
      expr: (ir) => {
        if (ir.op === 'global') read.add(ir.index);
      },
      statement: (s) => {
        if (s.op === 'set-global') written.add(s.index);
        if (s.op !== 'call') return;
        const callee = of(s.fn);
        for (const index of callee.read) read.add(index);
        for (const index of callee.written) written.add(index);
      },
    });
    known.set(fn, { read, written });
    return { read, written };
  };
  return of;
}
