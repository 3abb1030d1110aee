import { binary, getLocal, i32Const } from './build';
import type { Ir, IrFunction, IrStmt } from './ir';
import { letsOf } from './lets';
import { isLesser, Ranges } from './ranges';
import { rewriteAll } from './rewrite';

/** An expression as `base + constant` (mod 2^32), the constant unsigned; `isExact` if that sum does not wrap. */
interface Split {
  readonly base: Ir;
  readonly constant: number;
  readonly isExact: boolean;
}

const MODULUS = 2 ** 32;

/**
 * Moves the constant part of addresses into the offset that loads and stores carry, so that the fields of a record share
 * one address; on the way, clamps and masks fall away from indices that are proven to lie within bounds.
 *
 * An engine adds the offset without wrapping, so a constant may move only where `base + constant` is proven not to
 * wrap: by ranges in the arithmetic of indices, by construction (`isExact`) in that of addresses. Under a mask only the
 * lower bits count, so there wrapping does no harm; a constant comes out of the mask where the bits that it
 * sets are known to be zero in the base.
 */
export function foldAddresses(fn: IrFunction): IrFunction {
  const folding = new Folding(fn);
  const body = rewriteAll(fn.body, {
    expr: (ir) => (ir.op === 'load' ? { ...ir, ...folding.address(ir.address, ir.offset) } : ir),
    statement: (s) => [
      s.op === 'store' || s.op === 'atomic' ? { ...s, ...folding.address(s.address, s.offset) } : s,
    ],
  });
  return { ...fn, locals: folding.locals, body: folding.declared(body) };
}

class Folding {
  readonly locals: IrFunction['locals'];
  readonly #ranges: Ranges;
  readonly #lets: Map<number, Ir>;
  readonly #splits = new Map<number, Split | undefined>();
  /** For a local that was split, the local that holds its base. */
  readonly #bases = new Map<number, number>();

  constructor(fn: IrFunction) {
    this.locals = [...fn.locals];
    this.#ranges = new Ranges(fn);
    this.#lets = letsOf(fn);
  }

  address(address: Ir, offset: number): { address: Ir; offset: number } {
    const { base, constant, isExact } = this.#split(address);
    return isExact && offset + constant < MODULUS
      ? { address: base, offset: offset + constant }
      : { address, offset };
  }

  /** The statements, with the bases of the locals that were split assigned before those. */
  declared(body: readonly IrStmt[]): readonly IrStmt[] {
    return rewriteAll(body, {
      expr: (ir) => ir,
      statement: (s) => {
        const index = s.op === 'set' ? this.#bases.get(s.index) : undefined;
        if (s.op !== 'set' || index === undefined) return [s];
        const constant = i32Const(this.#splits.get(s.index)!.constant);
        return [
          { op: 'set', index, value: this.#lets.get(index)! },
          { ...s, value: binary('i32.add', getLocal('i32', index), constant) },
        ];
      },
    });
  }

  #split(ir: Ir): Split {
    const whole: Split = { base: ir, constant: 0, isExact: true };
    if (ir.op === 'const') return { base: i32Const(0), constant: ir.value >>> 0, isExact: true };
    if (ir.op === 'local') return this.#splitLocal(ir.index) ?? whole;
    if (ir.op === 'select' && isLesser(ir.condition, ir.a, ir.b))
      return this.#ranges.of(ir.a).high <= this.#ranges.of(ir.b).low ? this.#split(ir.a) : whole;
    if (ir.op !== 'binary') return whole;
    switch (ir.code) {
      case 'i32.add':
        return this.#splitSum(ir) ?? whole;
      case 'i32.shl':
        return (ir.b.op === 'const' && this.#splitProduct(ir, 2 ** (ir.b.value & 31))) || whole;
      case 'i32.mul':
        return (ir.b.op === 'const' && this.#splitProduct(ir, ir.b.value >>> 0)) || whole;
      case 'i32.and':
        return (ir.b.op === 'const' && this.#splitMasked(ir.a, ir.b.value >>> 0)) || whole;
      default:
        return whole;
    }
  }

  #splitSum(sum: Extract<Ir, { op: 'binary' }>): Split | undefined {
    const [a, b] = [this.#split(sum.a), this.#split(sum.b)];
    if (a.base === sum.a && b.base === sum.b) return undefined;
    const constant = a.constant + b.constant;
    const highest = this.#ranges.of(a.base).high + this.#ranges.of(b.base).high + constant;
    return {
      base: binary('i32.add', a.base, b.base),
      constant: constant % MODULUS,
      isExact: a.isExact && b.isExact && (sum.isExact === true || highest < MODULUS),
    };
  }

  #splitProduct(product: Extract<Ir, { op: 'binary' }>, factor: number): Split | undefined {
    const a = this.#split(product.a);
    if (a.base === product.a) return undefined;
    const highest = this.#ranges.of(product.a).high * factor;
    return {
      base: binary('i32.mul', a.base, i32Const(factor)),
      constant: Math.imul(a.constant, factor) >>> 0,
      isExact: a.isExact && (product.isExact === true || highest < MODULUS),
    };
  }

  #splitMasked(masked: Ir, mask: number): Split | undefined {
    if ((mask & (mask + 1)) !== 0) return undefined;
    const { base, constant, isExact } = this.#split(masked);
    if (this.#ranges.of(masked).high <= mask) return { base, constant, isExact };
    const free = Math.min(2 ** this.#trailingZeros(base), mask + 1);
    const low = constant % free;
    if (low === 0) return undefined;
    const rest = binary('i32.add', base, i32Const(constant - low));
    return { base: binary('i32.and', rest, i32Const(mask)), constant: low, isExact: true };
  }

  #splitLocal(index: number): Split | undefined {
    if (this.#splits.has(index)) return this.#splits.get(index);
    const value = this.#lets.get(index);
    const split = value && this.#split(value);
    const found = split?.constant ? { ...split, base: this.#kept(index, split.base) } : undefined;
    this.#splits.set(index, found);
    return found;
  }

  /** The base of a local's value as an expression that means the same wherever that local is read. */
  #kept(local: number, base: Ir): Ir {
    if (base.op === 'const' || (base.op === 'local' && this.#lets.has(base.index))) return base;
    const index = this.locals.push('i32') - 1;
    this.#bases.set(local, index);
    this.#lets.set(index, base);
    this.#ranges.declare(index, base);
    return getLocal('i32', index);
  }

  /** How many of the lowest bits are known to be zero. */
  #trailingZeros(ir: Ir): number {
    if (ir.op === 'const') return ir.value === 0 ? 32 : 31 - Math.clz32(ir.value & -ir.value);
    if (ir.op === 'local') {
      const value = this.#lets.get(ir.index);
      return value ? this.#trailingZeros(value) : 0;
    }
    if (ir.op !== 'binary') return 0;
    const [a, b] = [this.#trailingZeros(ir.a), this.#trailingZeros(ir.b)];
    switch (ir.code) {
      case 'i32.add':
      case 'i32.or':
        return Math.min(a, b);
      case 'i32.mul':
        return Math.min(a + b, 32);
      case 'i32.shl':
        return ir.b.op === 'const' ? Math.min(a + (ir.b.value & 31), 32) : 0;
      default:
        return 0;
    }
  }
}
