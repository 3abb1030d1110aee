import { SpaceError, type Variable } from './variable';

/** A member of `struct Candidate`: one variable, or an array of consecutive ones named `x[0]`, `x[1]` ... */
export interface Field {
  readonly name: string;
  /** Index of its first variable. */
  readonly first: number;
  /** One for each element; a single one where the field is no array. */
  readonly variables: readonly Variable[];
  readonly isArray: boolean;
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const ELEMENT = /^(.*)\[(\d+)\]$/;

/**
 * The members that variables make, in their order. Throws `SpaceError` where a name is no WGSL identifier, or the
 * elements of an array are not listed from 0 upwards one after the other.
 */
export function candidateFields(variables: readonly Variable[]): Field[] {
  const fields: Field[] = [];
  for (let first = 0; first < variables.length; ) {
    const { name, elements } = read(variables[first]);
    let length = 1;
    if (elements) while (variables[first + length]?.name === `${name}[${length}]`) length++;
    if (fields.some((field) => field.name === name)) {
      throw new SpaceError(variables[first].name, `elements of "${name}" are listed apart`);
    }
    fields.push({ name, first, variables: variables.slice(first, first + length), isArray: elements });
    first += length;
  }
  return fields;
}

function read(variable: Variable): { name: string; elements: boolean } {
  const element = ELEMENT.exec(variable.name);
  const name = element?.[1] ?? variable.name;
  if (!IDENTIFIER.test(name) || name === '_' || name.startsWith('__')) {
    throw new SpaceError(
      variable.name,
      'its name cannot be a name in WGSL: letters, digits and underscores only',
    );
  }
  if (element && element[2] !== '0') {
    throw new SpaceError(variable.name, `it does not follow ${name}[${Number(element[2]) - 1}]`);
  }
  return { name, elements: element !== null };
}
