import {
  abstractFloat,
  elementScalar,
  f32,
  i32,
  type ScalarType,
  type Type,
  u32,
  vector,
  withElement,
} from '../types';
import { commonScalar, concreteScalar, converts } from './conversions';

/**
 * Signatures of the builtin functions whose parameters are values: `elements: parameters -> result`.
 * Elements: f floats, F f32 only, n all numbers, s signed numbers, I i32 and u32, b bool, a all.
 * Parameters: T a scalar or vector over the elements (the same throughout), V a vector, V3 a vec3,
 * E the element of T or V, B a bool vector as wide as V, Ti and Tb T's shape over i32 and bool, or a concrete type.
 */
const signatures: Record<string, string> = {
  all: 'b: T -> bool',
  any: 'b: T -> bool',
  select: 'a: T T bool -> T | a: V V B -> V',
  ...family('f: T -> T', 'acos acosh asin asinh atan atanh ceil cos cosh degrees exp exp2 floor fract'),
  ...family('f: T -> T', 'inverseSqrt log log2 radians round saturate sin sinh sqrt tan tanh trunc'),
  ...family('f: T T -> T', 'atan2 pow step'),
  ...family('f: T T T -> T', 'fma smoothstep'),
  ...family('n: T T -> T', 'max min'),
  ...family(
    'I: T -> T',
    'countLeadingZeros countOneBits countTrailingZeros firstLeadingBit firstTrailingBit reverseBits',
  ),
  ...family('-: u32 -> vec4f', 'unpack4x8snorm unpack4x8unorm'),
  ...family('-: u32 -> vec2f', 'unpack2x16snorm unpack2x16unorm unpack2x16float'),
  ...family('-: vec4f -> u32', 'pack4x8snorm pack4x8unorm'),
  ...family('-: vec2f -> u32', 'pack2x16snorm pack2x16unorm pack2x16float'),
  ...family('-: vec4i -> u32', 'pack4xI8 pack4xI8Clamp'),
  ...family('-: vec4u -> u32', 'pack4xU8 pack4xU8Clamp'),
  unpack4xI8: '-: u32 -> vec4i',
  unpack4xU8: '-: u32 -> vec4u',
  abs: 'n: T -> T',
  sign: 's: T -> T',
  clamp: 'n: T T T -> T',
  cross: 'f: V3 V3 -> V3',
  distance: 'f: T T -> E',
  dot: 'n: V V -> E',
  dot4I8Packed: '-: u32 u32 -> i32',
  dot4U8Packed: '-: u32 u32 -> u32',
  extractBits: 'I: T u32 u32 -> T',
  insertBits: 'I: T T u32 u32 -> T',
  faceForward: 'f: V V V -> V',
  ldexp: 'f: T Ti -> T',
  length: 'f: T -> E',
  mix: 'f: T T T -> T | f: V V E -> V',
  normalize: 'f: V -> V',
  quantizeToF16: 'F: T -> T',
  reflect: 'f: V V -> V',
  refract: 'f: V V E -> V',
};

function family(signature: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, signature]));
}

const elementSets: Record<string, readonly string[]> = {
  f: ['abstract-float', 'f32'],
  F: ['f32'],
  n: ['abstract-int', 'abstract-float', 'i32', 'u32', 'f32'],
  s: ['abstract-int', 'abstract-float', 'i32', 'f32'],
  I: ['abstract-int', 'i32', 'u32'],
  b: ['bool'],
  a: ['bool', 'abstract-int', 'abstract-float', 'i32', 'u32', 'f32'],
};

const concreteTypes: Record<string, Type> = {
  bool: { kind: 'scalar', name: 'bool' },
  u32,
  i32,
  vec2f: vector(2, f32),
  vec4f: vector(4, f32),
  vec4i: vector(4, i32),
  vec4u: vector(4, u32),
};

export interface Resolved {
  readonly params: readonly Type[];
  readonly result: Type;
}

export const isValueBuiltin = (name: string): boolean => Object.hasOwn(signatures, name);

/** The parameter and result types of a builtin called with `args`, or undefined where no overload fits. */
export function resolveBuiltin(name: string, args: readonly Type[], allConst: boolean): Resolved | undefined {
  for (const overload of signatures[name].split(' | ')) {
    const resolved = matchOverload(overload, args, allConst);
    if (resolved) return resolved;
  }
  return undefined;
}

function matchOverload(overload: string, args: readonly Type[], allConst: boolean): Resolved | undefined {
  const [head, tail] = overload.split(' -> ');
  const [set, ...tokens] = head.replace(':', '').split(' ');
  if (tokens.length !== args.length) return undefined;
  const generic = set === '-' ? undefined : genericType(set, tokens, args, allConst);
  if (set !== '-' && !generic) return undefined;
  const params = tokens.map((token) => tokenType(token, generic));
  const fits = params.every((param, i) => param && converts(args[i], param));
  const result = tokenType(tail, generic);
  return fits && result ? { params: params as Type[], result } : undefined;
}

/** What T or V stands for: the shape of the first such argument over the common element of all. */
function genericType(
  set: string,
  tokens: readonly string[],
  args: readonly Type[],
  allConst: boolean,
): Type | undefined {
  let shape: Type | undefined;
  let elem: ScalarType | undefined;
  for (const [i, token] of tokens.entries()) {
    if (!/^(T|V3?|E)$/.test(token)) continue;
    const scalar = elementScalar(args[i]);
    if (!scalar || args[i].kind === 'matrix') return undefined;
    if (token.startsWith('V') && args[i].kind !== 'vector') return undefined;
    if (token === 'V3' && (args[i] as { size?: number }).size !== 3) return undefined;
    if (token !== 'E') shape ??= args[i];
    elem = elem ? commonScalar(elem, scalar) : scalar;
    if (!elem) return undefined;
  }
  if (!shape || !elem) return undefined;
  const fitted = fitElement(set, elem, allConst);
  return fitted && withElement(shape, fitted);
}

function fitElement(set: string, elem: ScalarType, allConst: boolean): ScalarType | undefined {
  const allowed = elementSets[set];
  let fitted = elem;
  if (!allowed.includes(fitted.name) && fitted.name === 'abstract-int') fitted = abstractFloat;
  if (!allConst || !allowed.includes(fitted.name)) fitted = concreteScalar(fitted);
  return allowed.includes(fitted.name) ? fitted : undefined;
}

function tokenType(token: string, generic: Type | undefined): Type | undefined {
  if (concreteTypes[token]) return concreteTypes[token];
  if (!generic) return undefined;
  switch (token) {
    case 'E':
      return elementScalar(generic);
    case 'B':
      return withElement(generic, { kind: 'scalar', name: 'bool' });
    case 'Ti':
      return withElement(generic, i32);
    default:
      return generic;
  }
}
