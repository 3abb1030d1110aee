import { unsupported } from '../diagnostics';
import { binary, getLocal, i32Const, select } from '../ir/build';
import type { AtomicCode, Ir, IrBinary } from '../ir/ir';
import type { Expr } from '../tree';
import type { AtomicType, PointerType } from '../types';
import type { FunctionBuilder } from './builder';
import { lowerPointer, lowerShaped, lowerValue } from './expressions';
import { elementCount, type MemoryPlace, readPlace } from './place';
import { greatest, irAlgebra, least } from './scalars';

type Builtin = Extract<Expr, { kind: 'builtin' }>;

/** Builtins that work on memory or on bits rather than on values through the algebra. */
export function isSpecialBuiltin(name: string): boolean {
  return /^(atomic|arrayLength$|bitcast$|workgroup|storageBarrier$)/.test(name);
}

export function lowerSpecial(builder: FunctionBuilder, expr: Builtin): Ir[] {
  switch (expr.name) {
    case 'bitcast':
      return lowerBitcast(builder, expr);
    case 'arrayLength':
      return [elementCount(lowerPointer(builder, expr.args[0]) as MemoryPlace)];
    case 'workgroupBarrier':
    case 'storageBarrier':
      refuseBarrier(builder, expr);
      return [];
    case 'workgroupUniformLoad':
      if (!builder.betweenBarriers) refuseBarrier(builder, expr);
      return readPlace(builder, lowerPointer(builder, expr.args[0])).map((scalar) => builder.freeze(scalar));
    default:
      return lowerAtomic(builder, expr);
  }
}

function refuseBarrier(builder: FunctionBuilder, expr: Builtin): void {
  if (builder.program.isSingleInvocation) return;
  throw unsupported(`${expr.name} outside the entry point's own uniform control flow`, expr);
}

function lowerBitcast(builder: FunctionBuilder, expr: Builtin): Ir[] {
  const algebra = irAlgebra(builder);
  const [arg] = expr.args;
  const elem = (type: typeof arg.type) => (type.kind === 'vector' ? type.elem : type) as AtomicType['elem'];
  return lowerValue(builder, arg).map((scalar) =>
    algebra.call(`bitcast.${elem(expr.type).name}`, elem(arg.type), [scalar]),
  );
}

const instructions: Record<string, AtomicCode> = {
  atomicLoad: 'load',
  atomicStore: 'store',
  atomicAdd: 'add',
  atomicSub: 'sub',
  atomicAnd: 'and',
  atomicOr: 'or',
  atomicXor: 'xor',
  atomicExchange: 'xchg',
  atomicCompareExchangeWeak: 'cmpxchg',
};

function lowerAtomic(builder: FunctionBuilder, expr: Builtin): Ir[] {
  const pointer = lowerPointer(builder, expr.args[0]) as MemoryPlace;
  const place = { ...pointer, address: builder.freeze(pointer.address) };
  const operands = lowerShaped(builder, expr.args.slice(1)).map((arg) => builder.freeze(arg.scalars[0]));
  const { elem } = (expr.args[0].type as PointerType).elem as AtomicType;
  const isSigned = elem.name === 'i32';
  if (!builder.program.sharedMemory) return lowerAlone(builder, expr.name, place, operands, isSigned);
  const code = instructions[expr.name];
  if (!code) return [lowerMinMax(builder, expr.name, place, operands[0], isSigned)];
  const old = emitAtomic(builder, code, place, operands);
  if (code === 'store') return [];
  return code === 'cmpxchg' ? [old, binary('i32.eq', old, operands[0])] : [old];
}

function emitAtomic(
  builder: FunctionBuilder,
  code: AtomicCode,
  { address, offset }: MemoryPlace,
  operands: readonly Ir[],
): Ir {
  const result = code === 'store' ? undefined : builder.newLocal('i32');
  builder.emit({ op: 'atomic', code, address, offset, operands, result });
  return result === undefined ? i32Const(0) : getLocal('i32', result);
}

/** WebAssembly has no atomic min and max: exchange until nobody came in between. */
function lowerMinMax(
  builder: FunctionBuilder,
  name: string,
  place: MemoryPlace,
  value: Ir,
  isSigned: boolean,
): Ir {
  const old = builder.newLocal('i32');
  const oldValue = getLocal('i32', old);
  const done = { name: 'exchanged' };
  const body = builder.inBlock(() => {
    const loop = builder.inBlock(() => {
      builder.emit({ op: 'set', index: old, value: emitAtomic(builder, 'load', place, []) });
      const wanted = chosen(builder, name, isSigned, oldValue, value);
      const seen = emitAtomic(builder, 'cmpxchg', place, [oldValue, wanted]);
      builder.emit({ op: 'br-if', label: done, condition: binary('i32.eq', seen, oldValue) });
    });
    builder.emit({ op: 'loop', label: { name: 'exchange' }, body: loop });
  });
  builder.emit({ op: 'block', label: done, body });
  return oldValue;
}

function chosen(builder: FunctionBuilder, name: string, isSigned: boolean, a: Ir, b: Ir): Ir {
  return name === 'atomicMin' ? least(builder, isSigned, a, b) : greatest(builder, isSigned, a, b);
}

const updates: Partial<Record<string, IrBinary>> = {
  atomicAdd: 'i32.add',
  atomicSub: 'i32.sub',
  atomicAnd: 'i32.and',
  atomicOr: 'i32.or',
  atomicXor: 'i32.xor',
};

/** In memory that no other thread sees, an atomic is a load and a store. */
function lowerAlone(
  builder: FunctionBuilder,
  name: string,
  { address, offset }: MemoryPlace,
  [operand, second]: readonly Ir[],
  isSigned: boolean,
): Ir[] {
  const store = (value: Ir) => builder.emit({ op: 'store', address, offset, value });
  if (name === 'atomicStore') {
    store(operand);
    return [];
  }
  const old = builder.freeze({ op: 'load', type: 'i32', address, offset });
  const update = updates[name];
  if (update) store(binary(update, old, operand));
  else if (name === 'atomicExchange') store(operand);
  else if (name === 'atomicCompareExchangeWeak') {
    const isEqual = builder.freeze(binary('i32.eq', old, operand));
    store(select(isEqual, second, old));
    return [old, isEqual];
  } else if (name !== 'atomicLoad') store(chosen(builder, name, isSigned, old, operand));
  return [old];
}
