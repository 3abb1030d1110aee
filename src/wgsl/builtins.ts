import { type Algebra, dot, type Shaped, splat } from './algebra';
import { elementScalar, f32, i32, type ScalarType, type Type, u32 } from './types';

/**
 * Builtin functions of values over any {@link Algebra}: most apply a scalar kernel to each component, the others are
 * spelled out here in the specification's own formulas.
 * @returns the flattened scalars of the result.
 */
export function applyBuiltin<T>(
  algebra: Algebra<T>,
  name: string,
  args: readonly Shaped<T>[],
  result: Type,
): T[] {
  const composite = composites[name] as Composite<T> | undefined;
  const elem = elementScalar(args[0].type);
  if (!elem) throw new Error(`${name} of a value without elements`);
  if (composite) return composite(algebra, elem, args);
  const count = Math.max(...args.map((arg) => arg.scalars.length));
  const spread = args.map((arg) =>
    arg.scalars.length === count ? arg.scalars : splat(algebra.keep(arg.scalars[0]), count),
  );
  const kernelElem = elementScalar(result) ?? elem;
  return Array.from({ length: count }, (_, i) =>
    algebra.call(
      name,
      kernelElem,
      spread.map((scalars) => scalars[i]),
    ),
  );
}

type Composite<T> = (algebra: Algebra<T>, elem: ScalarType, args: readonly Shaped<T>[]) => T[];

// biome-ignore lint/suspicious/noExplicitAny: the table serves every algebra
const composites: Record<string, Composite<any>> = {
  all: (g, e, [a]) => [a.scalars.reduce((x, y) => g.binary('&', e, x, y))],
  any: (g, e, [a]) => [a.scalars.reduce((x, y) => g.binary('|', e, x, y))],
  dot: (g, e, [a, b]) => [dot(g, e, a.scalars, b.scalars)],
  cross: (g, e, [a, b]) => {
    const [x, y] = [kept(g, a), kept(g, b)];
    const part = (i: number, j: number) =>
      g.binary('-', e, g.binary('*', e, x[i], y[j]), g.binary('*', e, x[j], y[i]));
    return [part(1, 2), part(2, 0), part(0, 1)];
  },
  length: (g, e, [a]) => [length(g, e, kept(g, a))],
  distance: (g, e, [a, b]) => {
    const difference = a.scalars.map((x, i) => g.keep(g.binary('-', e, x, b.scalars[i])));
    return [length(g, e, difference)];
  },
  normalize: (g, e, [a]) => {
    const x = kept(g, a);
    const size = g.keep(length(g, e, x));
    return x.map((component) => g.binary('/', e, component, size));
  },
  mix: (g, e, [a, b, t]) => {
    const weights = kept(g, t);
    return a.scalars.map((x, i) => {
      const weight = weights[weights.length === 1 ? 0 : i];
      const rest = g.binary('-', e, g.constant(e, 1), weight);
      return g.binary('+', e, g.binary('*', e, x, rest), g.binary('*', e, b.scalars[i], weight));
    });
  },
  reflect: (g, e, [a, b]) => {
    const [x, n] = [kept(g, a), kept(g, b)];
    const twice = g.keep(g.binary('*', e, g.constant(e, 2), dot(g, e, n, x)));
    return x.map((component, i) => g.binary('-', e, component, g.binary('*', e, twice, n[i])));
  },
  refract: (g, e, [a, b, c]) => refract(g, e, kept(g, a), kept(g, b), g.keep(c.scalars[0])),
  faceForward: (g, e, [a, b, c]) => {
    const x = kept(g, a);
    const faces = g.keep(g.binary('<', e, dot(g, e, b.scalars, c.scalars), g.constant(e, 0)));
    return x.map((component) => g.call('select', e, [g.unary('-', e, component), component, faces]));
  },
  determinant: (g, e, [m]) => [determinant(g, e, kept(g, m), (m.type as { rows: number }).rows)],
  transpose: (_, __, [m]) => {
    const { rows, columns } = m.type as { rows: number; columns: number };
    return Array.from(
      { length: rows * columns },
      (_, i) => m.scalars[(i % columns) * rows + Math.floor(i / columns)],
    );
  },
  modf: (g, e, [a]) => split(g, e, kept(g, a), 'modf.fract', 'modf.whole'),
  frexp: (g, e, [a]) => split(g, e, kept(g, a), 'frexp.fract', 'frexp.exp'),
  dot4I8Packed: (g, _, [a, b]) => packedDot(g, i32, g.keep(a.scalars[0]), g.keep(b.scalars[0])),
  dot4U8Packed: (g, _, [a, b]) => packedDot(g, u32, g.keep(a.scalars[0]), g.keep(b.scalars[0])),
  pack4xI8: (g, _, [a]) => [
    pack(
      g,
      a.scalars.map((x) => bits(g, i32, x)),
      8,
    ),
  ],
  pack4xU8: (g, _, [a]) => [pack(g, a.scalars, 8)],
  pack4xI8Clamp: (g, _, [a]) => [
    pack(
      g,
      a.scalars.map((x) => bits(g, i32, clamp(g, i32, x, -128, 127))),
      8,
    ),
  ],
  pack4xU8Clamp: (g, _, [a]) => [
    pack(
      g,
      a.scalars.map((x) => clamp(g, u32, x, 0, 255)),
      8,
    ),
  ],
  unpack4xI8: (g, _, [a]) => bytes(g, i32, g.keep(bits(g, u32, a.scalars[0]))),
  unpack4xU8: (g, _, [a]) => bytes(g, u32, g.keep(a.scalars[0])),
  pack4x8snorm: (g, _, [a]) => [packNorm(g, a, 8, -1, 127)],
  pack4x8unorm: (g, _, [a]) => [packNorm(g, a, 8, 0, 255)],
  pack2x16snorm: (g, _, [a]) => [packNorm(g, a, 16, -1, 32767)],
  pack2x16unorm: (g, _, [a]) => [packNorm(g, a, 16, 0, 65535)],
  unpack4x8snorm: (g, _, [a]) => unpackNorm(g, a, 8, true, 127),
  unpack4x8unorm: (g, _, [a]) => unpackNorm(g, a, 8, false, 255),
  unpack2x16snorm: (g, _, [a]) => unpackNorm(g, a, 16, true, 32767),
  unpack2x16unorm: (g, _, [a]) => unpackNorm(g, a, 16, false, 65535),
  pack2x16float: (g, _, [a]) => [
    pack(
      g,
      a.scalars.map((x) => g.call('f16Bits', f32, [x])),
      16,
    ),
  ],
  unpack2x16float: (g, _, [a]) => {
    const word = g.keep(a.scalars[0]);
    return [0, 16].map((at) => g.call('f16Value', f32, [field(g, u32, word, at, 16)]));
  },
};

export const isCompositeBuiltin = (name: string): boolean => Object.hasOwn(composites, name);

function kept<T>(g: Algebra<T>, value: Shaped<T>): T[] {
  return value.scalars.map((scalar) => g.keep(scalar));
}

function length<T>(g: Algebra<T>, elem: ScalarType, x: readonly T[]): T {
  return x.length === 1 ? g.call('abs', elem, x) : g.call('sqrt', elem, [dot(g, elem, x, x)]);
}

function split<T>(g: Algebra<T>, elem: ScalarType, x: readonly T[], first: string, second: string): T[] {
  return [first, second].flatMap((kernel) => x.map((component) => g.call(kernel, elem, [component])));
}

function refract<T>(g: Algebra<T>, e: ScalarType, x: readonly T[], n: readonly T[], ratio: T): T[] {
  const one = g.constant(e, 1);
  const cosine = g.keep(dot(g, e, n, x));
  const rest = g.binary('-', e, one, g.binary('*', e, cosine, cosine));
  const k = g.keep(g.binary('-', e, one, g.binary('*', e, g.binary('*', e, ratio, ratio), rest)));
  const reflected = g.keep(g.binary('<', e, k, g.constant(e, 0)));
  const root = g.call('sqrt', e, [g.call('max', e, [k, g.constant(e, 0)])]);
  const along = g.keep(g.binary('+', e, g.binary('*', e, ratio, cosine), root));
  return x.map((component, i) => {
    const bent = g.binary('-', e, g.binary('*', e, ratio, component), g.binary('*', e, along, n[i]));
    return g.call('select', e, [bent, g.constant(e, 0), reflected]);
  });
}

/** Laplace expansion along the first column. */
function determinant<T>(g: Algebra<T>, e: ScalarType, m: readonly T[], size: number): T {
  if (size === 1) return m[0];
  const terms = Array.from({ length: size }, (_, row) => {
    const minor = m.filter((_, i) => i >= size && i % size !== row);
    return g.binary('*', e, m[row], determinant(g, e, minor, size - 1));
  });
  return terms.reduce((sum, term, row) => g.binary(row % 2 ? '-' : '+', e, sum, term));
}

function bits<T>(g: Algebra<T>, from: ScalarType, x: T): T {
  return g.call(from.name === 'i32' ? 'bitcast.u32' : 'bitcast.i32', from, [x]);
}

function clamp<T>(g: Algebra<T>, elem: ScalarType, x: T, low: number, high: number): T {
  return g.call('clamp', elem, [x, g.constant(elem, low), g.constant(elem, high)]);
}

/** Joins u32 fields, the first lowest. */
function pack<T>(g: Algebra<T>, fields: readonly T[], width: number): T {
  const mask = g.constant(u32, 2 ** width - 1);
  const placed = fields.map((x, i) => {
    const low = g.binary('&', u32, x, mask);
    return i === 0 ? low : g.binary('<<', u32, low, g.constant(u32, i * width));
  });
  return placed.reduce((word, x) => g.binary('|', u32, word, x));
}

/** The `width` bits of a word at bit `at`, sign-extended where `elem` is i32 (the word is then an i32 too). */
function field<T>(g: Algebra<T>, elem: ScalarType, word: T, at: number, width: number): T {
  return g.call('extractBits', elem, [word, g.constant(u32, at), g.constant(u32, width)]);
}

function bytes<T>(g: Algebra<T>, elem: ScalarType, word: T): T[] {
  return [0, 8, 16, 24].map((at) => field(g, elem, word, at, 8));
}

function packedDot<T>(g: Algebra<T>, elem: ScalarType, a: T, b: T): T[] {
  const side = (x: T) => bytes(g, elem, elem.name === 'i32' ? g.keep(g.call('bitcast.i32', u32, [x])) : x);
  return [dot(g, elem, side(a), side(b))];
}

function packNorm<T>(g: Algebra<T>, a: Shaped<T>, width: number, low: number, scale: number): T {
  const fields = a.scalars.map((x) => {
    const scaled = g.binary('*', f32, clamp(g, f32, x, low, 1), g.constant(f32, scale));
    const rounded = g.call('floor', f32, [g.binary('+', f32, g.constant(f32, 0.5), scaled)]);
    return bits(g, i32, g.call('i32', f32, [rounded]));
  });
  return pack(g, fields, width);
}

function unpackNorm<T>(g: Algebra<T>, a: Shaped<T>, width: number, signed: boolean, scale: number): T[] {
  const elem = signed ? i32 : u32;
  const word = g.keep(signed ? g.call('bitcast.i32', u32, [a.scalars[0]]) : a.scalars[0]);
  return Array.from({ length: 32 / width }, (_, i) => {
    const whole = g.call('f32', elem, [field(g, elem, word, i * width, width)]);
    const share = g.binary('/', f32, whole, g.constant(f32, scale));
    return signed ? g.call('max', f32, [share, g.constant(f32, -1)]) : share;
  });
}
