/// Which replica an attempt goes to, as its proxy knows them.
import package::simulator::state::{ld, st, low, edge_policy};
import package::simulator::draw::below;
import package::layout::{PROXY_TURN, PROXY_EJECTED, HOST_WORDS, UNREADY_AT, P_LOAD_BALANCING, P_PANIC_THRESHOLD};

const ROUND_ROBIN = 1u;
const LEAST_REQUEST = 2u;

/// The n-th replica (from 0) of a set.
fn nth(replicas: u32, n: u32) -> u32 {
  var rest = replicas;
  for (var i = 0u; i < n; i++) { rest &= rest - 1u; }
  return countTrailingZeros(rest);
}

/// Those neither ejected by this proxy nor failing their health checks, or all of them when too few are left (Envoy's panic).
fn available(edge: u32, proxy_words: u32, service: u32, count: u32) -> u32 {
  let all = 0xffffffffu >> (32u - count);
  var usable = all;
  @if(ejection) { usable &= ~ld(proxy_words + PROXY_EJECTED); }
  @if(health) { usable &= ~ld(UNREADY_AT + service); }
  if (countOneBits(usable) * 100u < edge_policy(edge, P_PANIC_THRESHOLD) * count) { return all; }
  return usable;
}

/// A replica of the set (not empty), by 32 random bits; one of those to avoid only where there is no other.
fn balance(edge: u32, proxy_words: u32, hosts: u32, usable: u32, avoid: u32, bits: u32) -> u32 {
  var choices = usable;
  @if(other_host || hedging) { choices = select(usable & ~avoid, usable, (usable & ~avoid) == 0u); }
  let policy = edge_policy(edge, P_LOAD_BALANCING);
  let count = countOneBits(choices);
  let first = nth(choices, below(bits, count));
  @if(round_robin) {
    if (policy == ROUND_ROBIN) {
      // No turn yet, 0: each proxy starts somewhere else, as in Envoy, or all would send to the same replica at once.
      let turn = ld(proxy_words + PROXY_TURN);
      let rest = select(choices & (0xffffffffu << turn), 0u, turn > 31u);
      let chosen = select(countTrailingZeros(select(rest, choices, rest == 0u)), first, turn == 0u);
      st(proxy_words + PROXY_TURN, chosen + 1u);
      return chosen;
    }
  }
  @if(least_request) {
    if (policy == LEAST_REQUEST) {
      let second = nth(choices, below(bits >> 16u, count));
      if (low(ld(hosts + second * HOST_WORDS)) < low(ld(hosts + first * HOST_WORDS))) { return second; }
    }
  }
  return first;
}
