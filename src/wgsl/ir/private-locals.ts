import { getLocal } from './build';
import type { Ir, IrFunction, IrModule, IrStmt } from './ir';
import { type Rewriter, rewriteAll } from './rewrite';
import { visitAll } from './visit';

/**
 * Moves what `run` keeps in globals into locals of its own, where an engine's register allocator and its search for common
 * subexpressions see it: to them a global is memory. Most functions are inlined into `run`; around the calls that
 * stay calls, whatever the callee touches is handed over in the globals, and taken back where it may have changed.
 * @param first the first global to move; `run` must set each before it reads it, as it does with private variables
 */
export function keepInLocals(module: IrModule, first: number): IrModule {
  const locals = [...module.run.locals];
  const localOf = new Map<number, number>();
  for (let index = first; index < module.globals.length; index++)
    localOf.set(index, locals.push(module.globals[index]) - 1);
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
