import type { Ir, IrBinary, IrFunction, IrStmt, IrUnary } from './ir';
import { mapBodies, mapExpressions, mapOperands } from './rewrite';
import { assignedBy, bodiesOf, visitAll } from './visit';

/** Two locals that are the low and the high half of a number of 64 bits, and the local that holds it. */
interface Pair {
  readonly low: number;
  readonly high: number;
  readonly whole: number;
}

/**
 * Makes one number of 64 bits of two words that are compared as one: `a1 < b1 || (a1 == b1 && a0 < b0)`, unsigned. A
 * heap's entries are such, ordered by time and then by number. One comparison takes the place of three, which were hard
 * to predict, and where both words lie side by side in memory, one load and one store that of two.
 *
 * Two locals become one where each is assigned only beside the other. What else reads one of them reads its half.
 */
export function joinPairs(fn: IrFunction): IrFunction {
  const compared = comparedPairs(fn);
  if (!compared.length) return fn;
  const locals = [...fn.locals];
  const pairs = new Map<number, Pair>();
  for (const [low, high] of joinable(fn, compared)) {
    const pair: Pair = { low, high, whole: locals.push('i64') - 1 };
    pairs.set(low, pair).set(high, pair);
  }
  return pairs.size ? { ...fn, locals, body: joined(fn.body, pairs) } : fn;
}

type Halves = readonly [low: number, high: number];

/** The halves compared somewhere, of either side. */
function comparedPairs(fn: IrFunction): Halves[] {
  const found: Halves[] = [];
  visitAll(fn.body, {
    expr: (ir) => {
      const sides = comparison(ir);
      if (!sides) return;
      for (const [low, high] of sides)
        if (low.op === 'local' && high.op === 'local') found.push([low.index, high.index]);
    },
  });
  return found;
}

/** The low and the high halves of two numbers of which an expression tells whether the first is less. */
function comparison(ir: Ir): [[Ir, Ir], [Ir, Ir]] | undefined {
  if (ir.op !== 'choose' && ir.op !== 'select') return undefined;
  const { condition: isLess, a, b: rest } = ir;
  if (isLess.op !== 'binary' || isLess.code !== 'i32.lt_u' || a.op !== 'const' || a.value !== 1)
    return undefined;
  if (rest.op !== 'choose' && rest.op !== 'select') return undefined;
  const { condition: isEqual, a: isLessBelow, b: never } = rest;
  if (isEqual.op !== 'binary' || isEqual.code !== 'i32.eq' || never.op !== 'const' || never.value !== 0)
    return undefined;
  if (isLessBelow.op !== 'binary' || isLessBelow.code !== 'i32.lt_u') return undefined;
  if (!isSame(isLess.a, isEqual.a) || !isSame(isLess.b, isEqual.b)) return undefined;
  const parts = [isLessBelow.a, isLess.a, isLessBelow.b, isLess.b];
  if (!parts.every((part) => part.op === 'local' || part.op === 'const')) return undefined;
  return [
    [isLessBelow.a, isLess.a],
    [isLessBelow.b, isLess.b],
  ];
}

function isSame(a: Ir, b: Ir): boolean {
  if (a === b) return true;
  switch (a.op) {
    case 'const':
      return b.op === 'const' && a.type === b.type && Object.is(a.value, b.value);
    case 'local':
    case 'global':
      return b.op === a.op && a.index === b.index;
    case 'unary':
      return b.op === 'unary' && a.code === b.code && isSame(a.a, b.a);
    case 'binary':
      return b.op === 'binary' && a.code === b.code && isSame(a.a, b.a) && isSame(a.b, b.b);
    case 'select':
      return b.op === 'select' && isSame(a.condition, b.condition) && isSame(a.a, b.a) && isSame(a.b, b.b);
    default:
      return false;
  }
}

/** What the halves are assigned by two statements beside each other, the second of which does not read what the first assigns. */
interface Assignment {
  readonly low: Ir;
  readonly high: Ir;
}

/** The pairs that are only ever assigned together, of those compared and those that they are copied from. */
function joinable(fn: IrFunction, compared: readonly Halves[]): Halves[] {
  const beside = new Map<string, Assignment[]>();
  const writes = new Uint32Array(fn.locals.length).fill(1, 0, fn.params.length);
  const look = (body: readonly IrStmt[]): void => {
    body.forEach((s, i) => {
      for (const local of assignedBy(s)) writes[local]++;
      const [before, next] = [body[i - 1], body[i + 1]];
      // Of three in a row, the one in the middle is beside one of them alone: `a; b; a` leaves an `a` by itself.
      const isTaken = before?.op === 'set' && next?.op === 'set' && before.index === next.index;
      if (s.op === 'set' && next?.op === 'set' && !isTaken)
        for (const [low, high] of [
          [s, next],
          [next, s],
        ] as const) {
          if (readsLocal(next.value, s.index)) continue;
          const key = `${low.index} ${high.index}`;
          beside.set(key, [...(beside.get(key) ?? []), { low: low.value, high: high.value }]);
        }
      for (const inner of bodiesOf(s)) look(inner);
    });
  };
  look(fn.body);
  const found: Halves[] = [];
  const taken = new Set<number>();
  const open = [...compared];
  for (let halves = open.pop(); halves; halves = open.pop()) {
    const [low, high] = halves;
    const assignments = beside.get(`${low} ${high}`) ?? [];
    if (low === high || taken.has(low) || taken.has(high)) continue;
    if (!assignments.length || writes[low] !== assignments.length || writes[high] !== assignments.length)
      continue;
    taken.add(low).add(high);
    found.push(halves);
    for (const { low: a, high: b } of assignments)
      if (a.op === 'local' && b.op === 'local') open.push([a.index, b.index]);
  }
  return found;
}

function readsLocal(ir: Ir, local: number): boolean {
  let found = ir.op === 'local' && ir.index === local;
  mapOperands(ir, (part) => {
    found ||= readsLocal(part, local);
    return part;
  });
  return found;
}

const unary = (type: 'i32' | 'i64', code: IrUnary, a: Ir): Ir => ({ op: 'unary', type, code, a });
const wide = (code: IrBinary, a: Ir, b: Ir): Ir => ({ op: 'binary', type: 'i64', code, a, b });
const extended = (a: Ir): Ir => unary('i64', 'i64.extend_i32_u', a);
const bits32 = extended({ op: 'const', type: 'i32', value: 32 });

function joined(body: readonly IrStmt[], pairs: ReadonlyMap<number, Pair>): readonly IrStmt[] {
  const whole = (low: Ir, high: Ir): Ir => {
    if (low.op === 'local' && high.op === 'local') {
      const pair = pairs.get(low.index);
      if (pair?.low === low.index && pair.high === high.index)
        return { op: 'local', type: 'i64', index: pair.whole };
    }
    if (low.op === 'load' && high.op === 'load' && areBeside(low, high))
      return { ...low, type: 'i64', address: expr(low.address) };
    if (low.op === 'select' && high.op === 'select' && isSame(low.condition, high.condition))
      return {
        op: 'select',
        type: 'i64',
        condition: expr(low.condition),
        a: whole(low.a, high.a),
        b: whole(low.b, high.b),
      };
    return wide('i64.or', extended(expr(low)), wide('i64.shl', extended(expr(high)), bits32));
  };
  const expr = (ir: Ir): Ir => {
    const sides = comparison(ir);
    if (
      sides?.some(
        ([low, high]) =>
          low.op === 'local' && high.op === 'local' && pairs.get(low.index)?.high === high.index,
      )
    ) {
      const [a, b] = sides;
      return { op: 'binary', type: 'i32', code: 'i64.lt_u', a: whole(...a), b: whole(...b) };
    }
    const pair = ir.op === 'local' ? pairs.get(ir.index) : undefined;
    if (ir.op !== 'local' || !pair) return mapOperands(ir, expr);
    const value: Ir = { op: 'local', type: 'i64', index: pair.whole };
    return unary('i32', 'i32.wrap_i64', ir.index === pair.low ? value : wide('i64.shr_u', value, bits32));
  };
  const list = (statements: readonly IrStmt[]): IrStmt[] => {
    const done: IrStmt[] = [];
    for (let i = 0; i < statements.length; i++) {
      const [s, next] = [statements[i], statements[i + 1]];
      const both = next && together(s, next);
      if (both) {
        done.push(both);
        i++;
      } else done.push(mapBodies(mapExpressions(s, expr), list));
    }
    return done;
  };
  const together = (s: IrStmt, next: IrStmt): IrStmt | undefined => {
    if (s.op === 'set' && next.op === 'set') {
      const pair = pairs.get(s.index);
      if (!pair || pairs.get(next.index) !== pair || s.index === next.index) return undefined;
      const [low, high] = s.index === pair.low ? [s, next] : [next, s];
      return { op: 'set', index: pair.whole, value: whole(low.value, high.value) };
    }
    if (s.op !== 'store' || next.op !== 'store' || !isSame(s.address, next.address)) return undefined;
    const [low, high] = s.offset < next.offset ? [s, next] : [next, s];
    if (high.offset - low.offset !== 4 || low.value.op !== 'local' || high.value.op !== 'local')
      return undefined;
    const pair = pairs.get(low.value.index);
    if (pair?.low !== low.value.index || pair.high !== high.value.index) return undefined;
    return { ...low, address: expr(low.address), value: { op: 'local', type: 'i64', index: pair.whole } };
  };
  return list(body);
}

const areBeside = (low: Extract<Ir, { op: 'load' }>, high: Extract<Ir, { op: 'load' }>): boolean =>
  low.type === 'i32' &&
  high.type === 'i32' &&
  high.offset - low.offset === 4 &&
  isSame(low.address, high.address);
