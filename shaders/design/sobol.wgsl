// Sobol' points in the order of the Gray code, optionally scrambled. `table` holds, for each dimension, the sums of direction
// numbers for every digit of the point's index in base 16 (8 digits of 16 words), and behind them a seed for each dimension.

const DIGITS = 8u;
const BASE = 16u;

fn digit_sum(dimension: u32, digit: u32, value: u32) -> u32 {
  return table[(dimension * DIGITS + digit) * BASE + value];
}

fn sobol(point: u32, dimension: u32) -> u32 {
  var sum = 0u;
  for (var digit = 0u; digit < DIGITS; digit++) {
    sum ^= digit_sum(dimension, digit, (point >> (4u * digit)) & (BASE - 1u));
  }
  return sum;
}

/// The direction number of one bit.
fn direction(dimension: u32, bit: u32) -> u32 {
  return digit_sum(dimension, bit >> 2u, 1u << (bit & 3u));
}

/// Owen's nested uniform scrambling by a hash in which every bit depends only on those above it: Laine and Karras, "Stratified
/// sampling for stochastic transparency", EGSR 2011, with the constants of Burley, "Practical hash-based Owen scrambling", JCGT
/// 9(4), 2020.
fn owen_scramble(fraction: u32, seed: u32) -> u32 {
  var x = reverseBits(fraction) + seed;
  x ^= x * 0x6c50b47cu;
  x ^= x * 0xb82f1e52u;
  x ^= x * 0xc7afe638u;
  x ^= x * 0x8d22f6e6u;
  return reverseBits(x);
}

fn scrambled(fraction: u32, dimension: u32) -> u32 {
  if (!SCRAMBLED) {
    return fraction;
  }
  return owen_scramble(fraction, table[settings.width * DIGITS * BASE + dimension]);
}

// The row after the one that this invocation made last, and that one's two coordinates: in the order of the Gray code a row
// differs from the one before it in one bit.
var<private> next_row = 0xffffffffu;
var<private> point: vec2<u32>;

fn genes_of(row: u32, pair: u32) -> vec2<u32> {
  let first = 2u * pair;
  let second = min(first + 1u, settings.width - 1u);
  if (row == next_row) {
    let bit = firstTrailingBit(row);
    point ^= vec2<u32>(direction(first, bit), direction(second, bit));
  } else {
    let gray = row ^ (row >> 1u);
    point = vec2<u32>(sobol(gray, first), sobol(gray, second));
  }
  next_row = row + 1u;
  return vec2<u32>(scrambled(point.x, first), scrambled(point.y, second));
}
