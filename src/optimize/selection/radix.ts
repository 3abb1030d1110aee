/** Bits in a digit; six digits hold the 64 bits of a key, three in each of its words. */
const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const DIGITS = 6;

interface Records {
  /** The upper and lower words of keys, in an order that unsigned comparison agrees with. */
  readonly upper: Uint32Array;
  readonly lower: Uint32Array;
  readonly indices: Uint32Array;
}

/** Two work areas that grow as needed and are kept. */
const areas: Records[] = [];
const counts = new Uint32Array(DIGITS * BUCKETS);
const number = new Float64Array(1);
const bits = new Uint32Array(number.buffer);
/** Which word of a number has its sign. */
const UPPER = new Uint8Array(Float64Array.of(-0).buffer)[7] === 0x80 ? 1 : 0;

/**
 * Sorts indices in place so that their keys ascend; equal keys keep their order. By the digits of the bits of f64, the
 * lowest first; a digit that is the same in all keys costs nothing, so keys that were f32 take four passes.
 *
 * @param values [row][column]; no NaN
 */
export function radixSort(indices: Uint32Array, values: Float64Array, columns: number, column: number): void {
  const count = indices.length;
  let from = workspace(0, count);
  let to = workspace(1, count);
  read(from, indices, values, columns, column);
  for (let digit = 0; digit < DIGITS; digit++) {
    const buckets = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    const words = digit < DIGITS / 2 ? from.lower : from.upper;
    const shift = (digit % (DIGITS / 2)) * DIGIT_BITS;
    if (buckets[(words[0] >>> shift) & (BUCKETS - 1)] === count) continue;
    toStarts(buckets);
    scatter(from, to, words, shift, buckets, count);
    [from, to] = [to, from];
  }
  indices.set(from.indices.subarray(0, count));
}

/** Fills in the records and counts their digits. */
function read(
  { upper, lower, indices: held }: Records,
  indices: Uint32Array,
  values: Float64Array,
  columns: number,
  column: number,
): void {
  counts.fill(0);
  const mask = BUCKETS - 1;
  for (let i = 0; i < indices.length; i++) {
    // Adding zero makes one zero of both.
    number[0] = values[indices[i] * columns + column] + 0;
    let high = bits[UPPER];
    let low = bits[1 - UPPER];
    // Negative numbers descend as their bits ascend.
    const flip = high >> 31;
    high ^= flip | 0x80000000;
    low ^= flip;
    held[i] = indices[i];
    upper[i] = high;
    lower[i] = low;
    counts[low & mask]++;
    counts[BUCKETS + ((low >>> DIGIT_BITS) & mask)]++;
    counts[2 * BUCKETS + (low >>> (2 * DIGIT_BITS))]++;
    counts[3 * BUCKETS + (high & mask)]++;
    counts[4 * BUCKETS + ((high >>> DIGIT_BITS) & mask)]++;
    counts[5 * BUCKETS + (high >>> (2 * DIGIT_BITS))]++;
  }
}

/** Turns the sizes of buckets into the places where they start. */
function toStarts(buckets: Uint32Array): void {
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const size = buckets[bucket];
    buckets[bucket] = start;
    start += size;
  }
}

function scatter(
  from: Records,
  to: Records,
  words: Uint32Array,
  shift: number,
  starts: Uint32Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const at = starts[(words[i] >>> shift) & (BUCKETS - 1)]++;
    to.upper[at] = from.upper[i];
    to.lower[at] = from.lower[i];
    to.indices[at] = from.indices[i];
  }
}

function workspace(which: 0 | 1, count: number): Records {
  if (!areas[which] || areas[which].indices.length < count) {
    const words = () => new Uint32Array(Math.max(Math.ceil(1.5 * count), 1024));
    areas[which] = { upper: words(), lower: words(), indices: words() };
  }
  return areas[which];
}
