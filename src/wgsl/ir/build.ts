import type { Ir, IrBinary, IrType, IrUnary } from './ir';

/** Constructors of IR expressions that fold constants and drop what does nothing. */
export const i32Const = (value: number): Ir => ({ op: 'const', type: 'i32', value: value | 0 });
export const f32Const = (value: number): Ir => ({ op: 'const', type: 'f32', value: Math.fround(value) });
export const getLocal = (type: IrType, index: number): Ir => ({ op: 'local', type, index });

export const isConst = (ir: Ir, value: number): boolean => ir.op === 'const' && ir.value === value;

const comparisons: ReadonlySet<string> = new Set([
  'i32.eqz',
  ...['eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'gt_u', 'le_s', 'le_u', 'ge_s', 'ge_u'].map(
    (code) => `i32.${code}`,
  ),
  ...['eq', 'ne', 'lt', 'gt', 'le', 'ge'].map((code) => `f32.${code}`),
]);

export function unary(code: IrUnary, a: Ir): Ir {
  const type: IrType = code.startsWith('i32') ? 'i32' : 'f32';
  if (a.op === 'const') {
    const folded = foldUnary(code, a.value);
    if (folded !== undefined) return { op: 'const', type, value: folded };
  }
  if (code === 'i32.eqz' && a.op === 'unary' && a.code === 'i32.eqz' && isBoolean(a.a)) return a.a;
  return { op: 'unary', type, code, a };
}

/** Whether an i32 is known to be 0 or 1. */
export function isBoolean(ir: Ir): boolean {
  return (ir.op === 'unary' || ir.op === 'binary') && comparisons.has(ir.code);
}

function foldUnary(code: IrUnary, a: number): number | undefined {
  switch (code) {
    case 'i32.eqz':
      return a === 0 ? 1 : 0;
    case 'f32.neg':
      return -a;
    case 'f32.abs':
      return Math.abs(a);
    case 'f32.convert_i32_s':
      return Math.fround(a);
    case 'f32.convert_i32_u':
      return Math.fround(a >>> 0);
    default:
      return undefined;
  }
}

export function binary(code: IrBinary, a: Ir, b: Ir): Ir {
  const type: IrType = code.startsWith('i32') || comparisons.has(code) ? 'i32' : 'f32';
  if (code.startsWith('i32') && a.op === 'const' && b.op === 'const') {
    const folded = foldInteger(code, a.value, b.value);
    if (folded !== undefined) return i32Const(folded);
  }
  return simplified(code, a, b) ?? { op: 'binary', type, code, a, b };
}

function foldInteger(code: IrBinary, a: number, b: number): number | undefined {
  switch (code) {
    case 'i32.add':
      return a + b;
    case 'i32.sub':
      return a - b;
    case 'i32.mul':
      return Math.imul(a, b);
    case 'i32.and':
      return a & b;
    case 'i32.or':
      return a | b;
    case 'i32.xor':
      return a ^ b;
    case 'i32.shl':
      return a << b;
    case 'i32.shr_u':
      return a >>> b;
    case 'i32.shr_s':
      return a >> b;
    case 'i32.eq':
      return Number(a === b);
    case 'i32.ne':
      return Number(a !== b);
    case 'i32.lt_s':
      return Number(a < b);
    case 'i32.lt_u':
      return Number(a >>> 0 < b >>> 0);
    case 'i32.div_u':
      return b === 0 ? undefined : Math.floor((a >>> 0) / (b >>> 0));
    case 'i32.rem_u':
      return b === 0 ? undefined : (a >>> 0) % (b >>> 0);
    default:
      return undefined;
  }
}

const commutes = new Set<IrBinary>(['i32.add', 'i32.mul', 'i32.and', 'i32.or', 'i32.xor']);

/** Integer identities; constants move to the right so that they meet. */
function simplified(code: IrBinary, a: Ir, b: Ir): Ir | undefined {
  if (commutes.has(code) && a.op === 'const') return binary(code, b, a);
  if (b.op !== 'const') return undefined;
  const { value } = b;
  switch (code) {
    case 'i32.add':
      if (value === 0) return a;
      if (a.op === 'binary' && a.code === 'i32.add' && a.b.op === 'const')
        return binary('i32.add', a.a, i32Const(a.b.value + value));
      return undefined;
    case 'i32.sub':
    case 'i32.or':
    case 'i32.xor':
    case 'i32.shl':
    case 'i32.shr_s':
    case 'i32.shr_u':
      return value === 0 ? a : undefined;
    case 'i32.and':
      return value === -1 ? a : value === 0 ? b : undefined;
    case 'i32.mul':
      if (value === 0) return b;
      if (value === 1) return a;
      return powerOfTwo(value) ? binary('i32.shl', a, i32Const(31 - Math.clz32(value))) : undefined;
    case 'i32.div_u':
      return powerOfTwo(value) ? binary('i32.shr_u', a, i32Const(31 - Math.clz32(value))) : undefined;
    case 'i32.rem_u':
      return powerOfTwo(value) ? binary('i32.and', a, i32Const(value - 1)) : undefined;
    default:
      return undefined;
  }
}

const powerOfTwo = (value: number): boolean => value !== 0 && (value & (value - 1)) === 0;

/** The address `index * stride` bytes after another, for an index within bounds: neither step wraps. */
export function elementAddress(base: Ir, index: Ir, stride: number): Ir {
  const distance = exact(binary('i32.mul', index, i32Const(stride)));
  return exact(binary('i32.add', distance, base));
}

const exact = (ir: Ir): Ir => (ir.op === 'binary' ? { ...ir, isExact: true } : ir);

/** `condition ? a : b`, both evaluated. */
export function select(condition: Ir, a: Ir, b: Ir): Ir {
  if (condition.op === 'const') return condition.value ? a : b;
  return { op: 'select', type: a.type, condition, a, b };
}

/** `condition ? a : b`, one evaluated; cheap arms become a select. */
export function choose(condition: Ir, a: Ir, b: Ir): Ir {
  if (condition.op === 'const') return condition.value ? a : b;
  return isCheap(a) && isCheap(b) ? select(condition, a, b) : { op: 'choose', type: a.type, condition, a, b };
}

function isCheap(ir: Ir): boolean {
  if (ir.op === 'const' || ir.op === 'local') return true;
  if (ir.op === 'unary') return isCheap(ir.a);
  return ir.op === 'binary' && !/div|rem/.test(ir.code) && isLeaf(ir.a) && isLeaf(ir.b);
}

const isLeaf = (ir: Ir): boolean => ir.op === 'const' || ir.op === 'local';

/** Largest value the expression can have as a u32, as far as can be told. `boundOf` knows of locals. */
export function upperBound(ir: Ir, boundOf: (local: number) => number | undefined): number {
  const top = 0xffffffff;
  const of = (x: Ir) => upperBound(x, boundOf);
  switch (ir.op) {
    case 'const':
      return ir.value >>> 0;
    case 'local':
      return boundOf(ir.index) ?? top;
    case 'select':
    case 'choose':
      return Math.max(of(ir.a), of(ir.b));
    case 'binary': {
      if (isBoolean(ir)) return 1;
      if (ir.code === 'i32.and') return Math.min(of(ir.a), of(ir.b));
      if (ir.code === 'i32.shr_u' && ir.b.op === 'const') return of(ir.a) >>> (ir.b.value & 31);
      if (ir.code === 'i32.rem_u' && ir.b.op === 'const') return Math.max(0, (ir.b.value >>> 0) - 1);
      if (ir.code === 'i32.add') return Math.min(top, saturating(of(ir.a) + of(ir.b), top));
      if (ir.code === 'i32.mul') return saturating(of(ir.a) * of(ir.b), top);
      if (ir.code === 'i32.shl' && ir.b.op === 'const')
        return saturating(of(ir.a) * 2 ** (ir.b.value & 31), top);
      return top;
    }
    case 'unary':
      return ir.code === 'i32.eqz' ? 1 : /clz|ctz|popcnt/.test(ir.code) ? 32 : top;
    default:
      return top;
  }
}

/** Past 2^32 the sum or product may have wrapped to anything. */
const saturating = (value: number, top: number): number => Math.min(value, top);

/** Whether the expression reads one of the locals. */
export function reads(ir: Ir, locals: ReadonlySet<number>): boolean {
  switch (ir.op) {
    case 'const':
    case 'global':
      return false;
    case 'local':
      return locals.has(ir.index);
    case 'unary':
      return reads(ir.a, locals);
    case 'binary':
      return reads(ir.a, locals) || reads(ir.b, locals);
    case 'load':
      return reads(ir.address, locals);
    default:
      return reads(ir.condition, locals) || reads(ir.a, locals) || reads(ir.b, locals);
  }
}
