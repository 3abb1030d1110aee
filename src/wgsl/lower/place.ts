import { binary, elementAddress, getLocal, i32Const, isConst, reads, select, upperBound } from '../ir/build';
import type { Ir, IrType } from '../ir/ir';
import { flatOffsets, memberOffsets, strideOf } from '../layout';
import {
  type ArrayType,
  flatCount,
  flatScalars,
  partTypes,
  type StructType,
  type Type,
  vector,
} from '../types';
import type { FunctionBuilder } from './builder';

/** A local or a global that holds one scalar of a variable. */
export interface Slot {
  readonly in: 'local' | 'global';
  readonly type: IrType;
  readonly index: number;
}

/** A variable, or part of one, in linear memory at `address + offset`. */
export interface MemoryPlace {
  readonly kind: 'memory';
  readonly type: Type;
  readonly address: Ir;
  readonly offset: number;
  /** Of a buffer that ends in a runtime-sized array: bytes bound, counted from the start of the buffer. */
  readonly bytes?: Ir;
  /** Bytes from the start of the buffer to this place; meaningful with `bytes`. */
  readonly start?: number;
}

/** A variable, or part of one, in slots. With a selector, which of several parts is known only at run time. */
export interface SlotPlace {
  readonly kind: 'slots';
  readonly type: Type;
  readonly choices: readonly (readonly Slot[])[];
  readonly selector?: Ir;
}

export type Place = MemoryPlace | SlotPlace;

const scalarIr = (name: string): IrType => (name === 'f32' ? 'f32' : 'i32');

/** The IR types of the scalars that a value of `type` flattens to. */
export function irTypes(type: Type): IrType[] {
  return flatScalars(type).map((scalar) => scalarIr(scalar.name));
}

/** The scalars stored in a place. */
export function readPlace(builder: FunctionBuilder, place: Place): Ir[] {
  const types = irTypes(place.type);
  if (place.kind === 'slots') {
    const { choices, selector } = place;
    return types.map((_, k) => {
      const options = choices.map((slots) => readSlot(slots[k]));
      return options.reduceRight((rest, option, i) =>
        select(binary('i32.eq', selector!, i32Const(i)), option, rest),
      );
    });
  }
  const address = types.length > 1 ? builder.keep(place.address) : place.address;
  return flatOffsets(place.type).map((offset, k) => ({
    op: 'load',
    type: types[k],
    address,
    offset: place.offset + offset,
  }));
}

function readSlot(slot: Slot): Ir {
  return slot.in === 'local'
    ? getLocal(slot.type, slot.index)
    : { op: 'global', type: slot.type, index: slot.index };
}

/** Stores scalars into a place. */
export function writePlace(builder: FunctionBuilder, place: Place, scalars: readonly Ir[]): void {
  if (place.kind === 'memory') {
    const address = scalars.length > 1 ? builder.keep(place.address) : place.address;
    const values = scalars.length > 1 ? scalars.map((value) => builder.freeze(value)) : scalars;
    flatOffsets(place.type).forEach((offset, k) => {
      builder.emit({ op: 'store', address, offset: place.offset + offset, value: values[k] });
    });
    return;
  }
  const { choices, selector } = place;
  const targets = new Set(choices.flat().map((slot) => slot.index));
  const isSimple =
    scalars.length === 1 || !scalars.some((value) => readsGlobal(value) || reads(value, targets));
  const values = isSimple ? scalars : scalars.map((value) => builder.freeze(value));
  const at = selector && builder.freeze(selector);
  const kept = selector ? values.map((value) => builder.keep(value)) : values;
  choices.forEach((slots, i) => {
    slots.forEach((slot, k) => {
      const value = at ? select(binary('i32.eq', at, i32Const(i)), kept[k], readSlot(slot)) : kept[k];
      builder.emit({ op: slot.in === 'local' ? 'set' : 'set-global', index: slot.index, value });
    });
  });
}

function readsGlobal(ir: Ir): boolean {
  switch (ir.op) {
    case 'global':
      return true;
    case 'unary':
      return readsGlobal(ir.a);
    case 'binary':
      return readsGlobal(ir.a) || readsGlobal(ir.b);
    case 'load':
      return readsGlobal(ir.address);
    case 'select':
    case 'choose':
      return readsGlobal(ir.condition) || readsGlobal(ir.a) || readsGlobal(ir.b);
    default:
      return false;
  }
}

/** Makes what the place's location is computed from immune to later assignments. */
export function frozenPlace(builder: FunctionBuilder, place: Place): Place {
  if (place.kind === 'memory') return { ...place, address: builder.freeze(place.address) };
  return place.selector ? { ...place, selector: builder.freeze(place.selector) } : place;
}

/** A struct's member. */
export function memberPlace(place: Place, index: number): Place {
  const type = place.type as StructType;
  const member = type.members[index].type;
  if (place.kind === 'memory') return shifted(place, memberOffsets(type)[index], member);
  const first = type.members.slice(0, index).reduce((sum, m) => sum + flatCount(m.type), 0);
  return partOfSlots(place, first, member);
}

function shifted(place: MemoryPlace, by: number, type: Type): MemoryPlace {
  return { ...place, type, offset: place.offset + by, start: (place.start ?? 0) + by };
}

function partOfSlots(place: SlotPlace, first: number, type: Type): SlotPlace {
  const end = first + flatCount(type);
  return { ...place, type, choices: place.choices.map((slots) => slots.slice(first, end)) };
}

/** An element of an array, a column of a matrix or a component of a vector; the index is clamped into range. */
export function indexPlace(builder: FunctionBuilder, place: Place, index: Ir): Place {
  const type = place.type as Extract<Type, { kind: 'array' | 'vector' | 'matrix' }>;
  const elem = type.kind === 'matrix' ? vector(type.rows, type.elem) : type.elem;
  const isRuntime = type.kind === 'array' && type.count === 'runtime';
  if (place.kind === 'slots') return indexSlots(builder, place, index, elem, partTypes(type).length);
  const stride = type.kind === 'vector' ? 4 : strideOf(type);
  const last = isRuntime
    ? lastIndex(builder, place)
    : i32Const((type.kind === 'array' ? (type.count as number) : partTypes(type).length) - 1);
  const at = isRuntime && isConst(index, 0) ? index : clamped(builder, index, last);
  if (at.op === 'const') return shifted(place, at.value * stride, elem);
  const address = elementAddress(place.address, at, stride);
  return { kind: 'memory', type: elem, address, offset: place.offset };
}

/** Index of the last element that the bound range holds. */
function lastIndex(builder: FunctionBuilder, place: MemoryPlace): Ir {
  return builder.hoisted(
    `last ${JSON.stringify(place.bytes)} ${place.start} ${strideOf(place.type as ArrayType)}`,
    () => binary('i32.sub', elementCount(place), i32Const(1)),
  );
}

/** Number of elements of the runtime-sized array at a place. */
export function elementCount(place: MemoryPlace): Ir {
  const rest = binary('i32.sub', place.bytes!, i32Const(place.start ?? 0));
  return binary('i32.div_u', rest, i32Const(strideOf(place.type as ArrayType)));
}

function clamped(builder: FunctionBuilder, index: Ir, last: Ir): Ir {
  const highest = last.op === 'const' ? last.value >>> 0 : 0;
  if (last.op === 'const' && upperBound(index, (local) => builder.boundOf(local)) <= highest) return index;
  // Any element will do for an index that is out of bounds, and a mask is less than half the work of a comparison.
  if (last.op === 'const' && (highest & (highest + 1)) === 0) return binary('i32.and', index, last);
  const at = builder.keep(index);
  return select(binary('i32.lt_u', at, last), at, last);
}

function indexSlots(builder: FunctionBuilder, place: SlotPlace, index: Ir, elem: Type, count: number): Place {
  if (index.op === 'const')
    return partOfSlots(place, Math.min(index.value >>> 0, count - 1) * flatCount(elem), elem);
  const at = builder.keep(clamped(builder, index, i32Const(count - 1)));
  const { selector } = place;
  const combined = selector ? binary('i32.add', binary('i32.mul', selector, i32Const(count)), at) : at;
  const width = flatCount(elem);
  const choices = place.choices.flatMap((slots) =>
    Array.from({ length: count }, (_, i) => slots.slice(i * width, (i + 1) * width)),
  );
  return { kind: 'slots', type: elem, choices, selector: builder.keep(combined) };
}
