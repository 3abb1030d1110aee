/**
 * The intermediate representation: structured control flow over scalars, no vectors, no pointers, no undefined
 * behaviour left. An emitter maps an operation to one instruction (scalar) or to its lane-wise form (masked SIMD);
 * nothing here knows of WebAssembly's binary format. Bool is an i32 of 0 or 1; an i64 is made by passes alone.
 */
export type IrType = 'i32' | 'f32' | 'i64';

export type IrUnary =
  | 'i32.eqz'
  | 'i32.clz'
  | 'i32.ctz'
  | 'i32.popcnt'
  | 'f32.abs'
  | 'f32.neg'
  | 'f32.ceil'
  | 'f32.floor'
  | 'f32.trunc'
  | 'f32.nearest'
  | 'f32.sqrt'
  | 'i32.trunc_sat_f32_s'
  | 'i32.trunc_sat_f32_u'
  | 'f32.convert_i32_s'
  | 'f32.convert_i32_u'
  | 'i32.reinterpret_f32'
  | 'f32.reinterpret_i32'
  | 'i64.extend_i32_u'
  | 'i32.wrap_i64';

export type IrBinary =
  | 'i32.add'
  | 'i32.sub'
  | 'i32.mul'
  | 'i32.div_s'
  | 'i32.div_u'
  | 'i32.rem_s'
  | 'i32.rem_u'
  | 'i32.and'
  | 'i32.or'
  | 'i32.xor'
  | 'i32.shl'
  | 'i32.shr_s'
  | 'i32.shr_u'
  | 'i32.rotl'
  | 'i32.eq'
  | 'i32.ne'
  | 'i32.lt_s'
  | 'i32.lt_u'
  | 'i32.gt_s'
  | 'i32.gt_u'
  | 'i32.le_s'
  | 'i32.le_u'
  | 'i32.ge_s'
  | 'i32.ge_u'
  | 'i64.or'
  | 'i64.shl'
  | 'i64.shr_u'
  | 'i64.lt_u'
  | 'f32.eq'
  | 'f32.ne'
  | 'f32.lt'
  | 'f32.gt'
  | 'f32.le'
  | 'f32.ge'
  | 'f32.add'
  | 'f32.sub'
  | 'f32.mul'
  | 'f32.div'
  | 'f32.min'
  | 'f32.max'
  | 'f32.copysign';

/** An expression: pure, though a load sees the stores before it. */
export type Ir =
  | { readonly op: 'const'; readonly type: IrType; readonly value: number }
  | { readonly op: 'local'; readonly type: IrType; readonly index: number }
  | { readonly op: 'global'; readonly type: IrType; readonly index: number }
  | { readonly op: 'unary'; readonly type: IrType; readonly code: IrUnary; readonly a: Ir }
  | {
      readonly op: 'binary';
      readonly type: IrType;
      readonly code: IrBinary;
      readonly a: Ir;
      readonly b: Ir;
      /** That a sum or a product does not wrap, of unsigned operands: it is part of an address within memory. */
      readonly isExact?: true;
    }
  /** Both arms are evaluated. */
  | { readonly op: 'select'; readonly type: IrType; readonly condition: Ir; readonly a: Ir; readonly b: Ir }
  /** Only the arm chosen is evaluated. */
  | { readonly op: 'choose'; readonly type: IrType; readonly condition: Ir; readonly a: Ir; readonly b: Ir }
  | { readonly op: 'load'; readonly type: IrType; readonly address: Ir; readonly offset: number };

/** A place that `br` leaves to: the end of a block, the head of a loop, or a case further down. */
export interface Label {
  readonly name: string;
}

export type AtomicCode = 'load' | 'store' | 'add' | 'sub' | 'and' | 'or' | 'xor' | 'xchg' | 'cmpxchg';

export type IrStmt =
  | { readonly op: 'set'; readonly index: number; readonly value: Ir }
  | { readonly op: 'set-global'; readonly index: number; readonly value: Ir }
  | { readonly op: 'store'; readonly address: Ir; readonly offset: number; readonly value: Ir }
  | { readonly op: 'copy'; readonly to: Ir; readonly from: Ir; readonly bytes: number }
  | { readonly op: 'zero'; readonly at: Ir; readonly bytes: Ir }
  /** Writes constant data into memory. */
  | { readonly op: 'init'; readonly at: Ir; readonly data: number; readonly bytes: number }
  | {
      readonly op: 'atomic';
      readonly code: AtomicCode;
      readonly address: Ir;
      readonly offset: number;
      readonly operands: readonly Ir[];
      /** Local that takes the old value; none for a store. */
      readonly result?: number;
    }
  | {
      readonly op: 'call';
      readonly fn: IrFunction;
      readonly args: readonly Ir[];
      readonly results: readonly number[];
    }
  | {
      readonly op: 'if';
      readonly condition: Ir;
      readonly accept: readonly IrStmt[];
      readonly reject: readonly IrStmt[];
    }
  | { readonly op: 'block'; readonly label: Label; readonly body: readonly IrStmt[] }
  /** Runs its body again each time it reaches the end; left only by a branch. */
  | { readonly op: 'loop'; readonly label: Label; readonly body: readonly IrStmt[] }
  | { readonly op: 'br'; readonly label: Label }
  | { readonly op: 'br-if'; readonly label: Label; readonly condition: Ir }
  | {
      readonly op: 'switch';
      readonly selector: Ir;
      readonly cases: readonly SwitchCase[];
      readonly otherwise: readonly IrStmt[];
    }
  | { readonly op: 'return'; readonly values: readonly Ir[] };

export interface SwitchCase {
  readonly values: readonly number[];
  readonly body: readonly IrStmt[];
  /** Where there is one, cases that stand before this one may branch into it. */
  readonly label?: Label;
}

export interface IrFunction {
  readonly name: string;
  readonly params: readonly IrType[];
  readonly results: readonly IrType[];
  /** Types of all locals, the parameters first. */
  readonly locals: IrType[];
  readonly body: readonly IrStmt[];
}

/** All that an emitter needs. */
export interface IrModule {
  /** Callees before their callers. */
  readonly functions: readonly IrFunction[];
  /** The function exported as "run": (params, firstWorkgroup, endWorkgroup). */
  readonly run: IrFunction;
  readonly globals: readonly IrType[];
  readonly data: readonly Uint8Array[];
  readonly sharedMemory: boolean;
}
