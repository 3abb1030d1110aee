/// Randomness: a hash of what a number is for, never a running state, so that every candidate and the control run draw the
/// same arrivals and service times, whoever draws first.
import package::random::threefry::threefry2x32;
import package::random::mulhi::mulhi;
import package::simulator::state::{scenario, key};

const FOR_TRY = 0u;
const FOR_CHANCE = 1u;
const FOR_BACKOFF = 2u;
const FOR_ERROR = 4u;
const FOR_ARRIVAL = 5u;
const FOR_SLOWNESS = 6u;
const FOR_EPISODE = 7u;
/// Of the n-th time that a message is sent (from 0): FOR_LOSS + n.
const FOR_LOSS = 8u;

/// Two words for one purpose at one attempt (salt) of one call (node) of one request.
fn draw(request: u32, node: u32, salt: u32, purpose: u32) -> vec2u {
  return threefry2x32(key, vec2u(request, (node << 16u) | (salt << 5u) | purpose));
}

/// Another word from a drawn one (the finaliser of MurmurHash3): the small choices of an attempt cost no hash of their own.
fn stir(word: u32) -> u32 {
  var x = word + 0x9e3779b9u;
  x = (x ^ (x >> 16u)) * 0x85ebca6bu;
  x = (x ^ (x >> 13u)) * 0xc2b2ae35u;
  return x ^ (x >> 16u);
}

/// A number below n from 16 random bits.
fn below(bits: u32, n: u32) -> u32 {
  return ((bits & 0xffffu) * n) >> 16u;
}

const CONSTANT_TABLE = 0x80000000u;

/// The quantile at 1 - tail / 2^32 of a table of `quantiles.ts`: sixteen cells for each halving of the tail, 24 halvings.
fn quantile(table: u32, tail: u32) -> u32 {
  if ((table & CONSTANT_TABLE) != 0u) { return table & 0x7fffffffu; }
  let bounded = max(tail, 256u);
  let halvings = countLeadingZeros(bounded);
  let mantissa = bounded << (halvings + 1u);
  let at = table + (23u - halvings) * 16u + (mantissa >> 28u);
  let upper = scenario[at];
  let drop = upper - scenario[at + 1u];
  return upper - ((mulhi(drop << 1u, mantissa << 4u) + 1u) >> 1u);
}
