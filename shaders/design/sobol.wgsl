// Sobol' points in the order of the Gray code, optionally scrambled. `table` holds, for each dimension, the sums of direction
// numbers for every digit of the point's index in base 16 (8 digits of 16 words), and behind them a seed for each dimension.

const DIGITS = 8u;
const BASE = 16u;

fn sobol(point: u32, dimension: u32) -> u32 {
  var sum = 0u;
  for (var digit = 0u; digit < DIGITS; digit++) {
    let value = (point >> (4u * digit)) & (BASE - 1u);
    sum ^= table[(dimension * DIGITS + digit) * BASE + value];
  }
  return sum;
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

fn sobol_gene(point: u32, dimension: u32) -> u32 {
  let plain = sobol(point, dimension);
  if (!SCRAMBLED) {
    return plain;
  }
  return owen_scramble(plain, table[settings.width * DIGITS * BASE + dimension]);
}

fn genes_of(row: u32, pair: u32) -> vec2<u32> {
  let point = row ^ (row >> 1u);
  return vec2<u32>(sobol_gene(point, 2u * pair), sobol_gene(point, min(2u * pair + 1u, settings.width - 1u)));
}
