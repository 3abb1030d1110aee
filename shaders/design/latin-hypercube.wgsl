// Latin hypercube (McKay, Beckman, Conover, Technometrics 21, 1979): for each variable the unit interval is cut into as many
// strata as there are rows, a permutation of its own gives each row its stratum, and the gene lies anywhere within.

const ROUNDS = 5u;

/// A permutation of the numbers below `total`, keyed: invertible steps on the fewest bits that hold them all, taken again while
/// they lead out of the range. A round's multiplier is keyed too: with one for all, permutations of few bits resemble each other.
fn permuted(number: u32, total: u32, variable: u32) -> u32 {
  let bits = 32u - countLeadingZeros(max(total - 1u, 1u));
  let mask = 0xffffffffu >> (32u - bits);
  let fold = (bits + 1u) / 2u;
  var x = number;
  loop {
    for (var round = 0u; round < ROUNDS; round++) {
      let key = 2u * (variable * ROUNDS + round);
      x = ((x ^ table[key]) * (table[key + 1u] | 1u)) & mask;
      x ^= x >> fold;
    }
    if (x < total) {
      break;
    }
  }
  return x;
}

/// (stratum * 2^32 + jitter) / total for stratum < total, rounded down. Behind the permutations' keys `table` holds 2^64 / total
/// as two words: its product with the stratum is the quotient without the jitter, or one less.
fn place(stratum: u32, jitter: u32, total: u32) -> u32 {
  let reciprocal = 2u * settings.width * ROUNDS;
  var quotient = stratum * table[reciprocal] + mulhi(stratum, table[reciprocal + 1u]);
  // stratum * 2^32 - quotient * total, which fits: it is below 2 * total, and total at most 2^31.
  var rest = 0u - quotient * total;
  if (rest >= total) {
    rest -= total;
    quotient++;
  }
  quotient += jitter / total;
  let remainder = jitter % total;
  return quotient + select(0u, 1u, rest >= total - remainder);
}

fn latin_gene(row: u32, variable: u32, jitter: u32) -> u32 {
  return place(permuted(row, settings.total, variable), jitter, settings.total);
}

fn genes_of(row: u32, pair: u32) -> vec2<u32> {
  let jitter = threefry2x32(settings.key, vec2<u32>(row, pair));
  let second = min(2u * pair + 1u, settings.width - 1u);
  return vec2<u32>(latin_gene(row, 2u * pair, jitter.x), latin_gene(row, second, jitter.y));
}
