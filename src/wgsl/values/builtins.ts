import type { ScalarName } from '../types';
import { f16Bits, f16Value } from './half';
import { unaryScalar } from './operators';
import { ConstError, castScalar, represent, type ScalarValue } from './value';

/** Scalar kernels of the builtin functions on constants, by what they work on. */
type FloatKernel = (...args: number[]) => number;

const clampNumber = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** Rounds half to even. */
export function roundEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5) return floor;
  return rest > 0.5 || floor % 2 !== 0 ? floor + 1 : floor;
}

/** Where a function of constants is defined; outside, the shader is in error. */
const domains: Record<string, (...args: number[]) => boolean> = {
  acos: (x) => Math.abs(x) <= 1,
  acosh: (x) => x >= 1,
  asin: (x) => Math.abs(x) <= 1,
  atanh: (x) => Math.abs(x) < 1,
  f16Bits: (x) => (f16Bits(x) & 0x7c00) !== 0x7c00,
  inverseSqrt: (x) => x > 0,
  log: (x) => x > 0,
  log2: (x) => x > 0,
  pow: (x, y) => x > 0 || (x === 0 && y > 0),
  quantizeToF16: (x) => Math.abs(x) <= 65504,
  smoothstep: (low, high) => low !== high,
  sqrt: (x) => x >= 0,
};

function checkDomain(name: string, args: readonly number[]): void {
  if (domains[name]?.(...args) === false) throw new ConstError(`${name} is not defined for this value`);
}

const floatKernels: Record<string, FloatKernel> = {
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  atan2: Math.atan2,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  degrees: (x) => (x * 180) / Math.PI,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  floor: Math.floor,
  fma: (a, b, c) => a * b + c,
  fract: (x) => x - Math.floor(x),
  'frexp.fract': (x) => scaled(x, -exponentOf(x)),
  inverseSqrt: (x) => 1 / Math.sqrt(x),
  ldexp: scaled,
  log: Math.log,
  log2: Math.log2,
  'modf.fract': (x) => x - Math.trunc(x),
  pow: (x, y) => x ** y,
  quantizeToF16: (x) => f16Value(f16Bits(x)),
  radians: (x) => (x * Math.PI) / 180,
  round: roundEven,
  saturate: (x) => clampNumber(x, 0, 1),
  sin: Math.sin,
  sinh: Math.sinh,
  smoothstep: (low, high, x) => {
    const t = clampNumber((x - low) / (high - low), 0, 1);
    return t * t * (3 - 2 * t);
  },
  sqrt: Math.sqrt,
  step: (edge, x) => (edge <= x ? 1 : 0),
  tan: Math.tan,
  tanh: Math.tanh,
  trunc: Math.trunc,
};

/** x * 2^e in two steps, as 2^e alone may be out of range. */
function scaled(x: number, e: number): number {
  const half = Math.trunc(e / 2);
  return x * 2 ** half * 2 ** (e - half);
}

/** The e with |x| = f * 2^e and f in [0.5, 1); 0 for 0. */
function exponentOf(x: number): number {
  if (x === 0) return 0;
  let exponent = 0;
  let size = Math.abs(x);
  for (; size >= 1; exponent++) size /= 2;
  for (; size < 0.5; exponent--) size *= 2;
  return exponent;
}

const bits = (x: number): string => (x >>> 0).toString(2).padStart(32, '0');

const integerKernels: Record<string, (signed: boolean, ...args: number[]) => number> = {
  countLeadingZeros: (_, x) => Math.clz32(x),
  countOneBits: (_, x) => bits(x).replaceAll('0', '').length,
  countTrailingZeros: (_, x) => (x === 0 ? 32 : 31 - Math.clz32(x & -x)),
  extractBits: (signed, e, offset, count) => {
    checkRange(offset, count);
    if (count === 0) return 0;
    const up = e << (32 - offset - count);
    return signed ? up >> (32 - count) : up >>> (32 - count);
  },
  firstLeadingBit: (signed, x) => {
    const magnitude = signed && x < 0 ? ~x : x;
    return 31 - Math.clz32(magnitude);
  },
  firstTrailingBit: (_, x) => (x === 0 ? -1 : 31 - Math.clz32(x & -x)),
  insertBits: (_, e, newBits, offset, count) => {
    checkRange(offset, count);
    const mask = count === 32 ? -1 : ((1 << count) - 1) << offset;
    return (e & ~mask) | ((newBits << offset) & mask);
  },
  reverseBits: (_, x) => Number.parseInt([...bits(x)].reverse().join(''), 2),
};

function checkRange(offset: number, count: number): void {
  if (offset + count > 32) throw new ConstError('offset + count exceeds the bit width 32');
}

/** A scalar builtin on constants of element type `elem`. Raises {@link ConstError} outside its domain. */
export function builtinScalar(name: string, elem: ScalarName, args: readonly ScalarValue[]): ScalarValue {
  if (name === 'select') return args[2] ? args[1] : args[0];
  if (name === 'frexp.exp')
    return represent(elem === 'f32' ? 'i32' : 'abstract-int', exponentOf(args[0] as number));
  if (name === 'modf.whole') return represent(elem, Math.trunc(args[0] as number));
  const reinterpreted = reinterpret(name, elem, args[0]);
  if (reinterpreted !== undefined) return reinterpreted;
  const kernel = floatKernels[name];
  if (kernel) {
    const numbers = args.map(Number);
    checkDomain(name, numbers);
    return represent(elem, kernel(...numbers));
  }
  if (Object.hasOwn(integerKernels, name)) return integerBuiltin(name, elem, args);
  return ordered(name, elem, args as readonly (number | bigint)[]);
}

const word = new DataView(new ArrayBuffer(4));

/** Conversions and bit-casts, named after the type they make. */
function reinterpret(name: string, from: ScalarName, x: ScalarValue): ScalarValue | undefined {
  if (/^(bool|[iu]32|f32)$/.test(name))
    return castScalar(x, { kind: 'scalar', name: from }, { kind: 'scalar', name: name as ScalarName });
  if (name === 'f16Bits') {
    checkDomain(name, [x as number]);
    return f16Bits(x as number);
  }
  if (name === 'f16Value') return represent('f32', f16Value(x as number));
  if (!name.startsWith('bitcast.')) return undefined;
  if (from === 'f32') word.setFloat32(0, x as number);
  else word.setUint32(0, Number(x) >>> 0);
  if (name === 'bitcast.f32') return represent('f32', word.getFloat32(0));
  return name === 'bitcast.i32' ? word.getInt32(0) : word.getUint32(0);
}

function integerBuiltin(name: string, elem: ScalarName, args: readonly ScalarValue[]): ScalarValue {
  return represent(elem, integerKernels[name](elem !== 'u32', ...args.map(Number)));
}

const before = (a: number | bigint, b: number | bigint): boolean => a < b;
const least = <T extends number | bigint>(a: T, b: T): T => (before(b, a) ? b : a);
const greatest = <T extends number | bigint>(a: T, b: T): T => (before(a, b) ? b : a);

/** min, max, clamp, abs, sign: on any kind of number. */
function ordered(name: string, elem: ScalarName, args: readonly (number | bigint)[]): ScalarValue {
  const [a, b, c] = args;
  switch (name) {
    case 'min':
      return least(a, b);
    case 'max':
      return greatest(a, b);
    case 'clamp': {
      if (b > c) throw new ConstError('clamp: low is greater than high');
      return least(greatest(a, b), c);
    }
    case 'abs':
      return a < 0 ? unaryScalar('-', elem, a) : a;
    case 'sign': {
      if (!a) return a; // keeps the sign of a float zero
      const sign = a > 0 ? 1 : -1;
      return typeof a === 'bigint' ? BigInt(sign) : sign;
    }
    default:
      throw new Error(`no constant kernel for ${name}`);
  }
}
