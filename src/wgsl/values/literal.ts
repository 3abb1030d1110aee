import { abstractFloat, abstractInt, bool, f32, i32, type ScalarType, u32 } from '../types';
import { ConstError, convertScalar, represent, type ScalarValue, type Value } from './value';

/** The value of a literal as written. Raises {@link ConstError} where it does not fit its type. */
export function literalValue(text: string): Value {
  if (text === 'true' || text === 'false') return { type: bool, scalars: [text === 'true'] };
  const isHex = /^0[xX]/.test(text);
  const isHexFloat = isHex && /[.pP]/.test(text);
  const suffix = suffixOf(text, isHex, isHexFloat);
  const digits = suffix ? text.slice(0, -1) : text;
  if (suffix === 'h') throw new ConstError("the type 'f16' is not supported by the WebAssembly compiler");
  if (isHexFloat) return finish(hexFloat(digits), abstractFloat, suffix);
  if (isHex || (/^\d+$/.test(digits) && suffix !== 'f')) return finish(BigInt(digits), abstractInt, suffix);
  return finish(Number(digits), abstractFloat, suffix);
}

function suffixOf(text: string, isHex: boolean, isHexFloat: boolean): string {
  const last = text[text.length - 1];
  if (last === 'i' || last === 'u') return last;
  if ((last === 'f' || last === 'h') && (!isHex || isHexFloat)) return last;
  return '';
}

function finish(value: ScalarValue, from: ScalarType, suffix: string): Value {
  const type = suffix === 'i' ? i32 : suffix === 'u' ? u32 : suffix === 'f' ? f32 : from;
  if (type === from) return { type, scalars: [represent(type.name, value as number | bigint)] };
  return { type, scalars: [convertScalar(value, from, type)] };
}

/** `0x1.8p3`: the digits are gathered into an exact integer and scaled once. */
function hexFloat(text: string): number {
  const match = /^0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)(?:[pP]([+-]?\d+))?$/.exec(text);
  if (!match) throw new ConstError(`malformed hexadecimal float ${text}`);
  const mantissa = BigInt(`0x${match[1]}${match[2]}`);
  const exponent = Number(match[3] ?? 0) - 4 * match[2].length;
  const half = Math.trunc(exponent / 2); // two steps: one power alone may overflow where the product does not
  return Number(mantissa) * 2 ** half * 2 ** (exponent - half);
}
