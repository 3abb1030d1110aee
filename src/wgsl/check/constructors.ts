import { applyConstruct } from '../algebra';
import { Mistake, type Span } from '../diagnostics';
import type { Expr } from '../tree';
import {
  abstractFloat,
  abstractInt,
  elementScalar,
  fixedCount,
  flatCount,
  isConstructible,
  isFloat,
  matrix,
  type ScalarType,
  sameType,
  type Type,
  typeName,
  vector,
  withElement,
} from '../types';
import { constants } from '../values/constants';
import { zeroValue } from '../values/value';
import { commonScalar, concreteType } from './conversions';
import { constant, converted, evaluating, materialized } from './expressions';

/** A zero value of more scalars than this is left to memory.fill instead of being spelled out. */
const longestZero = 4096;

/** `T(args)` for a type that is known: zero value, conversion, splat, or one argument a part. */
export function checkConstructor(type: Type, args: readonly Expr[], span: Span): Expr {
  if (!isConstructible(type)) throw new Mistake(`${typeName(type)} is not constructible`, span);
  if (args.length === 0)
    return flatCount(type) > longestZero ? constructed(type, [], span) : constant(zeroValue(type), span);
  switch (type.kind) {
    case 'scalar':
      return constructed(type, [scalarArgument(type, args, span)], span);
    case 'vector':
      return constructed(type, vectorArguments(type.size, type.elem, args, span), span);
    case 'matrix':
      return constructed(type, matrixArguments(type, args, span), span);
    default:
      return constructed(type, partArguments(type, args, span), span);
  }
}

/** `vec3(args)`, `mat2x2(args)`, `array(args)`: the element type comes from the arguments. */
export function inferConstructor(name: string, args: readonly Expr[], span: Span): Expr {
  if (name === 'array') return inferArray(args, span);
  const vec = /^vec([234])$/.exec(name);
  const mat = /^mat([234])x([234])$/.exec(name);
  if (!vec && !mat) throw new Mistake(`unresolved call target '${name}'`, span);
  let elem: ScalarType | undefined = args.length === 0 ? abstractInt : undefined;
  for (const arg of args) {
    const scalar = elementScalar(arg.type);
    const common: ScalarType | undefined = scalar && elem ? commonScalar(elem, scalar) : scalar;
    if (!common) throw new Mistake(`no constructor ${name} takes these arguments`, span);
    elem = common;
  }
  if (mat && elem!.name === 'abstract-int') elem = abstractFloat;
  if (!args.every((arg) => arg.value)) elem = concreteType(elem!) as ScalarType;
  if (vec) return checkConstructor(vector(Number(vec[1]), elem!), args, span);
  if (!isFloat(elem!)) throw new Mistake(`a matrix cannot be made of ${elem!.name}`, span);
  return checkConstructor(matrix(Number(mat![1]), Number(mat![2]), elem!), args, span);
}

function inferArray(args: readonly Expr[], span: Span): Expr {
  if (args.length === 0) throw new Mistake('array constructor needs arguments or an element count', span);
  let elem = args[0].type;
  for (const arg of args) {
    const [a, b] = [elementScalar(elem), elementScalar(arg.type)];
    const common = a && b && commonScalar(a, b);
    if (common) elem = withElement(elem, common);
    else if (!sameType(elem, arg.type)) throw new Mistake('array elements differ in type', arg);
  }
  if (!args.every((arg) => arg.value)) elem = concreteType(elem);
  return checkConstructor({ kind: 'array', elem, count: args.length }, args, span);
}

function scalarArgument(type: ScalarType, args: readonly Expr[], span: Span): Expr {
  const [arg] = args;
  if (args.length !== 1 || arg.type.kind !== 'scalar')
    throw new Mistake(`no constructor ${type.name} takes these arguments`, span);
  return arg.value ? arg : materialized(arg);
}

function vectorArguments(size: number, elem: ScalarType, args: readonly Expr[], span: Span): Expr[] {
  const [only] = args;
  if (args.length === 1 && only.type.kind === 'vector' && only.type.size === size) return [...args];
  const count = args.reduce((sum, arg) => sum + (arg.type.kind === 'vector' ? arg.type.size : 1), 0);
  const isSplat = args.length === 1 && only.type.kind === 'scalar';
  if (count !== size && !isSplat)
    throw new Mistake(`vec${size} takes ${size} components, got ${count}`, span);
  return args.map((arg) => {
    const scalar = arg.type.kind === 'matrix' ? undefined : elementScalar(arg.type);
    if (!scalar) throw new Mistake(`a vector cannot be made of ${typeName(arg.type)}`, arg);
    return converted(arg, withElement(arg.type, elem), `component of vec${size}`);
  });
}

function matrixArguments(type: Extract<Type, { kind: 'matrix' }>, args: readonly Expr[], span: Span): Expr[] {
  const [only] = args;
  if (args.length === 1 && only.type.kind === 'matrix') {
    if (only.type.columns !== type.columns || only.type.rows !== type.rows)
      throw new Mistake(`cannot make ${typeName(type)} of ${typeName(only.type)}`, span);
    return [...args];
  }
  if (args.length === type.columns * type.rows)
    return args.map((arg) => converted(arg, type.elem, `component of ${typeName(type)}`));
  if (args.length !== type.columns)
    throw new Mistake(`wrong number of arguments for ${typeName(type)}`, span);
  return args.map((arg) => converted(arg, vector(type.rows, type.elem), `column of ${typeName(type)}`));
}

function partArguments(type: Type, args: readonly Expr[], span: Span): Expr[] {
  const parts =
    type.kind === 'struct'
      ? type.members.map((member) => member.type)
      : type.kind === 'array'
        ? Array.from({ length: fixedCount(type) }, () => type.elem)
        : [];
  if (parts.length !== args.length)
    throw new Mistake(`${typeName(type)} takes ${parts.length} values, got ${args.length}`, span);
  return args.map((arg, i) => converted(arg, parts[i], `value ${i + 1} of ${typeName(type)}`));
}

function constructed(type: Type, args: readonly Expr[], { start, end }: Span): Expr {
  const isConst = args.length > 0 && args.every((arg) => arg.value);
  const value = isConst
    ? evaluating({ start, end }, () => ({
        type,
        scalars: applyConstruct(
          constants,
          type,
          args.map((arg) => arg.value!),
        ),
      }))
    : undefined;
  return { kind: 'construct', args, type, value, effects: args.some((arg) => arg.effects), start, end };
}
