import { unsupported } from '../diagnostics';
import { binary, getLocal, i32Const, unary } from '../ir/build';
import type { Ir } from '../ir/ir';
import { alignOf, roundUp, sizeOf } from '../layout';
import type { Expr, Fn, Stmt, Variable } from '../tree';
import type { FunctionBuilder } from './builder';
import { lowerCondition } from './expressions';
import { lowerRegion } from './functions';
import { Uniformity } from './uniformity';
import { walkStatements } from './usage';

/**
 * Barriers by loop fission: the entry point is cut at its barriers into regions, and each region runs for all
 * invocations of the workgroup before the next begins. Variables that more than one region may see lie in a frame of
 * memory for each invocation. Control flow around a barrier is uniform in valid WGSL, so that the first invocation
 * decides for all.
 */
const isBarrier = (expr: Expr): boolean =>
  expr.kind === 'builtin' && /^(workgroupBarrier|storageBarrier|workgroupUniformLoad)$/.test(expr.name);

/** Whether a barrier stands somewhere in the statements (not in functions that they call). */
export function hasBarrier(body: readonly Stmt[]): boolean {
  let found = false;
  walkStatements(body, {
    expr: (expr) => {
      found ||= isBarrier(expr);
    },
    declare: () => {},
  });
  return found;
}

/** Runs `body` for every invocation of the workgroup in turn; `enter` comes first in each. */
export type EachInvocation = (body: (index: Ir) => void) => void;

/** Lowers an entry point that has barriers, once for the workgroup. */
export class Fission {
  readonly #builder: FunctionBuilder;
  readonly #entry: Fn;
  readonly #each: EachInvocation;
  readonly #enter: () => void;
  readonly #frame: number;
  readonly #uniformity: Uniformity;
  readonly #framesOffset: number;
  readonly #frameSize: number;

  /**
   * @param each runs a body for every invocation, given its local index
   * @param enter binds the entry point's inputs in the invocation at hand
   */
  constructor(
    builder: FunctionBuilder,
    entry: Fn,
    invocations: number,
    { each, enter }: { each: EachInvocation; enter: () => void },
  ) {
    this.#builder = builder;
    this.#entry = entry;
    this.#uniformity = new Uniformity(entry);
    this.#each = each;
    this.#enter = enter;
    this.#frame = builder.newLocal('i32');
    this.#frameSize = roundUp(16, this.#bindFrame());
    this.#framesOffset = builder.program.allocateBytes(this.#frameSize * invocations);
  }

  /** @param initialize writes the private variables' initial values */
  run(initialize: () => void): void {
    this.#region(() => initialize());
    this.#statements(this.#entry.body);
  }

  /** Gives every variable that outlives a region its place in the frame. @returns the frame's size */
  #bindFrame(): number {
    const { program, bound } = this.#builder;
    const shared = [...this.#declared(this.#entry.body)];
    for (const variable of program.usage.variables) if (variable.space === 'private') shared.push(variable);
    let size = 0;
    for (const variable of shared) {
      this.#refuseUnsharable(variable);
      const offset = roundUp(Math.max(4, alignOf(variable.type)), size);
      size = offset + sizeOf(variable.type);
      const address = getLocal('i32', this.#frame);
      this.#builder.framed.add(variable);
      bound.set(variable, { kind: 'place', place: { kind: 'memory', type: variable.type, address, offset } });
    }
    return size;
  }

  #refuseUnsharable(variable: Variable): void {
    if (variable.type.kind === 'pointer') throw unsupported('a pointer declared beside a barrier', variable);
    const { inlined, functions } = this.#builder.program.usage;
    if (functions.some((fn) => !inlined.has(fn) && fn.uses.has(variable)))
      throw unsupported('a private variable used by a large function, together with barriers,', variable);
  }

  /** Variables declared in the statement lists that barriers cut. */
  *#declared(body: readonly Stmt[]): Generator<Variable> {
    for (const statement of body) {
      if (statement.kind === 'declare') yield statement.variable;
      else if (hasBarrier([statement]))
        for (const list of nestedLists(statement)) yield* this.#declared(list);
    }
  }

  #region(body: () => void): void {
    const scratch = this.#builder.scratch();
    this.#each((index) => {
      const base = binary('i32.add', scratch, i32Const(this.#framesOffset));
      const frame = binary('i32.add', base, binary('i32.mul', index, i32Const(this.#frameSize)));
      this.#builder.emit({ op: 'set', index: this.#frame, value: frame });
      this.#enter();
      body();
    });
  }

  #statements(body: readonly Stmt[]): void {
    let run: Stmt[] = [];
    const flush = () => {
      const statements = run;
      run = [];
      if (!statements.length) return;
      refuseEscapes(statements);
      this.#region(() => lowerRegion(this.#builder, this.#entry, statements));
    };
    for (const statement of body) {
      if (!hasBarrier([statement])) {
        run.push(statement);
        continue;
      }
      flush();
      this.#cut(statement);
    }
    flush();
  }

  /** A statement with a barrier in it. */
  #cut(s: Stmt): void {
    switch (s.kind) {
      case 'evaluate':
      case 'declare':
      case 'assign':
        // workgroupUniformLoad reads in a region of its own, between two barriers.
        this.#builder.betweenBarriers = true;
        if (s.kind !== 'evaluate' || s.expr.type.kind !== 'void')
          this.#region(() => lowerRegion(this.#builder, this.#entry, [s]));
        this.#builder.betweenBarriers = false;
        return;
      case 'block':
        this.#statements(s.body);
        return;
      case 'if': {
        const condition = this.#uniform(s.condition);
        const arm = (body: readonly Stmt[]) => this.#builder.inBlock(() => this.#statements(body));
        this.#builder.emit({ op: 'if', condition, accept: arm(s.accept), reject: arm(s.reject) });
        return;
      }
      case 'loop':
        this.#loop(s);
        return;
      default:
        throw unsupported(`a barrier inside a ${s.kind} statement`, s);
    }
  }

  #loop(s: Extract<Stmt, { kind: 'loop' }>): void {
    const exit = { name: 'break' };
    const builder = this.#builder;
    const round = builder.inBlock(() => {
      const leaveIf = (condition: Ir) => builder.emit({ op: 'br-if', label: exit, condition });
      if (s.condition) leaveIf(unary('i32.eqz', this.#uniform(s.condition)));
      this.#statements(s.body);
      this.#statements(s.continuing);
      if (s.breakIf) leaveIf(this.#uniform(s.breakIf));
    });
    builder.emit({ op: 'block', label: exit, body: [{ op: 'loop', label: { name: 'loop' }, body: round }] });
  }

  /** A condition as the first invocation finds it. */
  #uniform(condition: Expr): Ir {
    if (isBarrier(condition) || condition.effects)
      throw unsupported('a condition with effects around a barrier', condition);
    if (!this.#uniformity.isUniform(condition))
      throw unsupported('a barrier in control flow that is not evidently uniform', condition);
    const result = this.#builder.newLocal('i32');
    const decided = { name: 'decided' };
    const body = this.#builder.inBlock(() =>
      this.#region(() => {
        const value = lowerCondition(this.#builder, condition);
        this.#builder.emit({ op: 'set', index: result, value });
        this.#builder.emit({ op: 'br', label: decided });
      }),
    );
    this.#builder.emit({ op: 'block', label: decided, body });
    return getLocal('i32', result);
  }
}

function nestedLists(s: Stmt): readonly (readonly Stmt[])[] {
  switch (s.kind) {
    case 'block':
      return [s.body];
    case 'if':
      return [s.accept, s.reject];
    case 'loop':
      return [s.body, s.continuing];
    default:
      return [];
  }
}

/** A region may not be left by a jump: what follows would have to know which invocations are gone. */
function refuseEscapes(body: readonly Stmt[], loops = 0): void {
  for (const s of body) {
    if (s.kind === 'return') throw unsupported("'return' beside a barrier", s);
    if ((s.kind === 'break' || s.kind === 'continue') && loops === 0)
      throw unsupported(`'${s.kind}' out of a loop with a barrier`, s);
    if (s.kind === 'switch') for (const clause of s.cases) refuseEscapes(clause.body, loops + 1);
    for (const list of nestedLists(s)) refuseEscapes(list, s.kind === 'loop' ? loops + 1 : loops);
  }
}
