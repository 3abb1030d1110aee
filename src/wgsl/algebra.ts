import type { BinaryOp, UnaryOp } from './tree';
import { flatScalars, type ScalarType, type Type } from './types';

/**
 * What operators and builtins are written over: scalars of some kind `T`. Const evaluation computes with values,
 * lowering with IR expressions; the shape rules (component-wise, splat, matrix products) exist once, here.
 */
export interface Algebra<T> {
  constant(elem: ScalarType, value: number): T;
  unary(op: UnaryOp, elem: ScalarType, a: T): T;
  binary(op: BinaryOp, elem: ScalarType, a: T, b: T): T;
  /** A builtin's scalar kernel. */
  call(name: string, elem: ScalarType, args: readonly T[]): T;
  /** Makes a scalar cheap to use more than once. */
  keep(a: T): T;
}

export interface Shaped<T> {
  readonly type: Type;
  readonly scalars: readonly T[];
}

/** Any binary operator on operands whose element types already agree (shifts aside). */
export function applyBinary<T>(
  algebra: Algebra<T>,
  op: BinaryOp,
  left: Shaped<T>,
  right: Shaped<T>,
  elem: ScalarType,
): T[] {
  const a = left.type;
  const b = right.type;
  if (
    op === '*' &&
    (a.kind === 'matrix' || b.kind === 'matrix') &&
    a.kind !== 'scalar' &&
    b.kind !== 'scalar'
  )
    return multiply(algebra, left, right, elem);
  const count = Math.max(left.scalars.length, right.scalars.length);
  const spread = (side: Shaped<T>) =>
    side.scalars.length === count ? side.scalars : splat(algebra.keep(side.scalars[0]), count);
  const [l, r] = [spread(left), spread(right)];
  return l.map((scalar, i) => algebra.binary(op, elem, scalar, r[i]));
}

export function splat<T>(scalar: T, count: number): T[] {
  return Array.from({ length: count }, () => scalar);
}

/** Sum of products in index order. */
export function dot<T>(algebra: Algebra<T>, elem: ScalarType, a: readonly T[], b: readonly T[]): T {
  const products = a.map((scalar, i) => algebra.binary('*', elem, scalar, b[i]));
  return products.reduce((sum, product) => algebra.binary('+', elem, sum, product));
}

/** Matrix times matrix, matrix times column vector, row vector times matrix (column-major scalars). */
function multiply<T>(algebra: Algebra<T>, left: Shaped<T>, right: Shaped<T>, elem: ScalarType): T[] {
  const a = left.type;
  const b = right.type;
  const rows = a.kind === 'matrix' ? a.rows : 1;
  const inner = a.kind === 'matrix' ? a.columns : left.scalars.length;
  const columns = b.kind === 'matrix' ? b.columns : 1;
  const l = left.scalars.map((scalar) => algebra.keep(scalar));
  const r = right.scalars.map((scalar) => algebra.keep(scalar));
  const result: T[] = [];
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) {
      const leftRow = Array.from({ length: inner }, (_, k) => l[k * rows + row]);
      result.push(dot(algebra, elem, leftRow, r.slice(column * inner, (column + 1) * inner)));
    }
  return result;
}

/** A value constructor: arguments flattened in order, each scalar cast to what stands there; one scalar splats. */
export function applyConstruct<T>(algebra: Algebra<T>, type: Type, args: readonly Shaped<T>[]): T[] {
  const targets = flatScalars(type);
  const sources = args.flatMap((arg) => flatScalars(arg.type));
  const scalars = args.flatMap((arg) => arg.scalars);
  const cast = (scalar: T, from: ScalarType, to: ScalarType) =>
    from.name === to.name ? scalar : algebra.call(to.name, from, [scalar]);
  if (type.kind === 'vector' && scalars.length === 1)
    return splat(algebra.keep(cast(scalars[0], sources[0], type.elem)), type.size);
  return scalars.map((scalar, i) => cast(scalar, sources[i], targets[i]));
}
