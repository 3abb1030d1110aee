import type { ExpressionElem } from 'wesl/core';
import { Mistake, unsupported } from '../diagnostics';
import type { Expr } from '../tree';
import {
  type AccessMode,
  type AddressSpace,
  bool,
  f32,
  i32,
  isAbstract,
  isFloat,
  isNumeric,
  matrix,
  type ScalarType,
  type Type,
  typeName,
  u32,
  vector,
} from '../types';
import { convert } from './conversions';
import { checkValue } from './expressions';
import { Consequence, type Context } from './scope';

const scalars: Record<string, ScalarType> = { bool, i32, u32, f32 };
const suffixes: Record<string, ScalarType> = { i: i32, u: u32, f: f32 };
const spaces = new Set(['function', 'private', 'workgroup', 'uniform', 'storage']);

/** The name of a template-elaborated identifier, and its template arguments if it has any. */
export function namedTemplate(
  elem: ExpressionElem,
): { name: string; params?: readonly ExpressionElem[] } | undefined {
  if (elem.kind === 'ref') return { name: elem.ident.originalName };
  if (elem.kind === 'type') return { name: elem.name.originalName, params: elem.templateParams };
  return undefined;
}

/** The type that an expression of the syntax tree names. */
export function resolveType(elem: ExpressionElem, context: Context): Type {
  const named = namedTemplate(elem);
  if (!named) throw new Mistake('expected a type', elem);
  const entity = context.scope.find(named.name);
  if (entity) {
    if (entity.kind === 'broken') throw new Consequence('', elem);
    if (entity.kind !== 'type') throw new Mistake(`'${named.name}' is not a type`, elem);
    return entity.type;
  }
  const type = predeclaredType(named.name, named.params, elem, context);
  if (!type) throw new Mistake(`unresolved type '${named.name}'`, elem);
  return type;
}

/** A predeclared type, or undefined where the name is none (or lacks the template arguments it needs). */
export function predeclaredType(
  name: string,
  params: readonly ExpressionElem[] | undefined,
  elem: ExpressionElem,
  context: Context,
): Type | undefined {
  refuseUnsupported(name, elem);
  if (Object.hasOwn(scalars, name)) return scalars[name];
  const vec = /^vec([234])([iuf])?$/.exec(name);
  if (vec) {
    if (!vec[2] && !params) return undefined;
    return vector(Number(vec[1]), vec[2] ? suffixes[vec[2]] : scalarParam(params!, elem, context));
  }
  const mat = /^mat([234])x([234])(f)?$/.exec(name);
  if (mat) {
    if (!mat[3] && !params) return undefined;
    const of = mat[3] ? f32 : scalarParam(params!, elem, context);
    if (!isFloat(of)) throw new Mistake(`a matrix cannot be made of ${of.name}`, elem);
    return matrix(Number(mat[1]), Number(mat[2]), of);
  }
  if (name === 'array') return params && arrayType(params, elem, context);
  if (name === 'atomic') {
    const of = params && scalarParam(params, elem, context);
    if (of?.name !== 'i32' && of?.name !== 'u32') throw new Mistake('atomic takes i32 or u32', elem);
    return { kind: 'atomic', elem: of };
  }
  return name === 'ptr' && params ? pointerType(params, elem, context) : undefined;
}

function refuseUnsupported(name: string, elem: ExpressionElem): void {
  if (name === 'f16' || /^(vec[234]|mat[234]x[234])h$/.test(name)) throw unsupported("the type 'f16'", elem);
  if (name.startsWith('texture_') || name.startsWith('sampler'))
    throw unsupported(`the type '${name}'`, elem);
}

function scalarParam(params: readonly ExpressionElem[], elem: ExpressionElem, context: Context): ScalarType {
  const type = resolveType(params[0], context);
  if (type.kind !== 'scalar' || isAbstract(type)) throw new Mistake('expected a scalar type', elem);
  return type;
}

function arrayType(params: readonly ExpressionElem[], span: ExpressionElem, context: Context): Type {
  const elem = resolveType(params[0], context);
  if (params.length === 1) return { kind: 'array', elem, count: 'runtime' };
  const count = checkValue(params[1], context);
  const shown = typeName(count.type);
  if (count.type.kind !== 'scalar' || !isNumeric(count.type) || isFloat(count.type))
    throw new Mistake(`array count must be an integer, not ${shown}`, params[1]);
  if (!count.value) {
    if (!isOverrideExpression(count)) throw new Mistake('array count is not a constant', params[1]);
    return { kind: 'array', elem, count };
  }
  const fixed = Number(convert(count, count.type).value!.scalars[0]);
  if (fixed < 1) throw new Mistake('array count must be greater than 0', span);
  return { kind: 'array', elem, count: fixed };
}

/** Whether only overrides keep the expression from being constant. */
export function isOverrideExpression(expr: Expr): boolean {
  if (expr.value) return true;
  switch (expr.kind) {
    case 'variable':
      return expr.variable.kind === 'override';
    case 'unary':
      return isOverrideExpression(expr.operand);
    case 'binary':
      return isOverrideExpression(expr.left) && isOverrideExpression(expr.right);
    case 'builtin':
    case 'construct':
      return expr.args.every(isOverrideExpression);
    case 'swizzle':
      return isOverrideExpression(expr.base);
    case 'index':
      return isOverrideExpression(expr.base) && isOverrideExpression(expr.index);
    default:
      return false;
  }
}

function pointerType(params: readonly ExpressionElem[], span: ExpressionElem, context: Context): Type {
  const space = namedTemplate(params[0])?.name ?? '';
  if (!spaces.has(space)) throw new Mistake(`'${space}' is not an address space`, params[0]);
  if (params.length < 2) throw new Mistake('ptr takes an address space and a type', span);
  const elem = resolveType(params[1], context);
  const access = params[2] && namedTemplate(params[2])?.name;
  return {
    kind: 'pointer',
    space: space as AddressSpace,
    elem,
    access: (access as AccessMode) ?? defaultAccess(space as AddressSpace),
  };
}

export function defaultAccess(space: AddressSpace): AccessMode {
  return space === 'storage' || space === 'uniform' ? 'read' : 'read_write';
}
