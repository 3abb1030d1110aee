import { applyBinary, applyConstruct, type Shaped } from '../algebra';
import { applyBuiltin } from '../builtins';
import { unsupported } from '../diagnostics';
import { choose, f32Const, i32Const } from '../ir/build';
import type { Ir, IrStmt } from '../ir/ir';
import type { Expr, Variable } from '../tree';
import { type ArrayType, elementScalar, flatCount, partTypes, type StructType, type Type } from '../types';
import type { Value } from '../values/value';
import { isSpecialBuiltin, lowerSpecial } from './atomics';
import type { FunctionBuilder } from './builder';
import { type Argument, callWith } from './functions';
import { evaluateOverride } from './overrides';
import { frozenPlace, indexPlace, irTypes, memberPlace, type Place, readPlace, writePlace } from './place';
import { checkValueSize, isResource } from './program';
import { irAlgebra } from './scalars';

/** Lowers a value expression to its scalars. */
export function lowerValue(builder: FunctionBuilder, expr: Expr): Ir[] {
  if (expr.value) return constantScalars(expr.value);
  const algebra = irAlgebra(builder);
  switch (expr.kind) {
    case 'variable':
      return variableScalars(builder, expr);
    case 'load':
      checkValueSize(builder.program.concrete(expr.type), expr);
      return readPlace(builder, lowerPlace(builder, expr.source));
    case 'unary': {
      const elem = elementScalar(expr.type)!;
      return lowerValue(builder, expr.operand).map((scalar) => algebra.unary(expr.op, elem, scalar));
    }
    case 'binary': {
      if (expr.op === '&&' || expr.op === '||') return [lowerShortCircuit(builder, expr)];
      const [left, right] = lowerShaped(builder, [expr.left, expr.right]);
      return applyBinary(algebra, expr.op, left, right, elementScalar(expr.left.type)!);
    }
    case 'member':
      return memberScalars(lowerValue(builder, expr.base), expr.base.type as StructType, expr.index);
    case 'swizzle': {
      const scalars = lowerValue(builder, expr.base).map((scalar) => builder.keep(scalar));
      return expr.lanes.map((lane) => scalars[lane]);
    }
    case 'index':
      return lowerIndexOfValue(builder, expr.base, expr.index, expr.type);
    case 'call':
      return callWith(builder, expr.fn, lowerArguments(builder, expr.args));
    case 'builtin':
      if (isSpecialBuiltin(expr.name)) return lowerSpecial(builder, expr);
      return applyBuiltin(algebra, expr.name, lowerShaped(builder, expr.args), expr.type);
    case 'construct':
      checkValueSize(expr.type, expr);
      if (!expr.args.length)
        return irTypes(expr.type).map((type) => (type === 'f32' ? f32Const(0) : i32Const(0)));
      return applyConstruct(algebra, expr.type, lowerShaped(builder, expr.args));
    default:
      throw unsupported(`a ${expr.kind} expression here`, expr);
  }
}

export function constantScalars(value: Value): Ir[] {
  return irTypes(value.type).map((type, i) => {
    const scalar = value.scalars[i];
    return type === 'f32' ? f32Const(scalar as number) : i32Const(Number(scalar));
  });
}

function variableScalars(builder: FunctionBuilder, expr: Extract<Expr, { kind: 'variable' }>): Ir[] {
  if (expr.variable.kind === 'override')
    return constantScalars(evaluateOverride(expr, builder.program.overrides));
  const bound = builder.bound.get(expr.variable);
  if (bound?.kind === 'place') return readPlace(builder, bound.place);
  if (bound?.kind !== 'value') throw new Error(`'${expr.variable.name}' has no value here`);
  return [...bound.scalars];
}

/** Lowers values in order; those before one that may write memory are pinned down first. */
export function lowerShaped(builder: FunctionBuilder, exprs: readonly Expr[]): Shaped<Ir>[] {
  return exprs.map((expr, i) => {
    const scalars = lowerValue(builder, expr);
    const isDisturbed = exprs.slice(i + 1).some((later) => later.effects);
    return {
      type: expr.type,
      scalars: isDisturbed ? scalars.map((scalar) => builder.freeze(scalar)) : scalars,
    };
  });
}

function lowerArguments(builder: FunctionBuilder, args: readonly Expr[]): Argument[] {
  return args.map((arg, i): Argument => {
    const isDisturbed = args.slice(i + 1).some((later) => later.effects);
    if (arg.type.kind === 'pointer') {
      const place = lowerPointer(builder, arg);
      return { place: isDisturbed ? frozenPlace(builder, place) : place };
    }
    const scalars = lowerValue(builder, arg);
    return { scalars: isDisturbed ? scalars.map((scalar) => builder.freeze(scalar)) : scalars };
  });
}

/** && and ||: the right side is evaluated only where it decides. */
function lowerShortCircuit(builder: FunctionBuilder, expr: Extract<Expr, { kind: 'binary' }>): Ir {
  const [left] = lowerValue(builder, expr.left);
  if (left.op === 'const' && (left.value !== 0) === (expr.op === '||')) return left;
  let right: Ir = left;
  // The left side must be read before what the right side does; emitting it first keeps that order.
  const condition = expr.right.effects ? builder.freeze(left) : left;
  const statements = builder.inBlock(() => {
    [right] = lowerValue(builder, expr.right);
  });
  const isAnd = expr.op === '&&';
  if (!statements.length)
    return isAnd ? choose(condition, right, i32Const(0)) : choose(condition, i32Const(1), right);
  const result = builder.newLocal('i32');
  const set = (value: Ir): IrStmt => ({ op: 'set', index: result, value });
  const [decided, open] = [[set(i32Const(isAnd ? 0 : 1))], [...statements, set(right)]];
  builder.emit({ op: 'if', condition, accept: isAnd ? open : decided, reject: isAnd ? decided : open });
  return { op: 'local', type: 'i32', index: result };
}

function memberScalars(scalars: readonly Ir[], type: StructType, index: number): Ir[] {
  const first = type.members.slice(0, index).reduce((sum, member) => sum + flatCount(member.type), 0);
  return scalars.slice(first, first + flatCount(type.members[index].type));
}

/** Elements up to which a value is indexed by a chain of selects; longer ones go through memory. */
const longestSelectChain = 16;

function lowerIndexOfValue(builder: FunctionBuilder, base: Expr, index: Expr, elem: Type): Ir[] {
  const { program } = builder;
  if (base.value && base.type.kind === 'array' && partTypes(base.type).length > longestSelectChain) {
    const offset = program.constantOffset(base.value);
    const table: Place = { kind: 'memory', type: base.type, address: builder.scratch(), offset };
    return readPlace(builder, indexPlace(builder, table, lowerValue(builder, index)[0]));
  }
  const [value, at] = lowerShaped(builder, [base, index]);
  if (at.scalars[0].op === 'const') {
    const first = at.scalars[0].value * flatCount(elem);
    return value.scalars.slice(first, first + flatCount(elem));
  }
  return readPlace(builder, indexPlace(builder, spilled(builder, value), at.scalars[0]));
}

/** A value put where it can be indexed at run time: locals if it is short, memory otherwise. */
function spilled(builder: FunctionBuilder, { type, scalars }: Shaped<Ir>): Place {
  const isShort = type.kind !== 'array' || partTypes(type as ArrayType).length <= longestSelectChain;
  if (isShort) {
    const slots = scalars.map((scalar) => {
      const index = builder.newLocal(scalar.type);
      builder.emit({ op: 'set', index, value: scalar });
      return { in: 'local', type: scalar.type, index } as const;
    });
    return { kind: 'slots', type, choices: [slots] };
  }
  const offset = builder.program.allocate(type);
  const place: Place = { kind: 'memory', type, address: builder.scratch(), offset };
  writePlace(builder, place, scalars);
  return place;
}

/** Where a reference expression leads. */
export function lowerPlace(builder: FunctionBuilder, expr: Expr): Place {
  switch (expr.kind) {
    case 'variable':
      return lowerPlaceOf(builder, expr.variable);
    case 'deref':
      return lowerPointer(builder, expr.pointer);
    case 'member':
      return memberPlace(lowerPlace(builder, expr.base), expr.index);
    case 'index': {
      const base = lowerPlace(builder, expr.base);
      const stable = expr.index.effects ? frozenPlace(builder, base) : base;
      return indexPlace(builder, stable, lowerValue(builder, expr.index)[0]);
    }
    default:
      throw unsupported(`a reference to a ${expr.kind} expression`, expr);
  }
}

/** What a pointer expression points to. */
export function lowerPointer(builder: FunctionBuilder, expr: Expr): Place {
  if (expr.kind === 'address') return lowerPlace(builder, expr.target);
  const bound = expr.kind === 'variable' ? builder.bound.get(expr.variable) : undefined;
  if (bound?.kind !== 'place') throw unsupported('this pointer expression', expr);
  return bound.place;
}

/** Where a variable lies. */
export function lowerPlaceOf(builder: FunctionBuilder, variable: Variable): Place {
  const { program } = builder;
  const bound = builder.bound.get(variable);
  if (bound?.kind === 'place') return bound.place;
  const type = program.concrete(variable.type);
  if (isResource(variable)) {
    const binding = program.bindings.indexOf(variable);
    return {
      kind: 'memory',
      type,
      address: builder.base(binding),
      offset: 0,
      bytes: builder.bytes(binding),
      start: 0,
    };
  }
  if (variable.space === 'private' && !program.usage.inMemory.has(variable))
    return { kind: 'slots', type, choices: [program.slotsOf(variable)] };
  return { kind: 'memory', type, address: builder.scratch(), offset: program.offsetOf(variable) };
}

/** Lowers a bool condition; any nonzero i32 counts as true. */
export function lowerCondition(builder: FunctionBuilder, expr: Expr): Ir {
  return lowerValue(builder, expr)[0];
}
