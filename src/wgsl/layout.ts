import { type ArrayType, fixedCount, type StructType, type Type } from './types';

/**
 * Byte layout of host-shareable types as the WGSL specification has it (section "Alignment and Size").
 * bool, which is not host-shareable, takes four bytes where the compiler keeps it in its own memory.
 */
const roundUp = (multiple: number, value: number): number => Math.ceil(value / multiple) * multiple;

const vectorAlign = (size: number): number => (size === 2 ? 8 : 16);

/** Alignment of a type, bytes. */
export function alignOf(type: Type): number {
  switch (type.kind) {
    case 'vector':
      return vectorAlign(type.size);
    case 'matrix':
      return vectorAlign(type.rows);
    case 'array':
      return alignOf(type.elem);
    case 'struct':
      return Math.max(1, ...type.members.map((member) => member.align ?? alignOf(member.type)));
    default:
      return 4;
  }
}

/** Distance between an array's elements, or a matrix's columns, bytes. */
export function strideOf(type: ArrayType | Extract<Type, { kind: 'matrix' }>): number {
  if (type.kind === 'matrix') return vectorAlign(type.rows);
  return roundUp(alignOf(type.elem), sizeOf(type.elem));
}

/** Offsets of a struct's members, bytes. */
export function memberOffsets(type: StructType): number[] {
  let end = 0;
  return type.members.map((member) => {
    const offset = roundUp(member.align ?? alignOf(member.type), end);
    end = offset + (member.size ?? sizeOf(member.type));
    return offset;
  });
}

/** Size of a type, bytes; a runtime array counts as one element, the least a binding must hold. */
export function sizeOf(type: Type): number {
  switch (type.kind) {
    case 'vector':
      return type.size * 4;
    case 'matrix':
      return type.columns * strideOf(type);
    case 'array':
      return (type.count === 'runtime' ? 1 : fixedCount(type)) * strideOf(type);
    case 'struct': {
      const offsets = memberOffsets(type);
      const last = type.members[type.members.length - 1];
      if (!last) return 0;
      const end = offsets[offsets.length - 1] + (last.size ?? sizeOf(last.type));
      return roundUp(alignOf(type), end);
    }
    default:
      return 4;
  }
}

/** Byte offset of every scalar that a value flattens to, in flattening order. */
export function flatOffsets(type: Type): number[] {
  const shifted = (elem: Type, by: number) => flatOffsets(elem).map((offset) => offset + by);
  switch (type.kind) {
    case 'vector':
      return Array.from({ length: type.size }, (_, i) => 4 * i);
    case 'matrix':
      return Array.from({ length: type.columns * type.rows }, (_, i) => {
        const column = Math.floor(i / type.rows);
        return column * strideOf(type) + 4 * (i % type.rows);
      });
    case 'array':
      return Array.from({ length: fixedCount(type) }, (_, i) =>
        shifted(type.elem, i * strideOf(type)),
      ).flat();
    case 'struct': {
      const offsets = memberOffsets(type);
      return type.members.flatMap((member, i) => shifted(member.type, offsets[i]));
    }
    case 'void':
      return [];
    default:
      return [0];
  }
}

export { roundUp };
