import type { Expr, Fn, Stmt, Variable } from '../tree';
import { childrenOf, rootOf, walkStatements } from './usage';

/**
 * A conservative uniformity analysis, for conditions around barriers: whether all invocations of a workgroup are sure
 * to find the same value. What each variable may hold, and the conditions under which it is written, decide.
 */
export class Uniformity {
  readonly #sources = new Map<Variable, (Expr | undefined)[]>();
  readonly #assumed = new Set<Variable>();

  constructor(entry: Fn) {
    this.#collect(entry.body, []);
    walkStatements(entry.body, {
      // A variable whose address is taken may be written anywhere.
      expr: (expr) => {
        if (expr.kind === 'address') this.#note(rootOf(expr.target), undefined);
      },
      declare: () => {},
    });
  }

  isUniform(expr: Expr): boolean {
    if (expr.value) return true;
    if (expr.kind === 'variable') return this.#isUniformVariable(expr.variable);
    if (expr.kind === 'builtin' && expr.name === 'arrayLength') return true;
    if (expr.kind === 'builtin' && expr.name === 'workgroupUniformLoad') return true;
    if (expr.effects || expr.kind === 'deref' || expr.kind === 'address') return false;
    return childrenOf(expr).every((child) => this.isUniform(child));
  }

  #isUniformVariable(variable: Variable): boolean {
    const { kind, space, access, builtin, init } = variable;
    if (kind === 'override') return true;
    if (kind === 'param') return builtin === 'workgroup_id' || builtin === 'num_workgroups';
    if (kind === 'let') return init !== undefined && this.isUniform(init);
    if (space === 'uniform' || (space === 'storage' && access === 'read')) return true;
    if (space !== 'function') return false;
    // Assumed while it is being looked into: a cycle adds nothing that is not uniform.
    if (this.#assumed.has(variable)) return true;
    this.#assumed.add(variable);
    const sources = [...(this.#sources.get(variable) ?? []), ...(init ? [init] : [])];
    const result = sources.every((source) => source !== undefined && this.isUniform(source));
    this.#assumed.delete(variable);
    return result;
  }

  #note(variable: Variable | undefined, ...sources: (Expr | undefined)[]): void {
    if (variable) this.#sources.set(variable, [...(this.#sources.get(variable) ?? []), ...sources]);
  }

  #collect(body: readonly Stmt[], conditions: readonly Expr[]): void {
    for (const s of body) {
      switch (s.kind) {
        case 'assign':
        case 'assign-swizzle':
          this.#note(rootOf(s.target), s.value, ...indicesOf(s.target), ...conditions);
          break;
        case 'block':
          this.#collect(s.body, conditions);
          break;
        case 'if':
          this.#collect(s.accept, [...conditions, s.condition]);
          this.#collect(s.reject, [...conditions, s.condition]);
          break;
        case 'loop': {
          const own = [s.condition, s.breakIf].filter((c) => c !== undefined);
          const inner = [...conditions, ...own, ...jumpConditions(s.body)];
          this.#collect(s.body, inner);
          this.#collect(s.continuing, inner);
          break;
        }
        case 'switch':
          for (const clause of s.cases) this.#collect(clause.body, [...conditions, s.selector]);
      }
    }
  }
}

/** Conditions that decide on a jump: how often a loop's body runs depends on them. */
function jumpConditions(body: readonly Stmt[]): Expr[] {
  return body.flatMap((s) => {
    switch (s.kind) {
      case 'if': {
        const arms = [...s.accept, ...s.reject];
        return jumps(arms) ? [s.condition, ...jumpConditions(arms)] : [];
      }
      case 'switch': {
        const clauses = s.cases.flatMap((clause) => clause.body);
        return jumps(clauses) ? [s.selector, ...jumpConditions(clauses)] : [];
      }
      case 'block':
      case 'loop':
        return jumpConditions(s.body);
      default:
        return [];
    }
  });
}

function jumps(body: readonly Stmt[]): boolean {
  return body.some((s) => {
    switch (s.kind) {
      case 'break':
      case 'continue':
      case 'return':
        return true;
      case 'if':
        return jumps(s.accept) || jumps(s.reject);
      case 'switch':
        return s.cases.some((clause) => jumps(clause.body));
      case 'block':
      case 'loop':
        return jumps(s.body);
      default:
        return false;
    }
  });
}

/** Indices along a reference: which element is written depends on them. */
function indicesOf(target: Expr): Expr[] {
  if (target.kind === 'index') return [target.index, ...indicesOf(target.base)];
  return target.kind === 'member' ? indicesOf(target.base) : [];
}
