import { flatCount, flatScalars, type ScalarName, type ScalarType, type Type } from '../types';

/** A scalar constant: boolean for bool, bigint for abstract-int, else a number (f32 already rounded). */
export type ScalarValue = boolean | bigint | number;

/** A constant of any constructible type, flattened to its scalars in order. */
export interface Value {
  readonly type: Type;
  readonly scalars: readonly ScalarValue[];
}

/** Raised by const evaluation where the specification makes the result a shader-creation error. */
export class ConstError extends Error {}

const abstractIntMin = -(2n ** 63n);
const abstractIntMax = 2n ** 63n - 1n;

/** Zero of a scalar type. */
export function zeroScalar(name: ScalarName): ScalarValue {
  if (name === 'bool') return false;
  return name === 'abstract-int' ? 0n : 0;
}

/** Zero of a constructible type. */
export function zeroValue(type: Type): Value {
  return { type, scalars: flatScalars(type).map((scalar) => zeroScalar(scalar.name)) };
}

/** Rounds or range-checks the result of const arithmetic to its type, or raises {@link ConstError}. */
export function represent(name: ScalarName, value: number | bigint): ScalarValue {
  switch (name) {
    case 'abstract-int': {
      const exact = BigInt(value);
      if (exact < abstractIntMin || exact > abstractIntMax) throw new ConstError('abstract-int overflow');
      return exact;
    }
    case 'i32':
      return Number(value) | 0;
    case 'u32':
      return Number(value) >>> 0;
    case 'f32': {
      const rounded = Math.fround(Number(value));
      if (!Number.isFinite(rounded)) throw new ConstError(`value ${value} is not finite as f32`);
      return rounded;
    }
    default: {
      const double = Number(value);
      if (!Number.isFinite(double)) throw new ConstError('abstract-float overflow');
      return double;
    }
  }
}

/** Implicit conversion of one scalar; raises {@link ConstError} where the value does not fit. */
export function convertScalar(value: ScalarValue, from: ScalarType, to: ScalarType): ScalarValue {
  if (from.name === to.name) return value;
  if (from.name === 'abstract-int') {
    const exact = value as bigint;
    if (to.name === 'i32' && (exact < -(2n ** 31n) || exact >= 2n ** 31n))
      throw new ConstError(`value ${exact} cannot be represented as i32`);
    if (to.name === 'u32' && (exact < 0n || exact >= 2n ** 32n))
      throw new ConstError(`value ${exact} cannot be represented as u32`);
    return represent(to.name, exact);
  }
  return represent(to.name, value as number);
}

/** Converts a constant to another type of the same shape. */
export function convertValue(value: Value, to: Type): Value {
  const from = flatScalars(value.type);
  const target = flatScalars(to);
  return { type: to, scalars: value.scalars.map((scalar, i) => convertScalar(scalar, from[i], target[i])) };
}

/** An explicit conversion such as `u32(x)`: saturating from floats, bit-preserving between integers. */
export function castScalar(value: ScalarValue, from: ScalarType, to: ScalarType): ScalarValue {
  if (from.name === to.name) return value;
  if (to.name === 'bool') return typeof value === 'bigint' ? value !== 0n : Number(value) !== 0;
  if (typeof value === 'boolean') return represent(to.name, value ? 1 : 0);
  if (
    from.name.startsWith('abstract') &&
    (from.name === 'abstract-int' || to.name === 'f32' || to.name === 'abstract-float')
  )
    return convertScalar(value, from, to);
  if (typeof value === 'number' && (from.name === 'f32' || from.name === 'abstract-float')) {
    // Both bounds are the largest floats of the kind inside the integer's range.
    const top =
      from.name === 'f32' ? { i32: 2147483520, u32: 4294967040 } : { i32: 2147483647, u32: 4294967295 };
    if (to.name === 'i32') return Math.trunc(Math.min(Math.max(value, -2147483648), top.i32));
    if (to.name === 'u32') return Math.trunc(Math.min(Math.max(value, 0), top.u32));
  }
  return represent(to.name, value);
}

/** The part of a composite that begins at scalar `start`. */
export function slice(value: Value, start: number, type: Type): Value {
  return { type, scalars: value.scalars.slice(start, start + flatCount(type)) };
}

/** A scalar constant as a JavaScript number (bool as 0 or 1). */
export function toNumber(value: ScalarValue): number {
  return Number(value);
}
