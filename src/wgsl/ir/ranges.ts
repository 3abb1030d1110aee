import { isBoolean } from './build';
import type { Ir, IrBinary, IrFunction } from './ir';
import { assignedBy, visitAll } from './visit';

/** Bounds of an i32 taken as unsigned, both included. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const MODULUS = 2 ** 32;
const anything: Range = { low: 0, high: MODULUS - 1 };
const exactly = (value: number): Range => ({ low: value >>> 0, high: value >>> 0 });

/** Rounds after which a local that still changes is taken to hold anything. */
const patience = 3;

/**
 * Interval analysis of a function's i32 locals, without regard to the order of statements: a local's range holds all
 * that is ever assigned to it, and the zero that it begins with. So it is true at every point of the function.
 */
export class Ranges {
  readonly #locals: Range[];

  constructor(fn: IrFunction) {
    this.#locals = fn.locals.map((_, i) => (i < fn.params.length ? anything : exactly(0)));
    const assignments: { readonly local: number; readonly value?: Ir }[] = [];
    visitAll(fn.body, {
      statement: (s) => {
        if (s.op === 'set') assignments.push({ local: s.index, value: s.value });
        else for (const local of assignedBy(s)) assignments.push({ local });
      },
    });
    for (let round = 0, isSettled = false; !isSettled; round++) {
      isSettled = true;
      for (const { local, value } of assignments) {
        const known = this.#locals[local];
        const joined = union(known, value ? this.of(value) : anything);
        if (joined.low === known.low && joined.high === known.high) continue;
        this.#locals[local] = round < patience ? joined : anything;
        isSettled = false;
      }
    }
  }

  /** The range of an expression of the function. */
  of(ir: Ir): Range {
    return rangeOf(ir, (local) => this.#locals[local]);
  }

  /** Takes in a new local, which is only ever assigned this expression and not read before. */
  declare(local: number, value: Ir): void {
    this.#locals[local] = this.of(value);
  }
}

const union = (a: Range, b: Range): Range => ({
  low: Math.min(a.low, b.low),
  high: Math.max(a.high, b.high),
});

function rangeOf(ir: Ir, local: (index: number) => Range): Range {
  if (ir.type !== 'i32') return anything;
  const of = (part: Ir): Range => rangeOf(part, local);
  switch (ir.op) {
    case 'const':
      return exactly(ir.value);
    case 'local':
      return local(ir.index);
    case 'unary':
      if (isBoolean(ir)) return { low: 0, high: 1 };
      return /clz|ctz|popcnt/.test(ir.code) ? { low: 0, high: 32 } : anything;
    case 'binary':
      return isBoolean(ir) ? { low: 0, high: 1 } : rangeOfBinary(ir.code, of(ir.a), of(ir.b));
    case 'select':
    case 'choose': {
      const [a, b] = [of(ir.a), of(ir.b)];
      return isLesser(ir.condition, ir.a, ir.b)
        ? { low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) }
        : union(a, b);
    }
    default:
      return anything;
  }
}

/** Whether `condition ? a : b` is the lesser of the two as u32. */
export function isLesser(condition: Ir, a: Ir, b: Ir): boolean {
  return (
    condition.op === 'binary' &&
    (condition.code === 'i32.lt_u' || condition.code === 'i32.le_u') &&
    isSame(condition.a, a) &&
    isSame(condition.b, b)
  );
}

function isSame(a: Ir, b: Ir): boolean {
  if (a.op === 'const') return b.op === 'const' && a.value === b.value;
  return a.op === 'local' && b.op === 'local' && a.index === b.index;
}

function rangeOfBinary(code: IrBinary, a: Range, b: Range): Range {
  switch (code) {
    case 'i32.add': {
      // Where all sums wrap, none of them is out of order.
      const wraps = a.low + b.low >= MODULUS ? MODULUS : 0;
      return within(a.low + b.low - wraps, a.high + b.high - wraps);
    }
    case 'i32.sub':
      return within(a.low - b.high, a.high - b.low);
    case 'i32.mul':
      return within(a.low * b.low, a.high * b.high);
    case 'i32.and':
      return { low: 0, high: Math.min(a.high, b.high) };
    case 'i32.or':
      return { low: Math.max(a.low, b.low), high: allBits(Math.max(a.high, b.high)) };
    case 'i32.xor':
      return { low: 0, high: allBits(Math.max(a.high, b.high)) };
    case 'i32.shl':
      return b.low === b.high && b.low < 32 ? within(a.low * 2 ** b.low, a.high * 2 ** b.low) : anything;
    case 'i32.shr_u':
      return b.high < 32 ? { low: a.low >>> b.high, high: a.high >>> b.low } : { low: 0, high: a.high };
    case 'i32.div_u':
      return b.low > 0
        ? { low: Math.floor(a.low / b.high), high: Math.floor(a.high / b.low) }
        : { low: 0, high: a.high };
    case 'i32.rem_u':
      return { low: 0, high: b.low > 0 ? Math.min(a.high, b.high - 1) : a.high };
    default:
      return anything;
  }
}

/** The range from exact bounds; anything if a value between them may have wrapped. */
function within(low: number, high: number): Range {
  return low >= 0 && high < MODULUS ? { low, high } : anything;
}

/** The least 2^n - 1 that is no less. */
const allBits = (value: number): number => (value === 0 ? 0 : MODULUS / 2 ** Math.clz32(value) - 1);
