import { after, type Loop, type Rest, type Switch, type Way, wayToCase } from './continuation';
import type { Ir, IrFunction, IrStmt, Label, SwitchCase } from './ir';
import { common, evaluate, type Known } from './known';
import { mapBodies } from './rewrite';
import { assignedBy, bodiesOf, expressionsOf, visitAll, visitExpr } from './visit';

/** Fewer cases are not worth it. */
const leastCases = 3;

/**
 * Threads jumps through state machines: a loop around a switch, whose cases name the next state. Where the next state
 * is known at the end of a path through a case, the path branches into that state's case at once, instead of going
 * round the loop and through the jump table. Since a case can only be branched into from cases before it, the cases are
 * sorted so that most such branches lead forward; the others stay as they are.
 *
 * What the loop does between two states is executed on the way, so nothing but the choice of the case is left out, and
 * that was known.
 */
export function threadSwitches(fn: IrFunction): IrFunction {
  const list = (body: readonly IrStmt[]): IrStmt[] =>
    body.map((s) => {
      const inner = mapBodies(s, list);
      const dispatch = inner.op === 'loop' ? largestSwitch(inner.body) : undefined;
      return inner.op === 'loop' && dispatch ? threaded(inner, dispatch) : inner;
    });
  return { ...fn, body: list(fn.body) };
}

/** The largest switch over a local that lies in the statements, outside of loops in them. */
function largestSwitch(body: readonly IrStmt[]): Switch | undefined {
  let largest: Switch | undefined;
  for (const s of body) {
    if (s.op === 'loop') continue;
    const isOne = s.op === 'switch' && s.selector.op === 'local' && s.cases.length >= leastCases;
    const found = isOne ? s : bodiesOf(s).map(largestSwitch).find(Boolean);
    if (found && found.cases.length > (largest?.cases.length ?? 0)) largest = found;
  }
  return largest;
}

function threaded(loop: Loop, dispatch: Switch): IrStmt {
  const relevant = deciding(loop, dispatch);
  const survey = new Threading(loop, dispatch, relevant, () => false);
  survey.body();
  const order = sorted(dispatch.cases, survey.edges);
  const rank = new Map(order.map((one, i) => [one, i]));
  const threading = new Threading(loop, dispatch, relevant, (from, to) => rank.get(from)! < rank.get(to)!);
  return { ...loop, body: threading.body(order) };
}

/** The locals on which it depends whether control comes from the end of a case to the switch, and to which case. */
function deciding(loop: Loop, dispatch: Switch): Set<number> {
  const relevant = new Set<number>();
  const addReads = (ir: Ir): void =>
    visitExpr(ir, (part) => {
      if (part.op === 'local') relevant.add(part.index);
    });
  const between = (s: IrStmt): void => {
    if (s.op === 'if' || s.op === 'br-if' || s.op === 'switch')
      for (const own of expressionsOf(s)) addReads(own);
    if (s !== dispatch) for (const body of bodiesOf(s)) body.forEach(between);
  };
  loop.body.forEach(between);
  const sets: { readonly index: number; readonly value: Ir }[] = [];
  visitAll(loop.body, {
    statement: (s) => {
      if (s.op === 'set') sets.push(s);
    },
  });
  for (let before = -1; before !== relevant.size; ) {
    before = relevant.size;
    for (const { index, value } of sets) if (relevant.has(index)) addReads(value);
  }
  return relevant;
}

/** Depth first: what a case leads to comes after it, unless that leads back to it. */
function sorted(
  cases: readonly SwitchCase[],
  edges: ReadonlyMap<SwitchCase, ReadonlySet<SwitchCase>>,
): SwitchCase[] {
  const seen = new Set<SwitchCase>();
  const order: SwitchCase[] = [];
  const visit = (one: SwitchCase): void => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const next of edges.get(one) ?? []) visit(next);
    order.unshift(one);
  };
  const targets = new Set([...edges.values()].flatMap((set) => [...set]));
  for (const one of cases) if (!targets.has(one)) visit(one);
  for (const one of cases) visit(one);
  return order;
}

/** A list of statements that was gone through, and what is known at its end; undefined if that is never reached. */
interface Walked {
  readonly body: IrStmt[];
  readonly end: Known | undefined;
}

/** Goes through the body of the loop with what is known of its locals. */
class Threading {
  /** Which cases could branch into which. */
  readonly edges = new Map<SwitchCase, Set<SwitchCase>>();
  readonly #loop: Loop;
  readonly #dispatch: Switch;
  readonly #relevant: ReadonlySet<number>;
  readonly #allows: (from: SwitchCase, to: SwitchCase) => boolean;
  readonly #labels = new Map<SwitchCase, Label>();
  /** What is known where a block is left by a branch. */
  readonly #left = new Map<Label, Known[]>();
  #order: readonly SwitchCase[];
  #current: SwitchCase | undefined;

  constructor(
    loop: Loop,
    dispatch: Switch,
    relevant: ReadonlySet<number>,
    allows: (from: SwitchCase, to: SwitchCase) => boolean,
  ) {
    this.#loop = loop;
    this.#dispatch = dispatch;
    this.#relevant = relevant;
    this.#allows = allows;
    this.#order = dispatch.cases;
  }

  body(order = this.#order): IrStmt[] {
    this.#order = order;
    return this.#walk({ statements: this.#loop.body, from: 0, loop: this.#loop }, new Map()).body;
  }

  /** @param rest the list, none of it executed */
  #walk(rest: Rest, entry: Known): Walked {
    const body: IrStmt[] = [];
    let known: Known | undefined = new Map(entry);
    for (const [i, s] of rest.statements.entries()) {
      known = this.#statement(s, { ...rest, from: i + 1 }, known, body);
      if (!known) break;
    }
    return { body, end: known };
  }

  /** A list that `next` follows: at its end control may take a way to a case. */
  #walkBefore(next: Rest, list: Omit<Rest, 'from' | 'outer'>, known: Known): Walked {
    const walked = this.#walk({ ...list, from: 0, outer: next }, known);
    const way = walked.end && this.#way(next, walked.end);
    return way ? { body: [...walked.body, ...way], end: undefined } : walked;
  }

  /** Adds what becomes of a statement. @returns what is known after it */
  #statement(s: IrStmt, next: Rest, known: Known, body: IrStmt[]): Known | undefined {
    switch (s.op) {
      case 'set': {
        const value = this.#relevant.has(s.index) ? evaluate(s.value, known) : undefined;
        if (value === undefined) known.delete(s.index);
        else known.set(s.index, value);
        body.push(s);
        return known;
      }
      case 'br': {
        const way = this.#way(after(s.label, next, this.#loop), known);
        if (!way) this.#leave(s.label, known);
        body.push(...(way ?? [s]));
        return undefined;
      }
      case 'br-if': {
        const way = this.#way(after(s.label, next, this.#loop), known);
        if (!way) this.#leave(s.label, known);
        body.push(way ? { op: 'if', condition: s.condition, accept: way, reject: [] } : s);
        return known;
      }
      case 'return':
        body.push(s);
        return undefined;
      case 'if': {
        const accept = this.#walkBefore(next, { statements: s.accept }, known);
        const reject = this.#walkBefore(next, { statements: s.reject }, known);
        body.push({ ...s, accept: accept.body, reject: reject.body });
        return common([accept.end, reject.end]);
      }
      case 'block': {
        const inner = this.#walkBefore(next, { statements: s.body, block: s.label }, known);
        body.push({ ...s, body: inner.body });
        return common([inner.end, ...(this.#left.get(s.label) ?? [])]);
      }
      case 'loop': {
        const stable = without(known, s.body);
        body.push({
          ...s,
          body: this.#walk({ statements: s.body, from: 0, outer: next, loop: s }, stable).body,
        });
        return undefined;
      }
      case 'switch':
        return this.#switch(s, next, known, body);
      default:
        for (const local of assignedBy(s)) known.delete(local);
        body.push(s);
        return known;
    }
  }

  #switch(s: Switch, next: Rest, known: Known, body: IrStmt[]): Known | undefined {
    const isDispatch = s === this.#dispatch;
    const cases = (isDispatch ? this.#order : s.cases).map((one) => {
      if (isDispatch) this.#current = one;
      const entry = new Map(known);
      if (s.selector.op === 'local' && one.values.length === 1) entry.set(s.selector.index, one.values[0]);
      return { one, walked: this.#walkBefore(next, { statements: one.body }, entry) };
    });
    if (isDispatch) this.#current = undefined;
    const otherwise = this.#walkBefore(next, { statements: s.otherwise }, known);
    body.push({
      ...s,
      cases: cases.map(({ one, walked }) => ({
        ...one,
        body: walked.body,
        label: one.label ?? this.#labels.get(one),
      })),
      otherwise: otherwise.body,
    });
    return common([...cases.map(({ walked }) => walked.end), otherwise.end]);
  }

  /** What to put where control goes on with `rest`, if it then comes to a case further down. */
  #way(rest: Rest | undefined, known: Known): IrStmt[] | undefined {
    const from = this.#current;
    const way: Way | undefined = from && rest && wayToCase(rest, known, this.#loop, this.#dispatch);
    if (!from || !way) return undefined;
    const edges = this.edges.get(from) ?? new Set();
    this.edges.set(from, edges.add(way.target));
    if (!this.#allows(from, way.target)) return undefined;
    const label = this.#labels.get(way.target) ?? { name: 'state' };
    this.#labels.set(way.target, label);
    return [...way.statements, { op: 'br', label }];
  }

  #leave(label: Label, known: Known): void {
    this.#left.set(label, [...(this.#left.get(label) ?? []), new Map(known)]);
  }
}

/** What is known of locals that the statements do not assign. */
function without(known: Known, statements: readonly IrStmt[]): Known {
  const stable = new Map(known);
  visitAll(statements, {
    statement: (s) => {
      for (const local of assignedBy(s)) stable.delete(local);
    },
  });
  return stable;
}
