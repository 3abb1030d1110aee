import type { ExpressionElem, UnaryExpression } from 'wesl/core';
import { applyBinary } from '../algebra';
import { Mistake, type Span } from '../diagnostics';
import type { BinaryOp, Expr, UnaryOp, Variable } from '../tree';
import {
  abstractInt,
  elementScalar,
  fixedCount,
  flatCount,
  isConstructible,
  isInteger,
  isNumeric,
  partTypes,
  type Type,
  typeName,
  u32,
  vector,
} from '../types';
import { constants } from '../values/constants';
import { literalValue } from '../values/literal';
import { ConstError, slice, type Value } from '../values/value';
import { checkCall } from './calls';
import { concreteType, convert, converts } from './conversions';
import { binaryTypes } from './operators';
import { type Binding, bind, type Operand } from './precedence';
import { Consequence, type Context } from './scope';

/** Runs const evaluation; what the specification calls a shader-creation error becomes a located mistake. */
export function evaluating<T>(span: Span, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConstError) throw new Mistake(error.message, span);
    throw error;
  }
}

export function constant(value: Value, span: Span): Expr {
  return { kind: 'const', type: value.type, value, effects: false, start: span.start, end: span.end };
}

/** Checks an expression and applies the load rule: the result is a value. */
export function checkValue(elem: ExpressionElem, context: Context): Expr {
  return loaded(checkExpr(elem, context));
}

/** The value of an expression that may be a reference. */
export function loaded(expr: Expr): Expr {
  if (!expr.ref) return expr;
  if (expr.ref.access === 'write') throw new Mistake('cannot read from a write-only variable', expr);
  const { type, effects, start, end } = expr;
  if (!isConstructible(type)) throw new Mistake(`${typeName(type)} cannot be read as a value`, expr);
  return { kind: 'load', source: expr, type, effects, start, end };
}

/** Checks a value and converts it to `type`, or says what was expected. */
export function checkAs(elem: ExpressionElem, type: Type, context: Context, what: string): Expr {
  return converted(checkValue(elem, context), type, what);
}

export function converted(expr: Expr, type: Type, what: string): Expr {
  if (!converts(expr.type, type))
    throw new Mistake(`${what}: expected ${typeName(type)}, got ${typeName(expr.type)}`, expr);
  return evaluating(expr, () => convert(expr, type));
}

/** The value in the concrete type it takes by default. */
export function materialized(expr: Expr): Expr {
  return evaluating(expr, () => convert(expr, concreteType(expr.type)));
}

/** Checks an expression; the result may be a reference. */
export function checkExpr(elem: ExpressionElem, context: Context): Expr {
  const expr = checkAny(elem, context);
  if (context.fn) context.fn.size++;
  return expr;
}

function checkAny(elem: ExpressionElem, context: Context): Expr {
  switch (elem.kind) {
    case 'literal':
      return evaluating(elem, () => constant(literalValue(elem.value), elem));
    case 'ref':
      return checkName(elem.ident.originalName, elem, context);
    case 'parenthesized-expression':
      return { ...checkExpr(elem.expression, context), start: elem.start, end: elem.end };
    case 'unary-expression':
      return checkUnary(elem, context);
    case 'binary-expression':
      return checkBinding(bind(elem), context);
    case 'component-expression':
      return checkIndex(checkExpr(elem.base, context), checkValue(elem.access, context), elem);
    case 'component-member-expression':
      return checkMember(checkExpr(elem.base, context), elem.access.name, elem);
    case 'call-expression':
      return checkCall(elem, context);
    default:
      throw new Mistake('a type cannot stand here; a value is expected', elem);
  }
}

function checkName(name: string, span: Span, context: Context): Expr {
  const entity = context.scope.find(name);
  if (!entity) throw new Mistake(`unresolved value '${name}'`, span);
  if (entity.kind === 'broken') throw new Consequence('', span);
  if (entity.kind !== 'variable') throw new Mistake(`'${name}' is not a value`, span);
  return named(entity.variable, span, context);
}

function named(variable: Variable, { start, end }: Span, context: Context): Expr {
  if (variable.value) return constant(variable.value, { start, end });
  if (variable.isModuleScope) context.fn?.uses.add(variable);
  const ref = variable.kind === 'var' ? { space: variable.space!, access: variable.access! } : undefined;
  if (!context.fn && variable.kind === 'var')
    throw new Mistake(`var '${variable.name}' cannot be used at module scope`, { start, end });
  return { kind: 'variable', variable, type: variable.type, ref, effects: false, start, end };
}

function checkUnary(elem: UnaryExpression, context: Context): Expr {
  const op = elem.operator.value;
  const { start, end } = elem;
  if (op === '&') return addressOf(checkExpr(elem.expression, context), elem);
  const operand = checkValue(elem.expression, context);
  const { type, effects } = operand;
  if (op === '*') return dereferenced(operand, elem);
  const scalar = elementScalar(type);
  const allowed =
    scalar &&
    type.kind !== 'matrix' &&
    ((op === '!' && scalar.name === 'bool') ||
      (op === '~' && isInteger(scalar)) ||
      (op === '-' && isNumeric(scalar) && scalar.name !== 'u32'));
  if (!allowed) throw new Mistake(`operator '${op}' does not take ${typeName(type)}`, elem);
  const value =
    operand.value &&
    evaluating(elem, () => ({
      type,
      scalars: operand.value!.scalars.map((x) => constants.unary(op as UnaryOp, scalar, x)),
    }));
  return { kind: 'unary', op: op as UnaryOp, operand, type, value, effects, start, end };
}

function addressOf(target: Expr, { start, end }: Span): Expr {
  if (!target.ref) throw new Mistake('cannot take the address of a value', { start, end });
  if (target.kind === 'index' && target.base.type.kind === 'vector')
    throw new Mistake('cannot take the address of a vector component', { start, end });
  const type: Type = { kind: 'pointer', elem: target.type, ...target.ref };
  return { kind: 'address', target, type, effects: target.effects, start, end };
}

function dereferenced(pointer: Expr, { start, end }: Span): Expr {
  const { type, effects } = pointer;
  if (type.kind !== 'pointer') throw new Mistake(`cannot dereference ${typeName(type)}`, { start, end });
  const ref = { space: type.space, access: type.access };
  return { kind: 'deref', pointer, type: type.elem, ref, effects, start, end };
}

function checkBinding(binding: Binding, context: Context): Expr {
  const { op, left, right } = binding;
  return binary(op, checkOperand(left, context), checkOperand(right, context), binding);
}

function checkOperand(operand: Operand, context: Context): Expr {
  return 'op' in operand ? checkBinding(operand, context) : checkValue(operand, context);
}

/** A binary expression of checked operands. */
export function binary(op: BinaryOp, left: Expr, right: Expr, { start, end }: Span): Expr {
  const span = { start, end };
  const types = binaryTypes(op, left, right);
  if (!types)
    throw new Mistake(`no operator '${op}' takes ${typeName(left.type)} and ${typeName(right.type)}`, span);
  const [l, r] = evaluating(span, () => [convert(left, types.left), convert(right, types.right)]);
  refuseConstOperand(op, types.left, r, span);
  const elem = elementScalar(types.left)!;
  const value =
    l.value && r.value
      ? evaluating(span, () => ({
          type: types.result,
          scalars: applyBinary(constants, op, l.value!, r.value!, elem),
        }))
      : undefined;
  const effects = l.effects || r.effects;
  return { kind: 'binary', op, left: l, right: r, type: types.result, value, effects, start, end };
}

/** Division by a constant zero and shifts by a constant bit width are errors even of runtime values. */
function refuseConstOperand(op: BinaryOp, left: Type, right: Expr, span: Span): void {
  if (!right.value) return;
  const scalars = right.value.scalars.map(Number);
  const elem = elementScalar(left)!;
  if ((op === '/' || op === '%') && isInteger(elem) && scalars.includes(0))
    throw new Mistake('integer division by zero', span);
  if ((op === '<<' || op === '>>') && elem.name !== abstractInt.name && scalars.some((by) => by >= 32))
    throw new Mistake('shift amount is not less than the bit width 32', span);
}

/** `base[index]`, through a pointer too. */
function checkIndex(base: Expr, index: Expr, { start, end }: Span): Expr {
  if (base.type.kind === 'pointer')
    return checkIndex(dereferenced(loaded(base), base), index, { start, end });
  const { type, ref } = base;
  if (type.kind !== 'array' && type.kind !== 'vector' && type.kind !== 'matrix')
    throw new Mistake(`cannot index ${typeName(type)}`, { start, end });
  const at = materialized(index);
  if (at.type.kind !== 'scalar' || !isInteger(at.type))
    throw new Mistake(`index must be i32 or u32, not ${typeName(at.type)}`, index);
  const elem = type.kind === 'matrix' ? vector(type.rows, type.elem) : type.elem;
  const position = at.value && Number(at.value.scalars[0]);
  const count =
    type.kind === 'array'
      ? typeof type.count === 'number'
        ? fixedCount(type)
        : Infinity
      : partTypes(type).length;
  if (position !== undefined && (position < 0 || position >= count))
    throw new Mistake(`index ${position} is out of bounds of ${typeName(type)}`, index);
  const value =
    base.value && position !== undefined ? slice(base.value, position * flatCount(elem), elem) : undefined;
  const effects = base.effects || at.effects;
  return { kind: 'index', base, index: at, type: elem, value, ref, effects, start, end };
}

const laneNames = ['xyzw', 'rgba'];

/** The lanes that a swizzle such as `xzy` picks from a vector of `size`, or undefined where it is none. */
export function swizzleLanes(name: string, size: number): number[] | undefined {
  for (const names of laneNames) {
    const lanes = [...name].map((letter) => names.indexOf(letter));
    if (lanes.length <= 4 && lanes.every((lane) => lane >= 0 && lane < size)) return lanes;
  }
  return undefined;
}

/** `base.name`: a struct member or a swizzle, through a pointer too. */
function checkMember(base: Expr, name: string, { start, end }: Span): Expr {
  if (base.type.kind === 'pointer')
    return checkMember(dereferenced(loaded(base), base), name, { start, end });
  const { type, effects, ref } = base;
  if (type.kind === 'struct') {
    const index = type.members.findIndex((member) => member.name === name);
    if (index < 0) throw new Mistake(`struct ${type.name} has no member '${name}'`, { start, end });
    const before = type.members.slice(0, index).reduce((sum, member) => sum + flatCount(member.type), 0);
    const memberType = type.members[index].type;
    const value = base.value && slice(base.value, before, memberType);
    return { kind: 'member', base, index, type: memberType, value, ref, effects, start, end };
  }
  const lanes = type.kind === 'vector' ? swizzleLanes(name, type.size) : undefined;
  if (type.kind !== 'vector' || !lanes)
    throw new Mistake(`${typeName(type)} has no member '${name}'`, { start, end });
  if (lanes.length === 1) {
    const index = constant({ type: u32, scalars: [lanes[0]] }, { start, end });
    return { ...checkIndex(base, index, { start, end }), start, end };
  }
  const source = loaded(base);
  const result = vector(lanes.length, type.elem);
  const value = source.value && { type: result, scalars: lanes.map((lane) => source.value!.scalars[lane]) };
  return { kind: 'swizzle', base: source, lanes, type: result, value, effects, start, end };
}
