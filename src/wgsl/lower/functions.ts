import { getLocal } from '../ir/build';
import type { Ir, IrFunction, IrType } from '../ir/ir';
import { preludeFunction } from '../prelude';
import type { Fn, Stmt, Variable } from '../tree';
import { isConstructible, type Type } from '../types';
import { FunctionBuilder, type Origin } from './builder';
import {
  frozenPlace,
  irTypes,
  type MemoryPlace,
  type Place,
  readPlace,
  type Slot,
  writePlace,
} from './place';
import type { Program } from './program';
import { lowerStatements } from './statements';

/** An argument: a value's scalars, or what a pointer points to. */
export type Argument = { readonly scalars: readonly Ir[] } | { readonly place: Place };

/**
 * How a parameter crosses a real call. A pointer to a variable that lives in locals is passed by value and handed
 * back as a further result: WGSL forbids aliasing, so nobody can tell. Other pointers are addresses.
 */
type ParamForm = 'value' | 'in-out' | 'address' | 'address-and-bytes';

function formOf(program: Program, param: Variable): ParamForm {
  const { type } = param;
  if (type.kind !== 'pointer') return 'value';
  if (!isConstructible(type.elem) && type.elem.kind !== 'atomic') return 'address-and-bytes';
  if (type.elem.kind === 'atomic' || (type.space !== 'function' && type.space !== 'private'))
    return 'address';
  return program.usage.inMemory.has(param) ? 'address' : 'in-out';
}

const pointee = (param: Variable): Type => (param.type as Extract<Type, { kind: 'pointer' }>).elem;

/** Calls a function with what its arguments were lowered to. @returns the result's scalars */
export function callWith(builder: FunctionBuilder, fn: Fn, args: readonly Argument[]): Ir[] {
  return builder.program.isInlined(fn) ? inline(builder, fn, args) : callCompiled(builder, fn, args);
}

/** Calls a scalar function of the prelude. */
export function callPrelude(builder: FunctionBuilder, name: string, args: readonly Ir[]): Ir {
  const { fn, isSmall } = preludeFunction(name);
  const passed = args.map((arg) => ({ scalars: [arg] }));
  return (isSmall ? inline(builder, fn, passed) : callCompiled(builder, fn, passed))[0];
}

function inline(builder: FunctionBuilder, fn: Fn, args: readonly Argument[]): Ir[] {
  args.forEach((arg, i) => {
    builder.bound.set(
      fn.params[i],
      'place' in arg
        ? { kind: 'place', place: frozenPlace(builder, arg.place) }
        : { kind: 'value', scalars: arg.scalars.map((scalar) => builder.freeze(scalar)) },
    );
  });
  const types = irTypes(fn.returnType);
  const results = types.map((type) => builder.newLocal(type));
  inlineBody(builder, fn, results);
  return results.map((index, i) => getLocal(types[i], index));
}

/** The body of a function in place; a return sets `results` and leaves the block. */
export function inlineBody(builder: FunctionBuilder, fn: Fn, results: readonly number[]): void {
  const outer = builder.activation;
  const exit = { name: fn.name };
  const activation = { fn, exit, results, exitUsed: false };
  builder.activation = activation;
  const body = builder.inBlock(() => lowerStatements(builder, fn.body, true));
  builder.activation = outer;
  if (activation.exitUsed) builder.emit({ op: 'block', label: exit, body });
  else for (const statement of body) builder.emit(statement);
}

/** Statements of an entry point that is lowered in several pieces. */
export function lowerRegion(builder: FunctionBuilder, fn: Fn, body: readonly Stmt[]): void {
  builder.activation = { fn, exit: { name: fn.name }, results: [], exitUsed: false };
  lowerStatements(builder, body);
  builder.activation = undefined;
}

function callCompiled(builder: FunctionBuilder, fn: Fn, args: readonly Argument[]): Ir[] {
  const { program } = builder;
  const target = compiled(program, fn);
  const forms = fn.params.map((param) => formOf(program, param));
  const places = args.map((arg) => ('place' in arg ? frozenPlace(builder, arg.place) : undefined));
  const operands = args.flatMap((arg, i) =>
    'scalars' in arg ? arg.scalars : pointerOperands(builder, forms[i], places[i]!),
  );
  const results = target.results.map((type) => builder.newLocal(type));
  builder.emit({ op: 'call', fn: target, args: operands, results });
  const values = results.map((index, i) => getLocal(target.results[i], index));
  let next = irTypes(fn.returnType).length;
  forms.forEach((form, i) => {
    if (form !== 'in-out') return;
    const count = irTypes(pointee(fn.params[i])).length;
    writePlace(builder, places[i]!, values.slice(next, next + count));
    next += count;
  });
  return values.slice(0, irTypes(fn.returnType).length);
}

function pointerOperands(builder: FunctionBuilder, form: ParamForm, place: Place): Ir[] {
  if (form === 'in-out') return readPlace(builder, place);
  const memory = place as MemoryPlace;
  const address: Ir = addressOf(memory);
  if (form === 'address') return [address];
  const bytes: Ir = memory.bytes
    ? sub(memory.bytes, memory.start ?? 0)
    : { op: 'const', type: 'i32', value: 0 };
  return [address, bytes];
}

/** The address of a place in memory. */
export function addressOf({ address, offset }: MemoryPlace): Ir {
  if (offset === 0) return address;
  return {
    op: 'binary',
    type: 'i32',
    code: 'i32.add',
    a: address,
    b: { op: 'const', type: 'i32', value: offset },
  };
}

function sub(a: Ir, value: number): Ir {
  if (value === 0) return a;
  return { op: 'binary', type: 'i32', code: 'i32.sub', a, b: { op: 'const', type: 'i32', value } };
}

/** The IR function of a WGSL function that is not inlined, made on first use. */
function compiled(program: Program, fn: Fn): IrFunction {
  const known = program.functions.get(fn);
  if (known) return known;
  const forms = fn.params.map((param) => formOf(program, param));
  const params = fn.params.map((param, i): IrType[] => {
    if (forms[i] === 'value') return irTypes(param.type);
    if (forms[i] === 'in-out') return irTypes(pointee(param));
    return forms[i] === 'address' ? ['i32'] : ['i32', 'i32'];
  });
  const builder = new FunctionBuilder(program, params.flat(), globalOrigin(program));
  const inOut: Slot[] = [];
  let first = 0;
  fn.params.forEach((param, i) => {
    const slots = params[i].map((type, k): Slot => ({ in: 'local', type, index: first + k }));
    first += slots.length;
    if (forms[i] === 'in-out') inOut.push(...slots);
    else for (const slot of slots) builder.markConstant(slot.index);
    bindParam(builder, param, forms[i], slots);
  });
  builder.handBack = inOut.map((slot) => getLocal(slot.type, slot.index));
  builder.activation = { fn, results: [], exitUsed: false };
  lowerStatements(builder, fn.body, true);
  if (fn.returnType.kind === 'void') builder.emit({ op: 'return', values: builder.handBack });
  const results = [...irTypes(fn.returnType), ...inOut.map((slot) => slot.type)];
  const made = {
    name: fn.name,
    params: params.flat(),
    results,
    locals: builder.locals,
    body: builder.finish(),
  };
  program.functions.set(fn, made);
  return made;
}

function bindParam(builder: FunctionBuilder, param: Variable, form: ParamForm, slots: readonly Slot[]): void {
  const local = (k: number) => getLocal(slots[k].type, slots[k].index);
  if (form === 'value') {
    builder.bound.set(param, { kind: 'value', scalars: slots.map((_, k) => local(k)) });
    return;
  }
  const type = pointee(param);
  const place: Place =
    form === 'in-out'
      ? { kind: 'slots', type, choices: [slots] }
      : {
          kind: 'memory',
          type,
          address: local(0),
          offset: 0,
          bytes: form === 'address' ? undefined : local(1),
          start: 0,
        };
  builder.bound.set(param, { kind: 'place', place });
}

/** Outside `run`, what the caller handed over is read from globals that `run` has set. */
function globalOrigin(program: Program): Origin {
  const global = (index: number): Ir => ({ op: 'global', type: 'i32', index });
  return {
    scratch: () => global(program.originGlobals.scratch),
    base: (binding) => global(program.originGlobals.base + 2 * binding),
    bytes: (binding) => global(program.originGlobals.base + 2 * binding + 1),
  };
}
