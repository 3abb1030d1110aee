import type { ExpressionElem } from 'wesl/core';
import { applyBuiltin } from '../builtins';
import { Mistake, type Span, unsupported } from '../diagnostics';
import type { Expr } from '../tree';
import {
  abstractFloat,
  bool,
  elementScalar,
  flatCount,
  i32,
  isFloat,
  isNumeric,
  matrix,
  type PointerType,
  type StructType,
  type Type,
  typeName,
  u32,
  voidType,
  withElement,
} from '../types';
import { constants } from '../values/constants';
import { converts } from './conversions';
import { converted, evaluating, materialized } from './expressions';
import type { Context } from './scope';
import { isValueBuiltin, resolveBuiltin } from './signatures';
import { resolveType } from './types';

const atomics = new Set(
  ['Load', 'Store', 'Add', 'Sub', 'Max', 'Min', 'And', 'Or', 'Xor', 'Exchange', 'CompareExchangeWeak'].map(
    (name) => `atomic${name}`,
  ),
);
const others = new Set(['bitcast', 'arrayLength', 'determinant', 'transpose', 'modf', 'frexp']);
const barriers = new Set(['workgroupBarrier', 'storageBarrier', 'workgroupUniformLoad']);
const refused = /^(texture[A-Z]\w*|subgroup\w+|quad[BS]\w+|dpd[xy]\w*|fwidth\w*)$/;

export const isBuiltin = (name: string): boolean =>
  isValueBuiltin(name) || atomics.has(name) || others.has(name) || barriers.has(name) || refused.test(name);

/** A call of a builtin function. */
export function checkBuiltin(
  name: string,
  params: readonly ExpressionElem[] | undefined,
  args: readonly Expr[],
  span: Span,
  context: Context,
): Expr {
  if (refused.test(name)) throw unsupported(`the builtin function '${name}'`, span);
  if (atomics.has(name)) return atomicCall(name, args, span);
  if (barriers.has(name)) return barrierCall(name, args, span);
  if (name === 'bitcast') return bitcast(params, args, span, context);
  if (name === 'arrayLength') return arrayLength(args, span);
  if (others.has(name)) return special(name, args, span);
  const resolved = resolveBuiltin(
    name,
    args.map((arg) => arg.type),
    args.every((arg) => arg.value),
  );
  if (!resolved) throw noOverload(name, args, span);
  const passed = args.map((arg, i) => converted(arg, resolved.params[i], `argument ${i + 1} of ${name}`));
  return call(name, passed, resolved.result, span);
}

function noOverload(name: string, args: readonly Expr[], span: Span): Mistake {
  return new Mistake(
    `no overload of ${name} takes (${args.map((arg) => typeName(arg.type)).join(', ')})`,
    span,
  );
}

/** The call's node, evaluated where its arguments are constant. */
function call(name: string, args: readonly Expr[], type: Type, { start, end }: Span): Expr {
  const isConst = args.length > 0 && args.every((arg) => arg.value);
  const value = isConst
    ? evaluating({ start, end }, () => ({
        type,
        scalars: applyBuiltin(
          constants,
          name,
          args.map((arg) => arg.value!),
          type,
        ),
      }))
    : undefined;
  return { kind: 'builtin', name, args, type, value, effects: args.some((arg) => arg.effects), start, end };
}

function special(name: string, args: readonly Expr[], span: Span): Expr {
  const [arg] = args;
  if (args.length !== 1) throw noOverload(name, args, span);
  const { type } = arg;
  if (name === 'determinant' || name === 'transpose') {
    if (type.kind !== 'matrix' || (name === 'determinant' && type.rows !== type.columns))
      throw noOverload(name, args, span);
    return call(
      name,
      args,
      name === 'determinant' ? type.elem : matrix(type.rows, type.columns, type.elem),
      span,
    );
  }
  const scalar = elementScalar(type);
  if (!scalar || type.kind === 'matrix' || !isNumeric(scalar)) throw noOverload(name, args, span);
  const elem = scalar.name === 'abstract-int' ? abstractFloat : scalar;
  if (!isFloat(elem)) throw noOverload(name, args, span);
  const whole = withElement(type, elem);
  return call(name, [converted(arg, whole, name)], splitResult(name, whole), span);
}

/** The predeclared result structs of modf and frexp; their name is their identity. */
function splitResult(name: string, whole: Type): StructType {
  const elem = elementScalar(whole)!;
  const isAbstract = elem.name === 'abstract-float';
  const shape = whole.kind === 'vector' ? `vec${whole.size}_` : '';
  const exponent = isAbstract ? ({ kind: 'scalar', name: 'abstract-int' } as const) : i32;
  const second =
    name === 'modf' ? { name: 'whole', type: whole } : { name: 'exp', type: withElement(whole, exponent) };
  return {
    kind: 'struct',
    name: `__${name}_result_${shape}${isAbstract ? 'abstract' : 'f32'}`,
    members: [{ name: 'fract', type: whole }, second],
  };
}

function bitcast(
  params: readonly ExpressionElem[] | undefined,
  args: readonly Expr[],
  span: Span,
  context: Context,
): Expr {
  if (params?.length !== 1 || args.length !== 1)
    throw new Mistake('bitcast takes one type and one value', span);
  const type = resolveType(params[0], context);
  const isUnsigned = elementScalar(type)?.name === 'u32' && converts(args[0].type, type);
  const arg = isUnsigned ? converted(args[0], type, 'bitcast') : materialized(args[0]);
  const [from, to] = [elementScalar(arg.type), elementScalar(type)];
  const fits =
    from && to && arg.type.kind !== 'matrix' && type.kind !== 'matrix' && isNumeric(from) && isNumeric(to);
  if (!fits || flatCount(arg.type) !== flatCount(type))
    throw new Mistake(`cannot bitcast ${typeName(arg.type)} to ${typeName(type)}`, span);
  const value =
    arg.value &&
    evaluating(span, () => ({
      type,
      scalars: arg.value!.scalars.map((x) => constants.call(`bitcast.${to.name}`, from, [x])),
    }));
  const { start, end } = span;
  return { kind: 'builtin', name: 'bitcast', args: [arg], type, value, effects: arg.effects, start, end };
}

function arrayLength(args: readonly Expr[], { start, end }: Span): Expr {
  const pointee = args.length === 1 && args[0].type.kind === 'pointer' ? args[0].type.elem : undefined;
  if (pointee?.kind !== 'array' || pointee.count !== 'runtime')
    throw new Mistake('arrayLength takes a pointer to a runtime-sized array', { start, end });
  return { kind: 'builtin', name: 'arrayLength', args, type: u32, effects: false, start, end };
}

function atomicCall(name: string, args: readonly Expr[], { start, end }: Span): Expr {
  const span = { start, end };
  const pointer = args[0]?.type as PointerType | undefined;
  if (pointer?.kind !== 'pointer' || pointer.elem.kind !== 'atomic') throw noOverload(name, args, span);
  const { elem } = pointer.elem;
  if (pointer.access !== 'read_write') throw new Mistake(`${name} needs read_write access`, span);
  const operands = name === 'atomicLoad' ? 0 : name === 'atomicCompareExchangeWeak' ? 2 : 1;
  if (args.length !== operands + 1) throw noOverload(name, args, span);
  const passed = args.map((arg, i) => (i === 0 ? arg : converted(arg, elem, `argument ${i + 1} of ${name}`)));
  const type: Type =
    name === 'atomicStore' ? voidType : operands === 2 ? exchangeResult(elem.name as 'i32') : elem;
  return { kind: 'builtin', name, args: passed, type, effects: true, ...span };
}

function exchangeResult(name: 'i32' | 'u32'): StructType {
  return {
    kind: 'struct',
    name: `__atomic_compare_exchange_result<${name}>`,
    members: [
      { name: 'old_value', type: { kind: 'scalar', name } },
      { name: 'exchanged', type: bool },
    ],
  };
}

function barrierCall(name: string, args: readonly Expr[], { start, end }: Span): Expr {
  const pointer = args[0]?.type;
  if (name !== 'workgroupUniformLoad') {
    if (args.length) throw noOverload(name, args, { start, end });
    return { kind: 'builtin', name, args, type: voidType, effects: true, start, end };
  }
  if (args.length !== 1 || pointer?.kind !== 'pointer' || pointer.space !== 'workgroup')
    throw noOverload(name, args, { start, end });
  const type = pointer.elem.kind === 'atomic' ? pointer.elem.elem : pointer.elem;
  return { kind: 'builtin', name, args, type, effects: true, start, end };
}
