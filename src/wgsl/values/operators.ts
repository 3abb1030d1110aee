import type { BinaryOp, UnaryOp } from '../tree';
import type { ScalarName } from '../types';
import { ConstError, represent, type ScalarValue } from './value';

/** A unary operator on a scalar constant. */
export function unaryScalar(op: UnaryOp, type: ScalarName, value: ScalarValue): ScalarValue {
  if (op === '!') return !value;
  if (op === '~') return typeof value === 'bigint' ? ~value : represent(type, ~(value as number));
  // The most negative integer is its own negation, at 64 bits as at 32.
  return typeof value === 'bigint' ? BigInt.asIntN(64, -value) : represent(type, -(value as number));
}

/** A binary operator on two scalar constants of one type (`type`), shift amounts being u32 or abstract-int. */
export function binaryScalar(op: BinaryOp, type: ScalarName, a: ScalarValue, b: ScalarValue): ScalarValue {
  const comparison = compare(op, a, b);
  if (comparison !== undefined) return comparison;
  if (typeof a === 'boolean') return logical(op, a, b as boolean);
  if (op === '<<' || op === '>>') return shift(op, type, a, b as number | bigint);
  if (typeof a === 'bigint') return represent(type, abstractInteger(op, a, b as bigint));
  if (type === 'i32' || type === 'u32') return represent(type, integer(op, type, a, b as number));
  return represent(type, float(op, a, b as number));
}

function compare(op: BinaryOp, a: ScalarValue, b: ScalarValue): boolean | undefined {
  switch (op) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}

function logical(op: BinaryOp, a: boolean, b: boolean): boolean {
  if (op === '&' || op === '&&') return a && b;
  if (op === '|' || op === '||') return a || b;
  return a !== b;
}

function shift(op: '<<' | '>>', type: ScalarName, a: number | bigint, amount: number | bigint): ScalarValue {
  const by = Number(amount);
  if (typeof a === 'bigint') {
    if (op === '>>') return a >> BigInt(by);
    if (by >= 64) {
      if (a !== 0n) throw new ConstError('shift left overflows abstract-int');
      return 0n;
    }
    return represent(type, a << BigInt(by));
  }
  if (by >= 32) throw new ConstError(`shift amount ${by} is not less than the bit width 32`);
  if (op === '>>') return type === 'u32' ? a >>> by : a >> by;
  const exact = BigInt(a) << BigInt(by);
  if (type === 'u32' ? exact > 0xffffffffn : BigInt.asIntN(32, exact) !== exact)
    throw new ConstError('shift left overflows');
  return represent(type, BigInt.asIntN(32, exact));
}

function abstractInteger(op: BinaryOp, a: bigint, b: bigint): bigint {
  if ((op === '/' || op === '%') && b === 0n) throw new ConstError('integer division by zero');
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    default:
      return a ^ b;
  }
}

function integer(op: BinaryOp, type: 'i32' | 'u32', a: number, b: number): number {
  if (op === '/' || op === '%') {
    if (b === 0) throw new ConstError('integer division by zero');
    if (type === 'i32' && a === -2147483648 && b === -1)
      throw new ConstError('integer division overflows i32');
    return op === '/' ? Math.trunc(a / b) : a % b;
  }
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return Math.imul(a, b);
    case '&':
      return a & b;
    case '|':
      return a | b;
    default:
      return a ^ b;
  }
}

function float(op: BinaryOp, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    default:
      return a % b;
  }
}
