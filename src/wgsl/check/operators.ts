import type { BinaryOp, Expr } from '../tree';
import {
  bool,
  elementScalar,
  isFloat,
  isInteger,
  isNumeric,
  matrix,
  type ScalarType,
  type Type,
  u32,
  vector,
  withElement,
} from '../types';
import { commonScalar, concreteScalar } from './conversions';

/** What the operands of a binary operator are converted to, and the type it yields. */
export interface BinaryTypes {
  readonly left: Type;
  readonly right: Type;
  readonly result: Type;
}

const isComparison = (op: BinaryOp): boolean => /^([<>]=?|[=!]=)$/.test(op);

/** Overload resolution of a binary operator; undefined where none fits. */
export function binaryTypes(op: BinaryOp, left: Expr, right: Expr): BinaryTypes | undefined {
  const a = elementScalar(left.type);
  const b = elementScalar(right.type);
  if (!a || !b) return undefined;
  if (op === '<<' || op === '>>') return shiftTypes(left, right, a, b);
  const elem = commonScalar(a, b);
  if (!elem) return undefined;
  const types = { left: withElement(left.type, elem), right: withElement(right.type, elem) };
  if (op === '&&' || op === '||')
    return left.type.kind === 'scalar' && right.type.kind === 'scalar' && elem.name === 'bool'
      ? { ...types, result: bool }
      : undefined;
  const shape = resultShape(op, types.left, types.right, elem);
  if (!shape || !allowsElement(op, elem)) return undefined;
  if (isComparison(op) || elem.name === 'bool') {
    if (left.type.kind !== right.type.kind || left.type.kind === 'matrix') return undefined;
    return { ...types, result: withElement(shape, bool) };
  }
  return { ...types, result: shape };
}

function allowsElement(op: BinaryOp, elem: ScalarType): boolean {
  switch (op) {
    case '&':
    case '|':
      return elem.name === 'bool' || isInteger(elem);
    case '^':
      return isInteger(elem);
    case '==':
    case '!=':
      return true;
    default:
      return isNumeric(elem);
  }
}

function shiftTypes(left: Expr, right: Expr, a: ScalarType, b: ScalarType): BinaryTypes | undefined {
  if (!isInteger(a) || !isInteger(b) || b.name === 'i32') return undefined;
  if (left.type.kind === 'matrix' || left.type.kind !== right.type.kind) return undefined;
  if (left.type.kind === 'vector' && left.type.size !== (right.type as { size: number }).size)
    return undefined;
  const elem = left.value && right.value ? a : concreteScalar(a);
  const result = withElement(left.type, elem);
  return { left: result, right: withElement(right.type, u32), result };
}

/** The result's shape over `elem`: component-wise, splat, or a matrix product. */
function resultShape(op: BinaryOp, a: Type, b: Type, elem: ScalarType): Type | undefined {
  if (a.kind === 'matrix' || b.kind === 'matrix')
    return isFloat(elem) ? matrixShape(op, a, b, elem) : undefined;
  if (a.kind === 'vector' && b.kind === 'vector') return a.size === b.size ? a : undefined;
  if (a.kind === 'vector') return isArithmetic(op) ? a : undefined;
  return b.kind === 'vector' && !isArithmetic(op) ? undefined : b;
}

const isArithmetic = (op: BinaryOp): boolean => ['+', '-', '*', '/', '%'].includes(op);

function matrixShape(op: BinaryOp, a: Type, b: Type, elem: ScalarType): Type | undefined {
  if (op === '+' || op === '-')
    return a.kind === 'matrix' && b.kind === 'matrix' && a.columns === b.columns && a.rows === b.rows
      ? a
      : undefined;
  if (op !== '*') return undefined;
  if (a.kind === 'scalar') return b;
  if (b.kind === 'scalar') return a;
  if (a.kind === 'matrix' && b.kind === 'matrix')
    return a.columns === b.rows ? matrix(b.columns, a.rows, elem) : undefined;
  if (a.kind === 'matrix' && b.kind === 'vector')
    return a.columns === b.size ? vector(a.rows, elem) : undefined;
  if (a.kind === 'vector' && b.kind === 'matrix')
    return a.size === b.rows ? vector(b.columns, elem) : undefined;
  return undefined;
}
