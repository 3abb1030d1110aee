import mulhi from '../../shaders/random/mulhi.wgsl?raw';
import { candidateFields, type Field } from './fields';
import { binaryGridMiddle, binaryGridStep, linearGrid } from './grid';
import { type Levels, levelsOf } from './levels';
import { type Space, SpaceError, type Variable } from './variable';

/** WGSL that decodes genes, and the words that it reads. */
export interface DecodeProgram {
  /**
   * `struct Candidate`, a member for each variable (float and ordered `f32`, integer `i32`, category the index as `u32`,
   * switch `bool`; variables `x[0]`, `x[1]` ... an array `x`), and `fn decode_candidate(first: u32) -> Candidate`, which
   * reads genes from index `first`. It expects `genes: array<u32>` and `decode_tables: array<u32>` in storage.
   */
  readonly wgsl: string;
  /** The contents of `decode_tables`; at least one word. */
  readonly tables: Uint32Array;
}

/** Beyond this magnitude not every whole number is an f32. */
const EXACT_F32 = 2 ** 24;
/** 10^10 = 2^10 * 5^10 is the largest power of ten that is an f32. */
const EXACT_DECADES = 10;

/**
 * Decodes in WGSL what `decode` decodes on the host: integers, categories and switches equal, floats as the f32 nearest
 * to the same value of the grid (of a binary grid within 2^-23 of the range's larger end). Throws `SpaceError` for a
 * variable that WGSL has no number for.
 */
export function decodeWgsl(space: Space): DecodeProgram {
  const fields = candidateFields(space.variables);
  const decoders = new Decoders();
  const members = fields.map((field) => `  ${field.name}: ${memberType(field)},`);
  const statements = fields.map((field) => assignment(field, decoders));
  const wgsl = [
    mulhi,
    `struct Candidate {\n${members.join('\n')}\n}`,
    ...decoders.functions,
    `fn decode_candidate(first: u32) -> Candidate {\n  var c: Candidate;\n${statements.join('\n')}\n  return c;\n}`,
  ].join('\n');
  return { wgsl, tables: Uint32Array.from(decoders.tables.length > 0 ? decoders.tables : [0]) };
}

function scalarType({ type }: Variable): string {
  switch (type) {
    case 'float':
    case 'ordered':
      return 'f32';
    case 'integer':
      return 'i32';
    case 'category':
      return 'u32';
    case 'switch':
      return 'bool';
  }
}

function memberType({ variables, isArray }: Field): string {
  const type = scalarType(variables[0]);
  const other = variables.find((variable) => scalarType(variable) !== type);
  if (other)
    throw new SpaceError(
      other.name,
      `it is ${scalarType(other)} in WGSL, and ${variables[0].name} is ${type}`,
    );
  return isArray ? `array<${type}, ${variables.length}>` : type;
}

/** Elements of one kind that stand together share a loop. */
function assignment({ name, first, variables, isArray }: Field, decoders: Decoders): string {
  const calls = variables.map((variable) => decoders.of(variable));
  if (!isArray) return `  c.${name} = ${calls[0]}(genes[first + ${first}u]);`;
  const lines: string[] = [];
  for (let from = 0; from < calls.length; ) {
    let to = from + 1;
    while (to < calls.length && calls[to] === calls[from]) to++;
    lines.push(
      `  for (var i = ${from}u; i < ${to}u; i++) { c.${name}[i] = ${calls[from]}(genes[first + ${first}u + i]); }`,
    );
    from = to;
  }
  return lines.join('\n');
}

/** A function for each different kind of variable, and the tables that they read. */
class Decoders {
  readonly functions: string[] = [];
  readonly tables: number[] = [];
  readonly #names = new Map<string, string>();

  of(variable: Variable): string {
    const key = JSON.stringify({ ...variable, name: '' });
    const known = this.#names.get(key);
    if (known) return known;
    const name = `decode_${this.functions.length}`;
    const body = this.#body(variable);
    this.functions.push(`fn ${name}(gene: u32) -> ${scalarType(variable)} {\n${body}\n}`);
    this.#names.set(key, name);
    return name;
  }

  #body(variable: Variable): string {
    const levels = levelsOf(variable);
    const level = `  let level = ${levels.count === 2 ** 32 ? 'gene' : `mulhi(gene, ${levels.count}u)`};`;
    switch (variable.type) {
      case 'float':
        return variable.grid === 'binary' ? binary(variable) : `${level}\n${this.#float(variable, levels)}`;
      case 'integer':
        return `${level}\n${this.#integer(variable, levels)}`;
      case 'ordered':
        return `${level}\n  return bitcast<f32>(${this.#table(levels, (value) => floatBits(variable, value))});`;
      case 'category':
        return `${level}\n  return level;`;
      case 'switch':
        return `${level}\n  return level == 1u;`;
    }
  }

  /** One division or product of two numbers that f32 holds exactly is rounded as the literal is; else a table. */
  #float(variable: Variable & { type: 'float' }, levels: Levels): string {
    const { min, max, scale } = variable;
    const { exponent, first, last } = linearGrid(min, max);
    const exact =
      Math.abs(exponent) <= EXACT_DECADES && Math.max(Math.abs(first), Math.abs(last)) <= EXACT_F32;
    if (scale === 'log' || !exact) {
      return `  return bitcast<f32>(${this.#table(levels, (value) => floatBits(variable, value))});`;
    }
    const unit = `${exponent < 0 ? '/' : '*'} 1e${Math.abs(exponent)}f`;
    return [
      `  if (level == 0u) { return ${f32Literal(variable, min)}; }`,
      `  if (level == ${levels.count - 1}u) { return ${f32Literal(variable, max)}; }`,
      `  return f32(${first - 1} + i32(level)) ${unit};`,
    ].join('\n');
  }

  #integer(variable: Variable & { type: 'integer' }, levels: Levels): string {
    const { name, min, max, scale } = variable;
    if (min < -(2 ** 31) || max >= 2 ** 31) {
      throw new SpaceError(name, `the range ${min} to ${max} is beyond the 32-bit integers of WGSL`);
    }
    if (scale === 'log') return `  return bitcast<i32>(${this.#table(levels, (value) => value)});`;
    return `  return bitcast<i32>(level + ${min >>> 0}u);`;
  }

  /** The word of a level. */
  #table(levels: Levels, word: (value: number) => number): string {
    const offset = this.tables.length;
    for (let level = 0; level < levels.count; level++) this.tables.push(word(levels.value(level)) >>> 0);
    return `decode_tables[${offset}u + level]`;
  }
}

/** Reckoned from the low end where that is nearer to zero than the middle, so that values near zero keep their digits. */
function binary(variable: Variable & { type: 'float' }): string {
  const { min, max } = variable;
  const step = f32Literal(variable, binaryGridStep(min, max));
  const middle = binaryGridMiddle(min, max);
  if (Math.abs(min) < Math.abs(middle)) return `  return ${f32Literal(variable, min)} + f32(gene) * ${step};`;
  return `  return ${f32Literal(variable, middle)} + f32(bitcast<i32>(gene ^ 0x80000000u)) * ${step};`;
}

function toF32(variable: Variable, value: number): number {
  const rounded = Math.fround(value);
  if (Number.isFinite(rounded)) return rounded;
  throw new SpaceError(variable.name, `${value} is beyond the 32-bit floats of WGSL`);
}

function f32Literal(variable: Variable, value: number): string {
  return `${toF32(variable, value)}f`;
}

function floatBits(variable: Variable, value: number): number {
  return new Uint32Array(Float32Array.of(toF32(variable, value)).buffer)[0];
}
