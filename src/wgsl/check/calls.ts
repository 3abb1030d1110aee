import type { ExpressionElem, FunctionCallExpression } from 'wesl/core';
import { Mistake, type Span } from '../diagnostics';
import type { Expr, Fn } from '../tree';
import { type PointerType, sameType, type Type, typeName } from '../types';
import { checkBuiltin, isBuiltin } from './builtins';
import { checkConstructor, inferConstructor } from './constructors';
import { checkValue, converted } from './expressions';
import { Consequence, type Context } from './scope';
import { namedTemplate, predeclaredType } from './types';

/** `name(args)`: a function, a builtin, or a type's constructor. */
export function checkCall(elem: FunctionCallExpression, context: Context): Expr {
  const callee = namedTemplate(elem.function)!;
  const params = callee.params ?? elem.templateArgs;
  const args = () => elem.arguments.map((arg) => checkValue(arg, context));
  const entity = context.scope.find(callee.name);
  if (entity) {
    if (entity.kind === 'broken') throw new Consequence('', elem);
    if (entity.kind === 'fn') return callFunction(entity.fn, args(), elem, context);
    if (entity.kind === 'type') return checkConstructor(entity.type, args(), elem);
    throw new Mistake(`'${callee.name}' cannot be called`, elem);
  }
  return checkPredeclared(callee.name, params, args(), elem, context);
}

function checkPredeclared(
  name: string,
  params: readonly ExpressionElem[] | undefined,
  args: readonly Expr[],
  elem: FunctionCallExpression,
  context: Context,
): Expr {
  if (isBuiltin(name)) return checkBuiltin(name, params, args, elem, context);
  const type = predeclaredType(name, params, elem.function, context);
  if (type) return checkConstructor(type, args, elem);
  return inferConstructor(name, args, elem);
}

function callFunction(fn: Fn, args: readonly Expr[], { start, end }: Span, context: Context): Expr {
  const span = { start, end };
  if (!context.fn) throw new Mistake(`function '${fn.name}' cannot be called in a constant`, span);
  if (fn.stage) throw new Mistake(`entry point '${fn.name}' cannot be called`, span);
  if (args.length !== fn.params.length)
    throw new Mistake(`'${fn.name}' takes ${fn.params.length} arguments, got ${args.length}`, span);
  const passed = args.map((arg, i) =>
    passArgument(arg, fn.params[i].type, `argument ${i + 1} of '${fn.name}'`),
  );
  context.fn.calls.add(fn);
  return { kind: 'call', fn, args: passed, type: fn.returnType, effects: true, start, end };
}

function passArgument(arg: Expr, type: Type, what: string): Expr {
  if (type.kind !== 'pointer') return converted(arg, type, what);
  const actual = arg.type as PointerType;
  if (actual.kind !== 'pointer' || !sameType(actual, type))
    throw new Mistake(`${what}: expected ${typeName(type)}, got ${typeName(arg.type)}`, arg);
  return arg;
}
