import type { Expr } from './tree';

/** Scalars; the abstract ones exist only in const-expressions. */
export type ScalarName = 'bool' | 'i32' | 'u32' | 'f32' | 'abstract-int' | 'abstract-float';
export type AddressSpace = 'function' | 'private' | 'workgroup' | 'uniform' | 'storage';
export type AccessMode = 'read' | 'write' | 'read_write';

export interface ScalarType {
  readonly kind: 'scalar';
  readonly name: ScalarName;
}
export interface VectorType {
  readonly kind: 'vector';
  readonly size: number;
  readonly elem: ScalarType;
}
export interface MatrixType {
  readonly kind: 'matrix';
  readonly columns: number;
  readonly rows: number;
  readonly elem: ScalarType;
}
/** `count` is a number, 'runtime', or an override-expression that becomes a number when a pipeline is made. */
export interface ArrayType {
  readonly kind: 'array';
  readonly elem: Type;
  readonly count: number | 'runtime' | Expr;
}
export interface StructMember {
  readonly name: string;
  readonly type: Type;
  /** From `@align` and `@size`, bytes. */
  readonly align?: number;
  readonly size?: number;
  readonly builtin?: string;
}
/** Nominal: two struct types are the same when they are the same object (or the same predeclared name). */
export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  readonly members: readonly StructMember[];
}
export interface AtomicType {
  readonly kind: 'atomic';
  readonly elem: ScalarType;
}
export interface PointerType {
  readonly kind: 'pointer';
  readonly space: AddressSpace;
  readonly access: AccessMode;
  readonly elem: Type;
}
export interface VoidType {
  readonly kind: 'void';
}
export type Type =
  | ScalarType
  | VectorType
  | MatrixType
  | ArrayType
  | StructType
  | AtomicType
  | PointerType
  | VoidType;

const scalar = (name: ScalarName): ScalarType => ({ kind: 'scalar', name });
export const bool = scalar('bool');
export const i32 = scalar('i32');
export const u32 = scalar('u32');
export const f32 = scalar('f32');
export const abstractInt = scalar('abstract-int');
export const abstractFloat = scalar('abstract-float');
export const voidType: VoidType = { kind: 'void' };

export const vector = (size: number, elem: ScalarType): VectorType => ({ kind: 'vector', size, elem });
export const matrix = (columns: number, rows: number, elem: ScalarType): MatrixType => ({
  kind: 'matrix',
  columns,
  rows,
  elem,
});

export const isAbstract = (type: Type): boolean => {
  if (type.kind === 'scalar') return type.name === 'abstract-int' || type.name === 'abstract-float';
  if (type.kind === 'vector' || type.kind === 'matrix' || type.kind === 'array') return isAbstract(type.elem);
  return type.kind === 'struct' && type.members.some((member) => isAbstract(member.type));
};

export const isNumeric = (type: ScalarType): boolean => type.name !== 'bool';
export const isFloat = (type: ScalarType): boolean => type.name === 'f32' || type.name === 'abstract-float';
export const isInteger = (type: ScalarType): boolean => isNumeric(type) && !isFloat(type);

/** The scalar a type is made of component-wise, or undefined for composites that have none. */
export function elementScalar(type: Type): ScalarType | undefined {
  if (type.kind === 'scalar') return type;
  return type.kind === 'vector' || type.kind === 'matrix' ? type.elem : undefined;
}

/** The same shape over another scalar. */
export function withElement(type: Type, elem: ScalarType): Type {
  if (type.kind === 'vector') return vector(type.size, elem);
  if (type.kind === 'matrix') return matrix(type.columns, type.rows, elem);
  return elem;
}

export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind === 'scalar' && b.kind === 'scalar') return a.name === b.name;
  if (a.kind === 'vector' && b.kind === 'vector') return a.size === b.size && sameType(a.elem, b.elem);
  if (a.kind === 'matrix' && b.kind === 'matrix')
    return a.columns === b.columns && a.rows === b.rows && sameType(a.elem, b.elem);
  if (a.kind === 'array' && b.kind === 'array') return a.count === b.count && sameType(a.elem, b.elem);
  if (a.kind === 'struct' && b.kind === 'struct') return a.name === b.name;
  if (a.kind === 'atomic' && b.kind === 'atomic') return sameType(a.elem, b.elem);
  if (a.kind === 'pointer' && b.kind === 'pointer')
    return a.space === b.space && a.access === b.access && sameType(a.elem, b.elem);
  return a.kind === 'void' && b.kind === 'void';
}

/** How a type is written in WGSL, for messages. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'vector':
      return `vec${type.size}<${type.elem.name}>`;
    case 'matrix':
      return `mat${type.columns}x${type.rows}<${type.elem.name}>`;
    case 'array': {
      const count =
        type.count === 'runtime' ? '' : `, ${typeof type.count === 'number' ? type.count : '(override)'}`;
      return `array<${typeName(type.elem)}${count}>`;
    }
    case 'struct':
      return type.name;
    case 'atomic':
      return `atomic<${type.elem.name}>`;
    case 'pointer':
      return `ptr<${type.space}, ${typeName(type.elem)}, ${type.access}>`;
    case 'void':
      return 'void';
  }
}

/** Parts of a composite in order: vector components, matrix columns, array elements, struct members. */
export function partTypes(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'vector':
      return Array.from({ length: type.size }, () => type.elem);
    case 'matrix':
      return Array.from({ length: type.columns }, () => vector(type.rows, type.elem));
    case 'array':
      return Array.from({ length: fixedCount(type) }, () => type.elem);
    case 'struct':
      return type.members.map((member) => member.type);
    default:
      return [];
  }
}

/** The number of elements of an array whose count is known. */
export function fixedCount(type: ArrayType): number {
  if (typeof type.count !== 'number') throw new Error(`${typeName(type)} has no fixed element count`);
  return type.count;
}

/** How many scalars a value of the type is, flattened in order. */
export function flatCount(type: Type): number {
  switch (type.kind) {
    case 'vector':
      return type.size;
    case 'matrix':
      return type.columns * type.rows;
    case 'array':
      return fixedCount(type) * flatCount(type.elem);
    case 'struct':
      return type.members.reduce((sum, member) => sum + flatCount(member.type), 0);
    case 'void':
      return 0;
    default:
      return 1;
  }
}

/** The scalars a value flattens to, in order. */
export function flatScalars(type: Type): ScalarType[] {
  switch (type.kind) {
    case 'scalar':
      return [type];
    case 'vector':
      return Array.from({ length: type.size }, () => type.elem);
    case 'matrix':
      return Array.from({ length: type.columns * type.rows }, () => type.elem);
    case 'atomic':
      return [type.elem];
    case 'array': {
      const one = flatScalars(type.elem);
      return Array.from({ length: fixedCount(type) }, () => one).flat();
    }
    case 'struct':
      return type.members.flatMap((member) => flatScalars(member.type));
    default:
      return [];
  }
}

/** A type with a fixed footprint known when the shader is made (a runtime array has none). */
export function isFixedFootprint(type: Type): boolean {
  if (type.kind === 'array') return type.count !== 'runtime' && isFixedFootprint(type.elem);
  return type.kind !== 'struct' || type.members.every((member) => isFixedFootprint(member.type));
}

/** A type whose values can be constructed, copied and passed: no atomics, no runtime or override-sized arrays. */
export function isConstructible(type: Type): boolean {
  if (type.kind === 'array') return typeof type.count === 'number' && isConstructible(type.elem);
  if (type.kind === 'struct') return type.members.every((member) => isConstructible(member.type));
  return type.kind === 'scalar' || type.kind === 'vector' || type.kind === 'matrix';
}
