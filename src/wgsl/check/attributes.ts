import type { AttributeElem, ExpressionElem } from 'wesl/core';
import { Mistake } from '../diagnostics';
import { isAbstract, isFloat, isNumeric } from '../types';
import { checkValue } from './expressions';
import type { Context } from './scope';

/** The arguments of the attribute `@name`, or undefined where it is absent. */
export function attribute(
  elems: readonly AttributeElem[] | undefined,
  name: string,
): readonly ExpressionElem[] | undefined {
  for (const { attribute } of elems ?? [])
    if (attribute.kind === '@attribute' && attribute.name === name)
      return (attribute.params ?? []).map((param) => param.expression);
  return undefined;
}

/** The name in `@builtin(name)`. */
export function builtinName(elems: readonly AttributeElem[] | undefined): string | undefined {
  for (const { attribute } of elems ?? []) if (attribute.kind === '@builtin') return attribute.param.name;
  return undefined;
}

/** The constant integer in `@name(value)`, at least `least`. */
export function attributeInteger(
  elems: readonly AttributeElem[] | undefined,
  name: string,
  context: Context,
  least = 0,
): number | undefined {
  const params = attribute(elems, name);
  if (!params) return undefined;
  const [param] = params;
  if (!param) throw new Mistake(`@${name} needs a value`, elems![0]);
  const { value, type } = checkValue(param, context);
  if (!value || type.kind !== 'scalar' || !isNumeric(type) || (isFloat(type) && !isAbstract(type)))
    throw new Mistake(`@${name} needs a constant integer`, param);
  const number = Number(value.scalars[0]);
  if (!Number.isInteger(number) || number < least)
    throw new Mistake(`@${name}(${number}) is out of range`, param);
  return number;
}
