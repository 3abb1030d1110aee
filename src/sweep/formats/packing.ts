import { ByteWriter } from 'hyparquet-writer';

/** Values of `width` bits each, the first in the lowest bits: Parquet's bit packing. Padded to whole groups of eight values. */
export function packBits(values: ArrayLike<number>, width: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 8) * width);
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    pending |= values[i] << bits;
    bits += width;
    for (; bits >= 8; bits -= 8) {
      bytes[at++] = pending & 0xff;
      pending >>>= 8;
    }
  }
  if (bits > 0) bytes[at] = pending & 0xff;
  return bytes;
}

/** Strings as a dictionary. */
export interface Dictionary {
  /** The different strings, each with its length before it. */
  readonly words: Uint8Array;
  readonly count: number;
  /** Which of them each value is: the width in bits, then one bit-packed run. */
  readonly indices: Uint8Array;
}

const utf8 = new TextEncoder();

/** The dictionary of a column of at most 2^24 different strings. */
export function dictionaryOf(values: readonly string[]): Dictionary {
  const known = new Map<string, number>();
  const codes = Uint32Array.from(values, (value) => {
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
  const words = new ByteWriter();
  for (const word of known.keys()) {
    const bytes = utf8.encode(word);
    words.appendUint32(bytes.byteLength);
    words.appendBytes(bytes);
  }
  const width = Math.max(1, 32 - Math.clz32(known.size - 1));
  const indices = new ByteWriter();
  indices.appendUint8(width);
  indices.appendVarInt((Math.ceil(values.length / 8) << 1) | 1);
  indices.appendBytes(packBits(codes, width));
  return { words: words.getBytes(), count: known.size, indices: indices.getBytes() };
}
