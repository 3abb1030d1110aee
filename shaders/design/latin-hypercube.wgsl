// Latin hypercube (McKay, Beckman, Conover, Technometrics 21, 1979): for each variable the unit interval is cut into as many
// strata as there are rows, a permutation of its own gives each row its stratum, and the gene lies anywhere within.

const ROUNDS = 5u;

/// A permutation of the numbers below `total`, keyed: invertible steps on the fewest bits that hold them all, taken again while
/// they lead out of the range.
fn permuted(number: u32, total: u32, variable: u32) -> u32 {
  let bits = 32u - countLeadingZeros(max(total - 1u, 1u));
  let mask = 0xffffffffu >> (32u - bits);
  let fold = (bits + 1u) / 2u;
  var x = number;
  loop {
    for (var round = 0u; round < ROUNDS; round++) {
      x = ((x ^ table[variable * ROUNDS + round]) * 0x9e3779b1u) & mask;
      x ^= x >> fold;
    }
    if (x < total) {
      break;
    }
  }
  return x;
}

/// (high * 2^32 + low) / total for high < total, rounded down: long division, bit by bit.
fn divided(high: u32, low: u32, total: u32) -> u32 {
  var rest = high;
  var quotient = 0u;
  for (var bit = 31i; bit >= 0i; bit--) {
    let over = rest >> 31u;
    rest = (rest << 1u) | ((low >> u32(bit)) & 1u);
    quotient <<= 1u;
    if (over == 1u || rest >= total) {
      rest -= total;
      quotient |= 1u;
    }
  }
  return quotient;
}

fn latin_gene(row: u32, variable: u32, jitter: u32) -> u32 {
  return divided(permuted(row, settings.total, variable), jitter, settings.total);
}

fn genes_of(row: u32, pair: u32) -> vec2<u32> {
  let jitter = threefry2x32(settings.key, vec2<u32>(row, pair));
  let second = min(2u * pair + 1u, settings.width - 1u);
  return vec2<u32>(latin_gene(row, 2u * pair, jitter.x), latin_gene(row, second, jitter.y));
}
