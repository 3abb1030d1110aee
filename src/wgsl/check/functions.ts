import type { FnElem } from 'wesl/core';
import { Mistake, unsupported } from '../diagnostics';
import type { Expr, Fn, Variable } from '../tree';
import { isConstructible, isInteger, sameType, type Type, typeName, u32, vector, voidType } from '../types';
import { attribute, builtinName } from './attributes';
import { canFallThrough } from './behavior';
import { checkValue, materialized } from './expressions';
import { type Context, Scope } from './scope';
import { checkStatements } from './statements';
import { isOverrideExpression, resolveType } from './types';

/** A function's signature; its body is checked later, as functions may be used before they are declared. */
export function declareFunction(elem: FnElem, context: Context): Fn {
  const params = elem.params.map((param): Variable => {
    if (!param.name.typeRef) throw new Mistake('a parameter needs a type', param);
    const type = resolveType(param.name.typeRef, context);
    if (type.kind !== 'pointer' && !isConstructible(type))
      throw new Mistake(`a parameter cannot be ${typeName(type)}`, param);
    const name = param.name.decl.ident.originalName;
    const { start, end } = param;
    return {
      kind: 'param',
      name,
      type,
      builtin: builtinName(param.attributes),
      isModuleScope: false,
      start,
      end,
    };
  });
  const returnType = elem.returnType ? resolveType(elem.returnType, context) : voidType;
  if (returnType.kind !== 'void' && !isConstructible(returnType))
    throw new Mistake(`a function cannot return ${typeName(returnType)}`, elem.returnType!);
  const isCompute = attribute(elem.attributes, 'compute') !== undefined;
  for (const stage of ['vertex', 'fragment'])
    if (attribute(elem.attributes, stage)) throw unsupported(`the '${stage}' stage`, elem.name);
  const size = attribute(elem.attributes, 'workgroup_size');
  if (isCompute && !size?.length) throw new Mistake('a compute entry point needs @workgroup_size', elem.name);
  if (isCompute) {
    for (const param of params) checkInput(param);
    if (returnType.kind !== 'void')
      throw new Mistake('a compute entry point returns nothing', elem.returnType!);
  }
  return {
    name: elem.name.ident.originalName,
    params,
    returnType,
    body: [],
    stage: isCompute ? 'compute' : undefined,
    workgroupSize: isCompute
      ? size!.map((extent) => workgroupExtent(checkValue(extent, context)))
      : undefined,
    calls: new Set(),
    uses: new Set(),
    size: 0,
    start: elem.start,
    end: elem.end,
  };
}

const inputTypes: Record<string, Type> = {
  global_invocation_id: vector(3, u32),
  local_invocation_id: vector(3, u32),
  local_invocation_index: u32,
  num_workgroups: vector(3, u32),
  workgroup_id: vector(3, u32),
};

/** A compute entry point's parameter is a builtin input, or a struct of such. */
function checkInput(param: Variable): void {
  const members =
    param.type.kind === 'struct' && !param.builtin
      ? param.type.members
      : [{ name: param.name, type: param.type, builtin: param.builtin }];
  for (const { name, type, builtin } of members) {
    if (!builtin) throw new Mistake(`entry point input '${name}' needs @builtin`, param);
    const expected = Object.hasOwn(inputTypes, builtin) ? inputTypes[builtin] : undefined;
    if (!expected) throw unsupported(`@builtin(${builtin}) as a compute input`, param);
    if (!sameType(expected, type))
      throw new Mistake(`@builtin(${builtin}) must be ${typeName(expected)}`, param);
  }
}

function workgroupExtent(expr: Expr): Expr {
  const extent = materialized(expr);
  if (extent.type.kind !== 'scalar' || !isInteger(extent.type) || !isOverrideExpression(extent))
    throw new Mistake('a workgroup size must be a constant integer', expr);
  if (extent.value && Number(extent.value.scalars[0]) < 1)
    throw new Mistake('a workgroup size must be at least 1', expr);
  return extent;
}

/** Checks a function's body into its typed statements. */
export function checkBody(fn: Fn, elem: FnElem, module: Scope, report: (error: unknown) => void): void {
  const scope = new Scope(module);
  for (const param of fn.params) scope.declare(param.name, { kind: 'variable', variable: param }, param);
  let isWhole = true;
  const reportStatement = (error: unknown): void => {
    isWhole = false;
    report(error);
  };
  fn.body = checkStatements(elem.body.body, {
    scope,
    fn,
    canBreak: false,
    canContinue: false,
    inContinuing: false,
    report: reportStatement,
  });
  // A statement that does not check is left out of the body; it may have been the return.
  if (isWhole && fn.returnType.kind !== 'void' && canFallThrough(fn.body))
    report(new Mistake(`missing return at the end of '${fn.name}'`, elem.name));
}
