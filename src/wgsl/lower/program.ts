import { unsupported } from '../diagnostics';
import type { IrFunction, IrType } from '../ir/ir';
import { alignOf, flatOffsets, roundUp, sizeOf } from '../layout';
import type { Fn, Variable } from '../tree';
import { type ArrayType, flatCount, type Type } from '../types';
import type { ScalarValue, Value } from '../values/value';
import { evaluateOverride } from './overrides';
import { irTypes, type Slot } from './place';
import type { Usage } from './usage';

/** Flattened scalars beyond which a value is not passed around in locals. */
const mostValueScalars = 1024;

/** What all functions of one kernel share: override values, the scratch memory's plan, globals, compiled functions. */
export class Program {
  readonly usage: Usage;
  readonly sharedMemory: boolean;
  readonly overrides: ReadonlyMap<Variable, Value>;
  readonly functions = new Map<Fn, IrFunction>();
  readonly globals: IrType[] = [];
  readonly data: { readonly bytes: Uint8Array; readonly offset: number }[] = [];
  /** Resources in order of (group, binding). */
  readonly bindings: readonly Variable[];
  /** Whether the workgroup is a single invocation: barriers then do nothing. */
  readonly isSingleInvocation: boolean;
  readonly workgroupBytes: number;
  /** Indices of the globals that repeat what `run` was handed: the scratch address, then (address, bytes) a binding. */
  readonly originGlobals: { readonly scratch: number; readonly base: number };
  /** From here on, globals hold private variables. */
  readonly firstPrivateGlobal: number;
  readonly #offsets = new Map<Variable, number>();
  readonly #slots = new Map<Variable, readonly Slot[]>();
  readonly #constants = new Map<Value, number>();
  #scratchBytes = 0;

  constructor(
    usage: Usage,
    overrides: ReadonlyMap<Variable, Value>,
    options: { sharedMemory: boolean; isSingleInvocation: boolean },
  ) {
    this.usage = usage;
    this.overrides = overrides;
    this.sharedMemory = options.sharedMemory;
    this.isSingleInvocation = options.isSingleInvocation;
    this.bindings = [...usage.variables]
      .filter(isResource)
      .sort((a, b) => a.group! - b.group! || a.binding! - b.binding!);
    this.originGlobals = { scratch: 0, base: 1 };
    for (let i = 0; i < 1 + 2 * this.bindings.length; i++) this.globals.push('i32');
    this.firstPrivateGlobal = this.globals.length;
    // Workgroup variables come first, so that they can be zeroed in one go.
    for (const variable of usage.variables) if (variable.space === 'workgroup') this.offsetOf(variable);
    this.workgroupBytes = this.#scratchBytes;
  }

  get scratchBytes(): number {
    return roundUp(16, this.#scratchBytes);
  }

  allocate(type: Type): number {
    const offset = roundUp(Math.max(4, alignOf(type)), this.#scratchBytes);
    this.#scratchBytes = offset + sizeOf(type);
    return offset;
  }

  /** Reserves scratch memory, 16-byte aligned. @returns its offset */
  allocateBytes(bytes: number): number {
    const offset = roundUp(16, this.#scratchBytes);
    this.#scratchBytes = offset + bytes;
    return offset;
  }

  /** Where in the scratch memory a variable lies. As nothing recurses, every variable has one fixed place. */
  offsetOf(variable: Variable): number {
    const known = this.#offsets.get(variable);
    if (known !== undefined) return known;
    const offset = this.allocate(this.concrete(variable.type));
    this.#offsets.set(variable, offset);
    return offset;
  }

  /** Globals that hold a private variable, so that every function reaches it. */
  slotsOf(variable: Variable): readonly Slot[] {
    const known = this.#slots.get(variable);
    if (known) return known;
    const slots = irTypes(variable.type).map(
      (type): Slot => ({ in: 'global', type, index: this.globals.push(type) - 1 }),
    );
    this.#slots.set(variable, slots);
    return slots;
  }

  /** Places a constant in the scratch memory, written once when the kernel begins. @returns its offset */
  constantOffset(value: Value): number {
    const known = this.#constants.get(value);
    if (known !== undefined) return known;
    const offset = this.allocate(value.type);
    this.data.push({ bytes: encodeConstant(value), offset });
    this.#constants.set(value, offset);
    return offset;
  }

  /** The type with override-sized arrays given their count. */
  concrete(type: Type): Type {
    if (type.kind !== 'array') return type;
    const elem = this.concrete(type.elem);
    return { ...type, elem, count: this.#count(type) };
  }

  #count(type: ArrayType): number | 'runtime' {
    const { count } = type;
    if (typeof count === 'number' || count === 'runtime') return count;
    return Number(evaluateOverride(count, this.overrides).scalars[0]);
  }

  isInlined(fn: Fn): boolean {
    return this.usage.inlined.has(fn);
  }
}

export function isResource(variable: Variable): boolean {
  return variable.space === 'storage' || variable.space === 'uniform';
}

/** Refuses values that would flatten to too many locals. */
export function checkValueSize(type: Type, span: { start: number; end: number }): void {
  if (flatCount(type) > mostValueScalars)
    throw unsupported(`a value of more than ${mostValueScalars} scalars`, span);
}

function encodeConstant(value: Value): Uint8Array {
  const view = new DataView(new ArrayBuffer(sizeOf(value.type)));
  const types = irTypes(value.type);
  flatOffsets(value.type).forEach((offset, i) => {
    if (types[i] === 'f32') view.setFloat32(offset, value.scalars[i] as number, true);
    else view.setInt32(offset, Number(value.scalars[i] as ScalarValue) | 0, true);
  });
  return new Uint8Array(view.buffer);
}
