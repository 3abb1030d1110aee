import type { Expr, Fn, Stmt, Variable } from '../tree';
import { flatCount, isConstructible, type Type } from '../types';

/** What lowering decides before it begins, from the whole of what an entry point reaches. */
export interface Usage {
  /** Functions reached, callees before callers. */
  readonly functions: readonly Fn[];
  /** Module-scope variables used by any of them. */
  readonly variables: ReadonlySet<Variable>;
  /** Variables (and pointer parameters) that must lie in memory, as they are indexed at run time or are large. */
  readonly inMemory: ReadonlySet<Variable>;
  /** Functions whose body goes in place of each call. */
  readonly inlined: ReadonlySet<Fn>;
}

/** Up to here a runtime index becomes a chain of selects instead of an address. */
const longestIndexedInSlots = 4;
const mostSlots = 64;
/** Tree nodes, inlined callees included. */
const smallFunction = 110;
const largestInlined = 6000;

export function analyzeUsage(entry: Fn): Usage {
  const functions = calleesFirst(entry);
  const inMemory = new Set<Variable>();
  const sites = new Map<Fn, number>();
  for (const fn of functions) {
    for (const param of fn.params) if (isLargePointee(param.type)) inMemory.add(param);
    walkStatements(fn.body, {
      expr: (expr) => {
        if (isDynamicIndex(expr)) mark(rootOf(expr), inMemory);
        if (expr.kind !== 'call') return;
        sites.set(expr.fn, (sites.get(expr.fn) ?? 0) + 1);
        expr.fn.params.forEach((param, i) => {
          if (param.type.kind === 'pointer' && inMemory.has(param)) mark(rootOf(expr.args[i]), inMemory);
        });
      },
      declare: (variable) => {
        if (variable.kind === 'var' && isLarge(variable.type)) inMemory.add(variable);
      },
    });
  }
  const variables = new Set(functions.flatMap((fn) => [...fn.uses]));
  for (const variable of variables)
    if (variable.space === 'private' && isLarge(variable.type)) inMemory.add(variable);
  return { functions, variables, inMemory, inlined: chooseInlined(functions, entry, sites) };
}

function calleesFirst(entry: Fn): Fn[] {
  const order = new Set<Fn>();
  const visit = (fn: Fn): void => {
    if (order.has(fn)) return;
    for (const callee of fn.calls) visit(callee);
    order.add(fn);
  };
  visit(entry);
  return [...order];
}

/** Small functions go everywhere; a larger one where it is called from a single place that is itself there once. */
function chooseInlined(functions: readonly Fn[], entry: Fn, sites: ReadonlyMap<Fn, number>): Set<Fn> {
  const inlined = new Set<Fn>([entry]);
  const sizes = new Map<Fn, number>();
  const sizeOf = (fn: Fn): number => {
    const known = sizes.get(fn);
    if (known !== undefined) return known;
    const nested = [...fn.calls].filter((callee) => inlined.has(callee));
    const size = nested.reduce((sum, callee) => sum + sizeOf(callee), fn.size);
    sizes.set(fn, size);
    return size;
  };
  for (const fn of functions)
    if (sizeOf(fn) <= smallFunction || (sites.get(fn) === 1 && sizeOf(fn) <= largestInlined)) inlined.add(fn);
  return inlined;
}

function isLarge(type: Type): boolean {
  return !isConstructible(type) || flatCount(type) > mostSlots;
}

function isLargePointee(type: Type): boolean {
  return (
    type.kind === 'pointer' && (type.space === 'function' || type.space === 'private') && isLarge(type.elem)
  );
}

function isDynamicIndex(expr: Expr): boolean {
  if (expr.kind !== 'index' || !expr.ref || expr.index.value || expr.base.type.kind !== 'array') return false;
  const { count } = expr.base.type;
  return typeof count !== 'number' || count > longestIndexedInSlots;
}

/** The variable or pointer parameter that a reference or pointer leads back to. */
export function rootOf(expr: Expr): Variable | undefined {
  switch (expr.kind) {
    case 'index':
    case 'member':
      return rootOf(expr.base);
    case 'deref':
      return rootOf(expr.pointer);
    case 'address':
      return rootOf(expr.target);
    case 'variable':
      return expr.variable.kind === 'let' && expr.variable.init ? rootOf(expr.variable.init) : expr.variable;
    default:
      return undefined;
  }
}

function mark(variable: Variable | undefined, set: Set<Variable>): void {
  if (variable) set.add(variable);
}

interface Visitor {
  expr(expr: Expr): void;
  declare(variable: Variable): void;
}

export function walkStatements(body: readonly Stmt[], visitor: Visitor): void {
  for (const statement of body) walkStatement(statement, visitor);
}

function walkStatement(s: Stmt, visitor: Visitor): void {
  const walk = (expr: Expr | undefined) => expr && walkExpr(expr, visitor);
  switch (s.kind) {
    case 'declare':
      visitor.declare(s.variable);
      walk(s.init);
      return;
    case 'assign':
    case 'assign-swizzle':
      walk(s.target);
      walk(s.value);
      return;
    case 'evaluate':
      walk(s.expr);
      return;
    case 'if':
      walk(s.condition);
      walkStatements(s.accept, visitor);
      walkStatements(s.reject, visitor);
      return;
    case 'loop':
      walk(s.condition);
      walkStatements(s.body, visitor);
      walkStatements(s.continuing, visitor);
      walk(s.breakIf);
      return;
    case 'switch':
      walk(s.selector);
      for (const clause of s.cases) walkStatements(clause.body, visitor);
      return;
    case 'block':
      walkStatements(s.body, visitor);
      return;
    case 'return':
      walk(s.value);
  }
}

function walkExpr(expr: Expr, visitor: Visitor): void {
  visitor.expr(expr);
  for (const child of childrenOf(expr)) walkExpr(child, visitor);
}

/** The expressions that an expression is made of. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'load':
      return [expr.source];
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'member':
    case 'swizzle':
      return [expr.base];
    case 'index':
      return [expr.base, expr.index];
    case 'deref':
      return [expr.pointer];
    case 'address':
      return [expr.target];
    case 'call':
    case 'builtin':
    case 'construct':
      return expr.args;
    default:
      return [];
  }
}
