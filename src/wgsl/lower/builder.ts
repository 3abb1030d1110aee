import { getLocal, upperBound } from '../ir/build';
import type { Ir, IrStmt, IrType, Label } from '../ir/ir';
import type { Fn, Variable } from '../tree';
import type { Place } from './place';
import type { Program } from './program';

/** What a name is bound to while its function is lowered: scalars of a value, or where a pointer or var lies. */
export type Bound =
  | { readonly kind: 'value'; readonly scalars: readonly Ir[] }
  | { readonly kind: 'place'; readonly place: Place };

/** A function being lowered into the builder's: where its `return` goes. */
export interface Activation {
  readonly fn: Fn;
  /** Set the results and branch here; undefined where a return leaves the IR function itself. */
  readonly exit?: Label;
  readonly results: readonly number[];
  exitUsed: boolean;
}

/** Where a builder finds what the caller of `run` handed over. */
export interface Origin {
  scratch(): Ir;
  base(binding: number): Ir;
  bytes(binding: number): Ir;
}

/** One IR function under construction: its locals, the block being filled, and what its names are bound to. */
export class FunctionBuilder {
  readonly program: Program;
  readonly locals: IrType[];
  readonly bound = new Map<Variable, Bound>();
  readonly loops: { readonly exit: Label; readonly next?: Label }[] = [];
  activation: Activation | undefined;
  /** Variables bound to a place before their declaration is reached: those that outlive a barrier. */
  readonly framed = new Set<Variable>();
  /** Whether a region of its own is being lowered, with a barrier before and after. */
  betweenBarriers = false;
  /** Values of in-out parameters, returned after the result. */
  handBack: readonly Ir[] = [];
  readonly #origin: Origin;
  readonly #prologue: IrStmt[] = [];
  readonly #hoisted = new Map<string, Ir>();
  /** Locals assigned once: they can be read any time later. */
  readonly #constant = new Set<number>();
  readonly #bounds = new Map<number, number>();
  #block: IrStmt[] = [];

  constructor(program: Program, params: readonly IrType[], origin: Origin) {
    this.program = program;
    this.locals = [...params];
    this.#origin = origin;
  }

  newLocal(type: IrType): number {
    return this.locals.push(type) - 1;
  }

  emit(statement: IrStmt): void {
    this.#block.push(statement);
  }

  /** Runs `work` with an empty block. @returns what it emitted */
  inBlock(work: () => void): IrStmt[] {
    const outer = this.#block;
    const inner: IrStmt[] = [];
    this.#block = inner;
    work();
    this.#block = outer;
    return inner;
  }

  /** The body with what was hoisted before it. */
  finish(): IrStmt[] {
    return [...this.#prologue, ...this.#block];
  }

  /** Makes an expression cheap to use several times in what is emitted next. */
  keep(ir: Ir): Ir {
    return ir.op === 'const' || ir.op === 'local' ? ir : this.#temporary(ir);
  }

  /** The value as it is now, whatever is assigned later. */
  freeze(ir: Ir): Ir {
    if (ir.op === 'const' || (ir.op === 'local' && this.#constant.has(ir.index))) return ir;
    return this.#temporary(ir);
  }

  #temporary(ir: Ir): Ir {
    const index = this.newLocal(ir.type);
    this.#constant.add(index);
    if (ir.type === 'i32')
      this.#bounds.set(
        index,
        upperBound(ir, (local) => this.boundOf(local)),
      );
    this.emit({ op: 'set', index, value: ir });
    return getLocal(ir.type, index);
  }

  /** Declares that a local (a parameter) never changes. */
  markConstant(index: number): void {
    this.#constant.add(index);
  }

  /** The largest u32 that a once-assigned local can hold, if known. */
  boundOf(local: number): number | undefined {
    return this.#bounds.get(local);
  }

  /** A value computed once, at the function's entry. */
  hoisted(key: string, compute: () => Ir): Ir {
    const known = this.#hoisted.get(key);
    if (known) return known;
    const value = compute();
    const index = this.newLocal(value.type);
    this.#constant.add(index);
    this.#prologue.push({ op: 'set', index, value });
    const local = getLocal(value.type, index);
    this.#hoisted.set(key, local);
    return local;
  }

  scratch(): Ir {
    return this.hoisted('scratch', () => this.#origin.scratch());
  }

  base(binding: number): Ir {
    return this.hoisted(`base ${binding}`, () => this.#origin.base(binding));
  }

  bytes(binding: number): Ir {
    return this.hoisted(`bytes ${binding}`, () => this.#origin.bytes(binding));
  }
}
