import type { Expr } from '../tree';
import {
  abstractFloat,
  abstractInt,
  f32,
  i32,
  isAbstract,
  type ScalarName,
  type ScalarType,
  sameType,
  type Type,
  withElement,
} from '../types';
import { convertValue } from '../values/value';

const ranks: Partial<Record<ScalarName, readonly ScalarName[]>> = {
  'abstract-float': ['f32'],
  'abstract-int': ['i32', 'u32', 'abstract-float', 'f32'],
};

/** Whether `from` converts implicitly to `to` (section "Conversion Rank"). */
export function converts(from: Type, to: Type): boolean {
  if (sameType(from, to)) return true;
  if (from.kind === 'scalar' && to.kind === 'scalar') return ranks[from.name]?.includes(to.name) ?? false;
  if (from.kind === 'vector' && to.kind === 'vector')
    return from.size === to.size && converts(from.elem, to.elem);
  if (from.kind === 'matrix' && to.kind === 'matrix')
    return from.columns === to.columns && from.rows === to.rows && converts(from.elem, to.elem);
  if (from.kind === 'array' && to.kind === 'array')
    return from.count === to.count && converts(from.elem, to.elem);
  return false;
}

/** The scalar both convert to, or undefined. */
export function commonScalar(a: ScalarType, b: ScalarType): ScalarType | undefined {
  if (converts(a, b)) return b;
  return converts(b, a) ? a : undefined;
}

/** The concrete scalar an abstract one becomes by default. */
export function concreteScalar(scalar: ScalarType): ScalarType {
  if (scalar.name === abstractInt.name) return i32;
  return scalar.name === abstractFloat.name ? f32 : scalar;
}

/** The type a value takes where nothing asks for another. */
export function concreteType(type: Type): Type {
  if (!isAbstract(type)) return type;
  if (type.kind === 'array') return { ...type, elem: concreteType(type.elem) };
  if (type.kind === 'struct')
    return {
      ...type,
      name: type.name.replace('abstract', 'f32'),
      members: type.members.map((member) => ({ ...member, type: concreteType(member.type) })),
    };
  const elem = type.kind === 'scalar' ? type : (type as Extract<Type, { elem: ScalarType }>).elem;
  return withElement(type, concreteScalar(elem));
}

/** The expression as a `type`, which it is known to convert to. Only constants ever change. */
export function convert(expr: Expr, type: Type): Expr {
  if (sameType(expr.type, type) || !expr.value) return expr;
  const value = convertValue(expr.value, type);
  return { kind: 'const', type, value, effects: false, start: expr.start, end: expr.end };
}
