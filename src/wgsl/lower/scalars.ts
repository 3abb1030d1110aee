import type { Algebra } from '../algebra';
import { binary, f32Const, i32Const, select, unary } from '../ir/build';
import type { Ir, IrBinary } from '../ir/ir';
import type { BinaryOp, UnaryOp } from '../tree';
import type { ScalarType } from '../types';
import type { FunctionBuilder } from './builder';
import { callPrelude } from './functions';

/** The algebra of IR expressions: WGSL's scalar operators and kernels, their edge cases spelled out. */
export function irAlgebra(builder: FunctionBuilder): Algebra<Ir> {
  return {
    constant: (elem, value) => (elem.name === 'f32' ? f32Const(value) : i32Const(value)),
    unary: unaryScalar,
    binary: (op, elem, a, b) => binaryScalar(builder, op, elem, a, b),
    call: (name, elem, args) => kernel(builder, name, elem, args),
    keep: (a) => builder.keep(a),
  };
}

function unaryScalar(op: UnaryOp, elem: ScalarType, a: Ir): Ir {
  if (op === '!') return unary('i32.eqz', a);
  if (op === '~') return binary('i32.xor', a, i32Const(-1));
  return elem.name === 'f32' ? unary('f32.neg', a) : binary('i32.sub', i32Const(0), a);
}

const floatCodes: Partial<Record<BinaryOp, IrBinary>> = {
  '+': 'f32.add',
  '-': 'f32.sub',
  '*': 'f32.mul',
  '/': 'f32.div',
  '==': 'f32.eq',
  '!=': 'f32.ne',
  '<': 'f32.lt',
  '<=': 'f32.le',
  '>': 'f32.gt',
  '>=': 'f32.ge',
};

/** Where two codes stand, the first is for i32 and the second for u32. */
const integerCodes: Partial<Record<BinaryOp, readonly [IrBinary, IrBinary]>> = {
  '+': ['i32.add', 'i32.add'],
  '-': ['i32.sub', 'i32.sub'],
  '*': ['i32.mul', 'i32.mul'],
  '&': ['i32.and', 'i32.and'],
  '&&': ['i32.and', 'i32.and'],
  '|': ['i32.or', 'i32.or'],
  '||': ['i32.or', 'i32.or'],
  '^': ['i32.xor', 'i32.xor'],
  '<<': ['i32.shl', 'i32.shl'],
  '>>': ['i32.shr_s', 'i32.shr_u'],
  '==': ['i32.eq', 'i32.eq'],
  '!=': ['i32.ne', 'i32.ne'],
  '<': ['i32.lt_s', 'i32.lt_u'],
  '<=': ['i32.le_s', 'i32.le_u'],
  '>': ['i32.gt_s', 'i32.gt_u'],
  '>=': ['i32.ge_s', 'i32.ge_u'],
};

function binaryScalar(builder: FunctionBuilder, op: BinaryOp, elem: ScalarType, a: Ir, b: Ir): Ir {
  if (elem.name === 'f32') {
    const code = floatCodes[op];
    return code ? binary(code, a, b) : floatRemainder(builder, a, b);
  }
  const isSigned = elem.name === 'i32';
  if (op === '/' || op === '%')
    return isSigned ? divideSigned(builder, op, a, b) : divideUnsigned(builder, op, a, b);
  return binary(integerCodes[op]![isSigned ? 0 : 1], a, b);
}

/** x - y * trunc(x / y), as the specification defines it. */
function floatRemainder(builder: FunctionBuilder, a: Ir, b: Ir): Ir {
  const [x, y] = [builder.keep(a), builder.keep(b)];
  const whole = unary('f32.trunc', binary('f32.div', x, y));
  return binary('f32.sub', x, binary('f32.mul', y, whole));
}

/** x / 0 = x and x % 0 = 0: dividing by 1 instead gives both. */
function divideUnsigned(builder: FunctionBuilder, op: '/' | '%', a: Ir, b: Ir): Ir {
  const code = op === '/' ? 'i32.div_u' : 'i32.rem_u';
  if (b.op === 'const' && b.value !== 0) return binary(code, a, b);
  const divisor = builder.keep(b);
  return binary(code, a, select(divisor, divisor, i32Const(1)));
}

/** As for u32, and the most negative value over -1, which would trap, is also divided by 1. */
function divideSigned(builder: FunctionBuilder, op: '/' | '%', a: Ir, b: Ir): Ir {
  const code = op === '/' ? 'i32.div_s' : 'i32.rem_s';
  if (b.op === 'const' && b.value !== 0 && b.value !== -1) return binary(code, a, b);
  const [x, y] = [builder.keep(a), builder.keep(b)];
  const overflows = binary(
    'i32.and',
    binary('i32.eq', x, i32Const(-2147483648)),
    binary('i32.eq', y, i32Const(-1)),
  );
  const isBad = binary('i32.or', unary('i32.eqz', y), overflows);
  return binary(code, x, select(isBad, i32Const(1), y));
}

const largestF32BelowI32 = 2147483520;
const largestF32BelowU32 = 4294967040;

/** A scalar kernel: an instruction or two here, a function of the prelude otherwise. */
function kernel(builder: FunctionBuilder, name: string, elem: ScalarType, args: readonly Ir[]): Ir {
  const [a, b, c] = args;
  if (name === 'select') return select(c, b, a);
  return (
    conversion(name, elem, a) ??
    (elem.name === 'f32' ? floatKernel(builder, name, args) : integerKernel(builder, name, elem, args)) ??
    callPrelude(builder, `${name.replace('.', '_')}_${elem.name}`, args)
  );
}

function conversion(name: string, from: ScalarType, a: Ir): Ir | undefined {
  const isFloat = from.name === 'f32';
  switch (name) {
    case 'bool':
      return isFloat ? binary('f32.ne', a, f32Const(0)) : binary('i32.ne', a, i32Const(0));
    case 'i32':
      return isFloat ? unary('i32.trunc_sat_f32_s', binary('f32.min', a, f32Const(largestF32BelowI32))) : a;
    case 'u32':
      return isFloat ? unary('i32.trunc_sat_f32_u', binary('f32.min', a, f32Const(largestF32BelowU32))) : a;
    case 'f32':
      return isFloat ? a : unary(from.name === 'i32' ? 'f32.convert_i32_s' : 'f32.convert_i32_u', a);
    case 'bitcast.f32':
      return isFloat ? a : unary('f32.reinterpret_i32', a);
    case 'bitcast.i32':
    case 'bitcast.u32':
      return isFloat ? unary('i32.reinterpret_f32', a) : a;
    default:
      return undefined;
  }
}

function floatKernel(builder: FunctionBuilder, name: string, args: readonly Ir[]): Ir | undefined {
  const [a, b, c] = args;
  switch (name) {
    case 'abs':
    case 'ceil':
    case 'floor':
    case 'trunc':
    case 'sqrt':
      return unary(`f32.${name}`, a);
    case 'round':
      return unary('f32.nearest', a);
    case 'min':
    case 'max':
      return binary(`f32.${name}`, a, b);
    case 'clamp':
      return binary('f32.min', binary('f32.max', a, b), c);
    case 'saturate':
      return binary('f32.min', binary('f32.max', a, f32Const(0)), f32Const(1));
    case 'fma':
      return binary('f32.add', binary('f32.mul', a, b), c);
    case 'fract': {
      const x = builder.keep(a);
      return binary('f32.sub', x, unary('f32.floor', x));
    }
    case 'inverseSqrt':
      return binary('f32.div', f32Const(1), unary('f32.sqrt', a));
    case 'degrees':
      return binary('f32.mul', a, f32Const(180 / Math.PI));
    case 'radians':
      return binary('f32.mul', a, f32Const(Math.PI / 180));
    case 'step':
      return select(binary('f32.le', a, b), f32Const(1), f32Const(0));
    default:
      return undefined;
  }
}

function integerKernel(
  builder: FunctionBuilder,
  name: string,
  elem: ScalarType,
  args: readonly Ir[],
): Ir | undefined {
  const [a, b, c] = args;
  const isSigned = elem.name === 'i32';
  switch (name) {
    case 'countLeadingZeros':
      return unary('i32.clz', a);
    case 'countTrailingZeros':
      return unary('i32.ctz', a);
    case 'countOneBits':
      return unary('i32.popcnt', a);
    case 'abs': {
      if (!isSigned) return a;
      const x = builder.keep(a);
      const sign = builder.keep(binary('i32.shr_s', x, i32Const(31)));
      return binary('i32.sub', binary('i32.xor', x, sign), sign);
    }
    case 'sign': {
      const x = builder.keep(a);
      const positive = binary('i32.gt_s', x, i32Const(0));
      return binary('i32.sub', positive, binary('i32.lt_s', x, i32Const(0)));
    }
    case 'min':
      return least(builder, isSigned, a, b);
    case 'max':
      return greatest(builder, isSigned, a, b);
    case 'clamp':
      return least(builder, isSigned, greatest(builder, isSigned, a, b), c);
    default:
      return undefined;
  }
}

export function least(builder: FunctionBuilder, isSigned: boolean, a: Ir, b: Ir): Ir {
  const [x, y] = [builder.keep(a), builder.keep(b)];
  return select(binary(isSigned ? 'i32.lt_s' : 'i32.lt_u', x, y), x, y);
}

export function greatest(builder: FunctionBuilder, isSigned: boolean, a: Ir, b: Ir): Ir {
  const [x, y] = [builder.keep(a), builder.keep(b)];
  return select(binary(isSigned ? 'i32.gt_s' : 'i32.gt_u', x, y), x, y);
}
