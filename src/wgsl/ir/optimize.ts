import { foldAddresses } from './addresses';
import { propagateCopies } from './copies';
import { forwardTemporaries } from './forward';
import { keepInvariants } from './invariants';
import type { IrFunction, IrModule } from './ir';
import { threadOutcomes } from './outcomes';
import { joinPairs } from './pairs';
import { keepInLocals } from './private-locals';
import { rewriteAll } from './rewrite';
import { threadSwitches } from './thread';
import { dropUnread } from './unread';

/** What the passes do to one function, in order. */
const passes: readonly ((fn: IrFunction) => IrFunction)[] = [
  dropUnread,
  propagateCopies,
  forwardTemporaries,
  threadOutcomes,
  threadSwitches,
  foldAddresses,
  joinPairs,
];

/**
 * The module made faster; what it does to memory stays the same.
 * @param firstPrivateGlobal from here on, globals hold private variables
 */
export function optimize(module: IrModule, firstPrivateGlobal: number): IrModule {
  const kept = keepInLocals(module, firstPrivateGlobal);
  return keepInvariants(eachFunction(kept, (fn) => passes.reduce((done, pass) => pass(done), fn)));
}

/** Callees come before their callers, so that calls can be turned to what became of the callee. */
function eachFunction(module: IrModule, change: (fn: IrFunction) => IrFunction): IrModule {
  const made = new Map<IrFunction, IrFunction>();
  for (const fn of module.functions) {
    const body = rewriteAll(fn.body, {
      expr: (ir) => ir,
      statement: (s) => [s.op === 'call' ? { ...s, fn: made.get(s.fn)! } : s],
    });
    made.set(fn, change({ ...fn, body }));
  }
  return { ...module, functions: [...made.values()], run: made.get(module.run)! };
}
