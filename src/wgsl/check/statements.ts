import type { AssignElem, BlockElem, ExpressionElem, Statement, SwitchClauseElem } from 'wesl/core';
import { Mistake, type Span, unsupported } from '../diagnostics';
import type { BinaryOp, Expr, Fn, Stmt, SwitchCase } from '../tree';
import { bool, i32, isInteger, sameType, typeName, u32, vector } from '../types';
import { canLeave } from './behavior';
import { commonScalar } from './conversions';
import { checkConstAssert, localVariable } from './declarations';
import {
  binary,
  checkAs,
  checkExpr,
  checkValue,
  constant,
  converted,
  loaded,
  materialized,
  swizzleLanes,
} from './expressions';
import { type Context, Scope } from './scope';

/** Where a statement stands: what it may break out of, and whether it is inside a `continuing`. */
export interface Place extends Context {
  readonly fn: Fn;
  readonly canBreak: boolean;
  readonly canContinue: boolean;
  readonly inContinuing: boolean;
  /** Reports a mistake so that the next statement can still be checked. */
  readonly report: (error: unknown) => void;
}

/** The statements of a block in a scope of their own. */
export function checkBlock(block: BlockElem, place: Place): Stmt[] {
  return checkStatements(block.body, { ...place, scope: new Scope(place.scope) });
}

/** Statements in the scope given. */
export function checkStatements(body: readonly Statement[], place: Place): Stmt[] {
  return body.flatMap((statement) => {
    try {
      place.fn.size++;
      return checkStatement(statement, place) ?? [];
    } catch (error) {
      place.report(error);
      return [];
    }
  });
}

function checkStatement(elem: Statement, place: Place): Stmt | undefined {
  const { start, end } = elem;
  const span = { start, end };
  switch (elem.kind) {
    case 'empty':
    case 'continuing':
      return undefined;
    case 'assert':
      checkConstAssert(elem, place);
      return undefined;
    case 'const':
      localVariable(elem, place);
      return undefined;
    case 'let':
    case 'var': {
      const variable = localVariable(elem, place);
      return { kind: 'declare', variable, init: variable.init, ...span };
    }
    case 'block':
      return { kind: 'block', body: checkBlock(elem, place), ...span };
    case 'assign':
      return checkAssign(elem, place);
    case 'increment':
    case 'decrement':
      return checkIncrement(elem.target, elem.kind === 'increment' ? '+' : '-', elem, place);
    case 'call':
      return checkCallStatement(checkExpr(elem.call, place), span);
    case 'if': {
      const condition = checkAs(elem.condition, bool, place, 'if condition');
      const otherwise = elem.else ? checkStatements([elem.else], place) : [];
      return { kind: 'if', condition, accept: checkBlock(elem.body, place), reject: otherwise, ...span };
    }
    case 'while': {
      const condition = checkAs(elem.condition, bool, place, 'while condition');
      return { kind: 'loop', condition, body: checkBlock(elem.body, inLoop(place)), continuing: [], ...span };
    }
    case 'for':
      return checkFor(elem, place);
    case 'loop':
      return checkLoop(elem, place);
    case 'switch':
      return checkSwitch(elem, place);
    case 'break':
      if (elem.condition) return undefined; // a `break if`, read by its continuing block
      if (!place.canBreak) throw new Mistake("'break' outside of a loop or switch", elem);
      return { kind: 'break', ...span };
    case 'continue':
      if (!place.canContinue) throw new Mistake("'continue' outside of a loop", elem);
      return { kind: 'continue', ...span };
    case 'return':
      return checkReturn(elem.value, elem, place);
    case 'discard':
      throw unsupported("the statement 'discard'", elem);
  }
}

const inLoop = (place: Place): Place => ({
  ...place,
  canBreak: true,
  canContinue: true,
  inContinuing: false,
});

function checkReturn(value: ExpressionElem | undefined, { start, end }: Span, place: Place): Stmt {
  const { returnType, name } = place.fn;
  if (place.inContinuing) throw new Mistake("'return' inside a continuing block", { start, end });
  if (!value) {
    if (returnType.kind !== 'void')
      throw new Mistake(`'${name}' must return ${typeName(returnType)}`, { start, end });
    return { kind: 'return', start, end };
  }
  if (returnType.kind === 'void') throw new Mistake(`'${name}' returns no value`, { start, end });
  return { kind: 'return', value: checkAs(value, returnType, place, 'return value'), start, end };
}

/** Builtins whose value must be used; a function call may drop its result. */
function checkCallStatement(expr: Expr, { start, end }: Span): Stmt {
  if (expr.kind !== 'call' && !(expr.kind === 'builtin' && expr.effects))
    throw new Mistake('the value of this call must be used', { start, end });
  return { kind: 'evaluate', expr, start, end };
}

function checkFor(elem: Extract<Statement, { kind: 'for' }>, outer: Place): Stmt {
  const { start, end } = elem;
  const place = { ...outer, scope: new Scope(outer.scope) };
  const init = elem.init ? checkStatements([elem.init], place) : [];
  const condition = elem.condition && checkAs(elem.condition, bool, place, 'for condition');
  const continuing = elem.update ? checkStatements([elem.update], place) : [];
  const body = checkBlock(elem.body, inLoop(place));
  if (!condition) mustLeave(body, elem);
  const loop: Stmt = { kind: 'loop', condition, body, continuing, start, end };
  return { kind: 'block', body: [...init, loop], start, end };
}

function mustLeave(body: readonly Stmt[], span: Span): void {
  if (!canLeave(body)) throw new Mistake('this loop never ends', span);
}

function checkLoop(elem: Extract<Statement, { kind: 'loop' }>, outer: Place): Stmt {
  const { start, end } = elem;
  // The continuing block sees what the body declares.
  const place = { ...inLoop(outer), scope: new Scope(outer.scope) };
  const body = checkStatements(elem.body.body, place);
  const last = elem.body.body[elem.body.body.length - 1];
  if (!elem.continuing) {
    mustLeave(body, elem);
    return { kind: 'loop', body, continuing: [], start, end };
  }
  if (last !== elem.continuing)
    throw new Mistake("'continuing' must be the last statement of a loop", elem.continuing);
  const inner: Place = {
    ...place,
    scope: new Scope(place.scope),
    canBreak: false,
    canContinue: false,
    inContinuing: true,
  };
  const continuing = checkStatements(elem.continuing.body.body, inner);
  const breakIf = elem.continuing.breakIf && checkAs(elem.continuing.breakIf, bool, inner, 'break if');
  if (!breakIf) mustLeave(body, elem);
  return { kind: 'loop', body, continuing, breakIf, start, end };
}

function checkSwitch(elem: Extract<Statement, { kind: 'switch' }>, place: Place): Stmt {
  const { start, end } = elem;
  const selector = checkValue(elem.selector, place);
  const selectors = elem.clauses.map((clause) =>
    clause.selectors.map((s) => (s === 'default' ? s : checkValue(s, place))),
  );
  const type = switchType(selector, selectors.flat());
  const inner = { ...place, canBreak: true };
  const cases = elem.clauses.map((clause, i) => switchCase(clause, selectors[i], type, inner));
  const defaults = selectors.flat().filter((s) => s === 'default');
  if (defaults.length !== 1) throw new Mistake('a switch needs exactly one default clause', elem);
  const values = cases.flatMap((c) => c.values);
  if (new Set(values).size !== values.length) throw new Mistake('duplicate switch case value', elem);
  return { kind: 'switch', selector: converted(selector, type, 'switch selector'), cases, start, end };
}

/** The concrete integer type that the selector and every case value convert to. */
function switchType(selector: Expr, cases: readonly (Expr | 'default')[]) {
  let type = selector.type;
  for (const value of cases) {
    if (value === 'default') continue;
    if (type.kind !== 'scalar' || value.type.kind !== 'scalar') break;
    const common = commonScalar(type, value.type);
    if (!common) throw new Mistake('case value and selector differ in type', value);
    type = common;
  }
  if (type.kind !== 'scalar' || !isInteger(type))
    throw new Mistake(`switch selector must be i32 or u32, not ${typeName(type)}`, selector);
  return type.name === 'u32' ? u32 : i32;
}

function switchCase(
  clause: SwitchClauseElem,
  selectors: readonly (Expr | 'default')[],
  type: typeof i32,
  place: Place,
): SwitchCase {
  const values = selectors.flatMap((selector) => {
    if (selector === 'default') return [];
    const value = converted(selector, type, 'case value').value;
    if (!value) throw new Mistake('case value must be a constant', selector);
    return [Number(value.scalars[0]) | 0];
  });
  return { values, isDefault: selectors.includes('default'), body: checkBlock(clause.body, place) };
}

function checkIncrement(target: ExpressionElem, op: '+' | '-', { start, end }: Span, place: Place): Stmt {
  const ref = writable(checkExpr(target, place));
  if (ref.type.kind !== 'scalar' || !isInteger(ref.type))
    throw new Mistake(`cannot increment or decrement ${typeName(ref.type)}`, { start, end });
  const value = constant({ type: ref.type, scalars: [1] }, { start, end });
  return { kind: 'assign', target: ref, value, op, start, end };
}

function writable(target: Expr): Expr {
  if (!target.ref) throw new Mistake('cannot assign to a value', target);
  if (target.ref.access === 'read') throw new Mistake('cannot assign to a read-only variable', target);
  return target;
}

function checkAssign(elem: AssignElem, place: Place): Stmt {
  const { lhs, start, end } = elem;
  if (lhs.kind === 'phony') {
    const expr = checkPhony(checkExpr(elem.rhs, place));
    return { kind: 'evaluate', expr, start, end };
  }
  const op = elem.op.value === '=' ? undefined : (elem.op.value.slice(0, -1) as BinaryOp);
  if (lhs.kind === 'component-member-expression') {
    const base = checkExpr(lhs.base, place);
    const pointee = base.type.kind === 'pointer' ? base.type.elem : base.type;
    const lanes = pointee.kind === 'vector' && swizzleLanes(lhs.access.name, pointee.size);
    if (lanes && lanes.length > 1) return assignSwizzle(base, lanes, op, checkValue(elem.rhs, place), elem);
  }
  const target = writable(checkExpr(lhs, place));
  const value = checkValue(elem.rhs, place);
  if (op)
    return {
      kind: 'assign',
      target,
      value: compoundOperand(op, loaded(target), value, elem),
      op,
      start,
      end,
    };
  if (target.type.kind === 'atomic') throw new Mistake('an atomic is written with atomicStore', target);
  return { kind: 'assign', target, value: converted(value, target.type, 'assignment'), start, end };
}

/** The right operand of `target op= value`, converted; the result must fit the target again. */
function compoundOperand(op: BinaryOp, current: Expr, value: Expr, span: Span): Expr {
  const combined = binary(op, current, value, { start: span.start, end: span.end });
  if (combined.kind !== 'binary' || !sameType(combined.type, current.type))
    throw new Mistake(`'${op}=' does not yield ${typeName(current.type)}`, span);
  return combined.right;
}

function assignSwizzle(
  base: Expr,
  lanes: readonly number[],
  op: BinaryOp | undefined,
  value: Expr,
  { start, end }: Span,
): Stmt {
  const span = { start, end };
  const target = writable(
    base.type.kind === 'pointer'
      ? {
          kind: 'deref',
          pointer: loaded(base),
          type: base.type.elem,
          ref: { space: base.type.space, access: base.type.access },
          effects: base.effects,
          ...span,
        }
      : base,
  );
  if (new Set(lanes).size !== lanes.length)
    throw new Mistake('a swizzle that is assigned cannot repeat a lane', span);
  if (target.type.kind !== 'vector') throw new Mistake('only a vector can be swizzled', span);
  const { elem } = target.type;
  const type = vector(lanes.length, elem);
  const current: Expr = {
    kind: 'swizzle',
    base: loaded(target),
    lanes,
    type,
    effects: target.effects,
    ...span,
  };
  const operand = op ? compoundOperand(op, current, value, span) : converted(value, type, 'assignment');
  return { kind: 'assign-swizzle', target, lanes, elem, value: operand, op, ...span };
}

/** `_ = expr` evaluates anything but a runtime array or an atomic. */
function checkPhony(expr: Expr): Expr {
  if (!expr.ref) return materialized(expr);
  return expr.type.kind === 'atomic' || (expr.type.kind === 'array' && expr.type.count === 'runtime')
    ? expr
    : loaded(expr);
}
