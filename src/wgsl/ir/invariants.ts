import type { Ir, IrFunction, IrModule, IrStmt } from './ir';
import { letsOf } from './lets';
import { mapBodies, mapExpressions, mapOperands } from './rewrite';
import { bodiesOf, expressionsOf, operandsOf } from './visit';

/** Uses in loops from which on a value is worth a place of its own. */
const leastUses = 4;

/**
 * Computes once, before a loop of `run`, what the loop does not change: last indices of runtime-sized arrays, the place of
 * an invocation's own part of a buffer. An engine that finds such an expression computes it anew on each path that uses it,
 * to keep fewer values at a time, and it looks through a local; so the value goes through a global variable, behind which it
 * does not look.
 */
export function keepInvariants(module: IrModule): IrModule {
  const run = new Invariants(module.run, module.globals.length).kept();
  if (!run) return module;
  const functions = module.functions.map((fn) => (fn === module.run ? run : fn));
  return { ...module, run, functions, globals: [...module.globals, 'i32'] };
}

/** An expression over lets and parameters that some loop does not change. */
interface Invariant {
  readonly value: Ir;
  /** The last assigned of the lets that it reads; undefined where it reads none. */
  readonly after: number | undefined;
  uses: number;
  /** Holds the value, where it is used often enough. */
  local?: number;
}

/** Where a let is assigned: in how many loops, and as the how many-th. */
interface Place {
  readonly depth: number;
  readonly order: number;
}

class Invariants {
  readonly #fn: IrFunction;
  readonly #channel: number;
  readonly #lets: ReadonlyMap<number, Ir>;
  readonly #places = new Map<number, Place>();
  readonly #invariants = new Map<string, Invariant>();
  /** How often each let is read in loops that it is assigned outside of. */
  readonly #reads = new Map<number, number>();

  /** @param channel the global that values go through */
  constructor(fn: IrFunction, channel: number) {
    this.#fn = fn;
    this.#channel = channel;
    this.#lets = letsOf(fn);
    this.#count(fn.body, 0);
  }

  /** The function with its invariants computed before its loops; undefined where there are none. */
  kept(): IrFunction | undefined {
    const locals = [...this.#fn.locals];
    const worthwhile = [...this.#invariants.values()].filter(({ uses }) => uses >= leastUses);
    for (const invariant of worthwhile) invariant.local = locals.push('i32') - 1;
    if (!worthwhile.length && ![...this.#reads.keys()].some((local) => this.#isKept(local))) return undefined;
    const computed = (assigned: number | undefined): IrStmt[] =>
      worthwhile
        .filter(({ after }) => after === assigned)
        .flatMap(({ local, value }) => this.#throughChannel(local!, value));
    const list = (body: readonly IrStmt[], depth: number): IrStmt[] =>
      body.flatMap((one) => {
        const own = mapExpressions(one, (ir) => this.#replaced(ir, depth));
        const s = mapBodies(own, (inner) => list(inner, depthIn(one, depth)));
        if (s.op !== 'set' || !this.#lets.has(s.index)) return [s];
        const assigned = this.#isKept(s.index) ? this.#throughChannel(s.index, s.value) : [s];
        return [...assigned, ...computed(s.index)];
      });
    return { ...this.#fn, locals, body: [...computed(undefined), ...list(this.#fn.body, 0)] };
  }

  #throughChannel(index: number, value: Ir): IrStmt[] {
    const channel: Ir = { op: 'global', type: 'i32', index: this.#channel };
    return [
      { op: 'set-global', index: this.#channel, value },
      { op: 'set', index, value: channel },
    ];
  }

  /** Whether a let is computed, and read in loops often enough. */
  #isKept(local: number): boolean {
    const value = this.#lets.get(local)!;
    return isComputed(value) && (this.#reads.get(local) ?? 0) >= leastUses;
  }

  #count(body: readonly IrStmt[], depth: number): void {
    for (const s of body) {
      for (const own of expressionsOf(s)) this.#countIn(own, depth);
      for (const inner of bodiesOf(s)) this.#count(inner, depthIn(s, depth));
      if (s.op === 'set' && this.#lets.has(s.index))
        this.#places.set(s.index, { depth, order: this.#places.size });
    }
  }

  #countIn(ir: Ir, depth: number): void {
    const invariant = this.#invariantAt(ir, depth);
    if (invariant) invariant.uses++;
    else if (ir.op === 'local') {
      const place = this.#places.get(ir.index);
      if (place && place.depth < depth) this.#reads.set(ir.index, (this.#reads.get(ir.index) ?? 0) + 1);
    } else for (const operand of operandsOf(ir)) this.#countIn(operand, depth);
  }

  #replaced(ir: Ir, depth: number): Ir {
    const local = this.#invariantAt(ir, depth)?.local;
    if (local !== undefined) return { op: 'local', type: 'i32', index: local };
    return mapOperands(ir, (part) => this.#replaced(part, depth));
  }

  /** What is known of an expression that is computed in so many loops, if the innermost does not change it. */
  #invariantAt(value: Ir, depth: number): Invariant | undefined {
    if (!isComputed(value)) return undefined;
    const words: string[] = [];
    let last: { readonly local: number; readonly order: number } | undefined;
    const isUnchanged = (ir: Ir): boolean => {
      if (ir.op === 'local' && ir.index >= this.#fn.params.length) {
        const place = this.#places.get(ir.index);
        if (!place || place.depth >= depth) return false;
        if (!last || place.order > last.order) last = { local: ir.index, order: place.order };
      } else if (ir.op !== 'local' && !isComputed(ir) && (ir.op !== 'const' || ir.type !== 'i32'))
        return false;
      words.push(wordOf(ir));
      return operandsOf(ir).every(isUnchanged);
    };
    if (depth === 0 || !isUnchanged(value)) return undefined;
    const key = words.join(' ');
    const known = this.#invariants.get(key) ?? { value, after: last?.local, uses: 0 };
    this.#invariants.set(key, known);
    return known;
  }
}

const isComputed = (ir: Ir): boolean =>
  ir.type === 'i32' &&
  (ir.op === 'unary' || ir.op === 'select' || (ir.op === 'binary' && !/div|rem/.test(ir.code)));

/** What tells the node of an expression from another, its operands left out. */
function wordOf(ir: Ir): string {
  if (ir.op === 'const') return `${ir.value}`;
  if (ir.op === 'local') return `l${ir.index}`;
  return ir.op === 'unary' || ir.op === 'binary' ? ir.code : ir.op;
}

const depthIn = (s: IrStmt, depth: number): number => (s.op === 'loop' ? depth + 1 : depth);
