import type {
  ConstAssertElem,
  ConstElem,
  GlobalVarElem,
  LetElem,
  OverrideElem,
  StructElem,
  VarElem,
} from 'wesl/core';
import { Mistake } from '../diagnostics';
import type { Expr, Variable } from '../tree';
import {
  type AccessMode,
  type AddressSpace,
  bool,
  isAbstract,
  isConstructible,
  isFixedFootprint,
  type StructType,
  sameType,
  type Type,
  typeName,
} from '../types';
import { attributeInteger, builtinName } from './attributes';
import { checkAs, checkValue, converted, materialized } from './expressions';
import type { Context } from './scope';
import { defaultAccess, isOverrideExpression, resolveType } from './types';

/** `const_assert`: reports a condition that is not constant or not true. */
export function checkConstAssert(elem: ConstAssertElem, context: Context): void {
  const condition = checkAs(elem.expression, bool, context, 'const_assert');
  if (!condition.value) throw new Mistake('const_assert needs a const-expression', elem);
  if (!condition.value.scalars[0]) throw new Mistake('const_assert failed', elem);
}

/** A `const`, `let` or `var` inside a function, declared in the context's scope. */
export function localVariable(elem: ConstElem | LetElem | VarElem, context: Context): Variable {
  const name = elem.name.decl.ident.originalName;
  try {
    const variable = elem.kind === 'const' ? constVariable(elem, context) : functionVariable(elem, context);
    context.scope.declare(name, { kind: 'variable', variable }, elem);
    return variable;
  } catch (error) {
    if (!context.scope.find(name)) context.scope.declare(name, { kind: 'broken' }, elem);
    throw error;
  }
}

/** A `const` at module scope or in a function. */
export function constVariable(elem: ConstElem, context: Context): Variable {
  const name = elem.name.decl.ident.originalName;
  if (!elem.init) throw new Mistake(`const '${name}' needs an initializer`, elem);
  const { typeRef } = elem.name;
  const init = checkValue(elem.init, context);
  const typed = typeRef ? converted(init, resolveType(typeRef, context), `const '${name}'`) : init;
  if (!typed.value)
    throw new Mistake(`the initializer of const '${name}' is not a const-expression`, elem.init);
  return {
    kind: 'const',
    name,
    type: typed.type,
    value: typed.value,
    isModuleScope: !context.fn,
    start: elem.start,
    end: elem.end,
  };
}

function functionVariable(elem: LetElem | VarElem, context: Context): Variable {
  const name = elem.name.decl.ident.originalName;
  const { start, end } = elem;
  const { type, init } = typedInit(elem, name, context);
  if (elem.kind === 'let') {
    if (!init) throw new Mistake(`let '${name}' needs an initializer`, elem);
    return { kind: 'let', name, type, init, isModuleScope: false, start, end };
  }
  if (!isConstructible(type)) throw new Mistake(`a var in a function cannot be ${typeName(type)}`, elem);
  const template = elem.template?.[0]?.name;
  if (template && template !== 'function')
    throw new Mistake(`'${template}' variables belong at module scope`, elem);
  return {
    kind: 'var',
    name,
    type,
    init,
    space: 'function',
    access: 'read_write',
    isModuleScope: false,
    start,
    end,
  };
}

/** The declared or inferred type, and the initializer converted to it. */
function typedInit(
  elem: LetElem | VarElem | GlobalVarElem | OverrideElem,
  name: string,
  context: Context,
): { type: Type; init?: Expr } {
  const { typeRef } = elem.name;
  const declared = typeRef && resolveType(typeRef, context);
  const value = elem.init && checkValue(elem.init, context);
  if (!value) {
    if (!declared) throw new Mistake(`'${name}' needs a type or an initializer`, elem);
    return { type: declared };
  }
  if (!declared) {
    const init = materialized(value);
    if (init.type.kind === 'void') throw new Mistake(`the initializer of '${name}' has no value`, value);
    return { type: init.type, init };
  }
  if (declared.kind === 'pointer' && sameType(declared, value.type)) return { type: declared, init: value };
  return { type: declared, init: converted(value, declared, `initializer of '${name}'`) };
}

/** A `var` at module scope: private, workgroup, uniform or storage. */
export function moduleVariable(elem: GlobalVarElem, context: Context): Variable {
  const name = elem.name.decl.ident.originalName;
  const { type, init } = typedInit(elem, name, context);
  const space = (elem.template?.[0]?.name ?? '') as AddressSpace;
  if (!['private', 'workgroup', 'uniform', 'storage'].includes(space))
    throw new Mistake(`module-scope var '${name}' needs an address space`, elem);
  const access = (elem.template?.[1]?.name as AccessMode | undefined) ?? defaultAccess(space);
  const group = attributeInteger(elem.attributes, 'group', context);
  const binding = attributeInteger(elem.attributes, 'binding', context);
  const isResource = space === 'uniform' || space === 'storage';
  if (isResource && (group === undefined || binding === undefined))
    throw new Mistake(`resource '${name}' needs @group and @binding`, elem);
  if (!isResource && (group !== undefined || binding !== undefined))
    throw new Mistake(`'${name}' is no resource: it takes no @group or @binding`, elem);
  if (init && space !== 'private') throw new Mistake(`a ${space} variable takes no initializer`, elem);
  if (init && !isOverrideExpression(init))
    throw new Mistake(`the initializer of '${name}' is not a constant`, elem);
  checkStoreType(space, type, name, elem);
  const { start, end } = elem;
  return { kind: 'var', name, type, init, space, access, group, binding, isModuleScope: true, start, end };
}

function checkStoreType(space: AddressSpace, type: Type, name: string, elem: GlobalVarElem): void {
  const refuse = (why: string) =>
    new Mistake(`${space} variable '${name}' cannot be ${typeName(type)}: ${why}`, elem);
  if (type.kind === 'pointer' || type.kind === 'void') throw refuse('it is not storable');
  if (space === 'private' && !isConstructible(type)) throw refuse('it is not constructible');
  if (space !== 'storage' && !isFixedFootprint(type)) throw refuse('its size is not fixed');
  if ((space === 'storage' || space === 'uniform') && contains(type, 'bool'))
    throw refuse('bool is not host-shareable');
  const isReadOnly =
    elem.template?.[1]?.name !== 'read_write' && (space === 'uniform' || space === 'storage');
  if (isReadOnly && contains(type, 'atomic')) throw refuse('an atomic needs read_write access');
}

function contains(type: Type, what: 'bool' | 'atomic'): boolean {
  if (type.kind === 'scalar') return type.name === what;
  if (type.kind === 'atomic') return what === 'atomic';
  if (type.kind === 'struct') return type.members.some((member) => contains(member.type, what));
  return (type.kind === 'vector' || type.kind === 'array') && contains(type.elem, what);
}

export function overrideVariable(elem: OverrideElem, context: Context): Variable {
  const name = elem.name.decl.ident.originalName;
  const { type, init } = typedInit(elem, name, context);
  if (type.kind !== 'scalar' || isAbstract(type))
    throw new Mistake(`override '${name}' must be a scalar`, elem);
  if (init && !isOverrideExpression(init))
    throw new Mistake(`the initializer of override '${name}' is not an override-expression`, elem);
  const id = attributeInteger(elem.attributes, 'id', context);
  return { kind: 'override', name, type, init, id, isModuleScope: true, start: elem.start, end: elem.end };
}

export function structType(elem: StructElem, context: Context): StructType {
  const seen = new Set<string>();
  const members = elem.members.map((member, i) => {
    const name = member.name.name;
    if (seen.has(name)) throw new Mistake(`struct member '${name}' is declared twice`, member);
    seen.add(name);
    const type = resolveType(member.typeRef, context);
    const isLast = i === elem.members.length - 1;
    if (type.kind === 'pointer' || type.kind === 'void')
      throw new Mistake(`a member cannot be ${typeName(type)}`, member);
    if (!isFixedFootprint(type) && !isLast)
      throw new Mistake('only the last member may be a runtime-sized array', member);
    return {
      name,
      type,
      align: attributeInteger(member.attributes, 'align', context, 1),
      size: attributeInteger(member.attributes, 'size', context, 1),
      builtin: builtinName(member.attributes),
    };
  });
  if (!members.length) throw new Mistake('a struct needs at least one member', elem);
  return { kind: 'struct', name: elem.name.ident.originalName, members };
}
