/**
 * One dimension of a search space, named, with the values it may take. Numbers carry the unit that the name
 * says.
 */
export type Variable = { readonly name: string } & (
  | {
      readonly type: 'float';
      readonly min: number;
      readonly max: number;
      readonly scale: Scale;
      /** Of a linear scale: values that people would write (the default), or 2^32 even steps from `min` up. */
      readonly grid?: 'decimal' | 'binary';
    }
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly scale: Scale }
  /** Values in an order that means something, lowest first. */
  | { readonly type: 'ordered'; readonly values: readonly number[] }
  /** Values with no order: mechanisms, strategies. */
  | { readonly type: 'category'; readonly values: readonly (number | string)[] }
  | { readonly type: 'switch' }
);

export type Scale = 'linear' | 'log';

/** What may be searched: the variables in the order of their genes. */
export interface Space {
  readonly variables: readonly Variable[];
}

/** A mistake in a space, or a value that does not fit it, with the name of the variable it is about. */
export class SpaceError extends Error {
  override readonly name = 'SpaceError';
  readonly variable: string;

  constructor(variable: string, message: string) {
    super(`variable "${variable}": ${message}`);
    this.variable = variable;
  }
}

/** The largest magnitude of a number: no arithmetic on ranges then overflows. */
const LARGEST = 1e100;
/** The narrowest range, as a fraction of its larger end, in which a grid of doubles is still fine. */
const NARROWEST = 1e-9;

/** Checks variables and makes a space of them. Throws `SpaceError`. */
export function defineSpace(variables: readonly Variable[]): Space {
  const names = new Set<string>();
  for (const variable of variables) {
    const { name } = variable;
    if (name === '') throw new SpaceError(name, 'a name must not be empty');
    if (names.has(name)) throw new SpaceError(name, 'the name is used twice');
    names.add(name);
    checkValues(variable);
  }
  return { variables: [...variables] };
}

function checkValues(variable: Variable): void {
  const refuse = (message: string): never => {
    throw new SpaceError(variable.name, message);
  };
  switch (variable.type) {
    case 'float':
    case 'integer': {
      const { type, min, max, scale } = variable;
      if (!(Math.abs(min) <= LARGEST && Math.abs(max) <= LARGEST)) {
        refuse(`the range ${min} to ${max} is not within ${LARGEST} of zero`);
      }
      if (type === 'integer' && !(Number.isSafeInteger(min) && Number.isSafeInteger(max))) {
        refuse(`the range ${min} to ${max} does not start and end with whole numbers`);
      }
      if (type === 'integer' && max - min >= 2 ** 32) refuse('the range holds more than 2^32 whole numbers');
      if (scale === 'log' && type === 'float' && variable.grid === 'binary')
        refuse('a binary grid goes with a linear scale only');
      if (min >= max) refuse(`the range ${min} to ${max} is empty`);
      if (type === 'float' && max - min < NARROWEST * Math.max(Math.abs(min), Math.abs(max))) {
        refuse(`the range ${min} to ${max} is too narrow to grade`);
      }
      if (scale === 'log' && !(min >= 1 / LARGEST))
        refuse(`a log scale needs a range above zero, not one from ${min}`);
      return;
    }
    case 'ordered':
    case 'category': {
      const { type, values } = variable;
      if (values.length === 0) refuse('it has no values');
      if (new Set(values).size !== values.length) refuse('a value is listed twice');
      if (
        type === 'ordered' &&
        !values.every((value, i) => Number.isFinite(value) && !(value <= values[i - 1]))
      ) {
        refuse('its values must be finite and ascend');
      }
      return;
    }
    case 'switch':
      return;
  }
}
