import { unary } from './build';
import { branchByPieces } from './conditions';
import type { Ir, IrFunction, IrStmt, Label } from './ir';
import { evaluate } from './known';
import { mapBodies, mapOperands } from './rewrite';
import { visitAll, visitExpr } from './visit';

type If = Extract<IrStmt, { op: 'if' }>;
type BrIf = Extract<IrStmt, { op: 'br-if' }>;

/**
 * Branches where an outcome is found, not where it is asked for. `a && f()` becomes a statement that sets a local in
 * each of its paths where lowering inlines `f`, and so does a function that returns in several places; a branch on that
 * local comes next. Here each path that sets it branches by itself: an engine need not make the outcome a number, and
 * compare it with zero, where the path has decided already.
 *
 * Nothing but the branch stood between the path's end and what it now branches to, and the local is still set where
 * anything else reads it.
 */
export function threadOutcomes(fn: IrFunction): IrFunction {
  return { ...fn, body: new Outcomes(fn).list(fn.body) };
}

class Outcomes {
  readonly #reads: Uint32Array;

  constructor(fn: IrFunction) {
    this.#reads = new Uint32Array(fn.locals.length);
    visitAll(fn.body, {
      expr: (ir) => {
        if (ir.op === 'local') this.#reads[ir.index]++;
      },
    });
  }

  list = (body: readonly IrStmt[]): readonly IrStmt[] => {
    const done: IrStmt[] = [];
    for (const s of body) this.#add(done, mapBodies(s, this.list));
    return done;
  };

  #add(done: IrStmt[], s: IrStmt): void {
    const last = done.at(-1);
    const isPath = last?.op === 'if' || last?.op === 'block';
    const routed =
      isPath && (s.op === 'br-if' ? this.#branch(last, s) : s.op === 'if' && this.#choice(last, s));
    if (routed) done[done.length - 1] = routed;
    else done.push(s);
  }

  #choice(last: IrStmt, { condition, accept, reject }: If): IrStmt | undefined {
    const otherwise: Label = { name: 'else' };
    const [first, ...rest] = branchByPieces(false, condition, otherwise);
    const routed = this.#before(last, first);
    if (!routed) return undefined;
    const inner: IrStmt[] = [routed];
    for (const piece of rest) this.#add(inner, piece);
    if (!reject.length) return { op: 'block', label: otherwise, body: [...inner, ...accept] };
    const after: Label = { name: 'after' };
    const body: IrStmt[] = [...inner, ...accept, { op: 'br', label: after }];
    return { op: 'block', label: after, body: [{ op: 'block', label: otherwise, body }, ...reject] };
  }

  /** `last` before the pieces of a condition, the first of which asks for what it sets. */
  #before(last: IrStmt, piece: IrStmt): IrStmt | undefined {
    if (piece.op === 'br-if') return this.#branch(last, piece);
    if (piece.op !== 'block') return undefined;
    const [first, ...rest] = piece.body;
    const routed = this.#before(last, first);
    if (!routed) return undefined;
    const body = [routed];
    for (const one of rest) this.#add(body, one);
    return { ...piece, body };
  }

  #branch(last: IrStmt, branch: BrIf): IrStmt | undefined {
    const local = onlyLocal(branch.condition);
    if (local === undefined) return undefined;
    const paths = new Paths(local, branch, this.#reads[local] === 1, (done, s) => this.#add(done, s));
    const body = paths.ends([last]);
    return body && paths.isDecided ? { op: 'block', label: paths.next, body } : undefined;
  }
}

/** The one local that an expression reads, if it is made of that and constants. */
function onlyLocal(ir: Ir): number | undefined {
  const locals: number[] = [];
  let isPlain = true;
  visitExpr(ir, (part) => {
    if (part.op === 'local') locals.push(part.index);
    else if (part.op !== 'unary' && part.op !== 'binary' && part.op !== 'const') isPlain = false;
  });
  return isPlain && locals.length === 1 ? locals[0] : undefined;
}

/** The paths through a statement that set a local, each made to branch by what it sets. */
class Paths {
  /** Leads to what follows the branch. */
  readonly next: Label = { name: 'next' };
  /** Whether a path knows where to go. */
  isDecided = false;
  readonly #local: number;
  readonly #branch: BrIf;
  readonly #isLastRead: boolean;
  readonly #add: (done: IrStmt[], s: IrStmt) => void;

  constructor(local: number, branch: BrIf, isLastRead: boolean, add: (done: IrStmt[], s: IrStmt) => void) {
    this.#local = local;
    this.#branch = branch;
    this.#isLastRead = isLastRead;
    this.#add = add;
  }

  /** Statements that set the local last, or are left before; undefined if they may end otherwise. */
  ends(body: readonly IrStmt[]): IrStmt[] | undefined {
    const last = body.at(-1);
    const before = body.slice(0, -1);
    switch (last?.op) {
      case 'set':
        return last.index === this.#local ? this.#decide(before, last.value) : undefined;
      case 'br':
      case 'return':
        return [...body];
      case 'if': {
        const accept = this.ends(last.accept);
        const reject = accept && this.ends(last.reject);
        return reject && [...before, { ...last, accept, reject }];
      }
      case 'block': {
        const inner = this.#leaves(last.body, last.label);
        const ended = inner && this.ends(inner);
        return ended && [...before, { ...last, body: ended }];
      }
      default:
        return undefined;
    }
  }

  /** Statements with each branch to the label preceded by an assignment, and made to go on by that. */
  #leaves(body: readonly IrStmt[], label: Label): IrStmt[] | undefined {
    let done: IrStmt[] = [];
    for (const s of body) {
      const isLeft = (s.op === 'br' || s.op === 'br-if') && s.label === label;
      if (!isLeft) {
        let fails = false;
        const inner = mapBodies(s, (list) => {
          const made = this.#leaves(list, label);
          fails ||= !made;
          return made ?? list;
        });
        if (fails) return undefined;
        done.push(inner);
        continue;
      }
      const last = done.at(-1);
      if (s.op === 'br-if' || last?.op !== 'set' || last.index !== this.#local) return undefined;
      done = this.#decide(done.slice(0, -1), last.value);
    }
    return done;
  }

  #decide(before: readonly IrStmt[], value: Ir): IrStmt[] {
    const { condition, label } = this.#branch;
    const done = [...before];
    if (!this.#isLastRead) done.push({ op: 'set', index: this.#local, value });
    const goOn: IrStmt = { op: 'br', label: this.next };
    const outcome =
      value.op === 'const' ? evaluate(condition, new Map([[this.#local, value.value]])) : undefined;
    if (outcome !== undefined) {
      this.isDecided = true;
      return [...done, outcome ? { op: 'br', label } : goOn];
    }
    const asked = this.#isLastRead ? withValue(condition, this.#local, value) : condition;
    this.#add(done, { op: 'br-if', label, condition: asked });
    return [...done, goOn];
  }
}

function withValue(ir: Ir, local: number, value: Ir): Ir {
  if (ir.op === 'local') return ir.index === local ? value : ir;
  const put = mapOperands(ir, (part) => withValue(part, local, value));
  return put.op === 'unary' ? unary(put.code, put.a) : put;
}
