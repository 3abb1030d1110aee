/// What a proxy learns from an attempt that ended: breaker, outlier ejection, round-trip estimate.
import package::simulator::state::{ld, st, now, edge_policy, low, high, with_low};
import package::simulator::log::{log_event, LOG_EJECTED, LOG_BREAKER};
import package::layout::{
  PROXY_EJECTED, PROXY_BREAKER, PROXY_OPEN_UNTIL, PROXY_SRTT, PROXY_RTTVAR, PROXY_DOUBLINGS, PROXY_DOUBLED_AT,
  HOST_ERRORS, HOST_EJECTED_AT, HOST_RATE, P_BREAKER_FAILURES, P_BREAKER_OPEN, P_EJECT_CONSECUTIVE,
  P_EJECT_MAX_PERCENT, P_PER_TRY_TIMEOUT, P_TIMEOUT, P_ADAPTIVE_TIMEOUT, P_ADAPTIVE_TIMEOUT_FLOOR,
};

const PROBE_UNDER_WAY = 0x80000000u;

/// RFC 6298: the time-out before the first sample (2.1), and the bound on one where the policy sets none (2.5).
const FIRST_ADAPTIVE_US = 1000000u;
const LONGEST_ADAPTIVE_US = 60000000u;

/// Whether the circuit lets an attempt through. `probe`: as the one attempt that tries whether the callee is back.
struct Passage { open: bool, probe: bool }

@if(breaker) fn pass_breaker(edge: u32, proxy_words: u32) -> Passage {
  let until = ld(proxy_words + PROXY_OPEN_UNTIL);
  if (until == 0u) { return Passage(true, false); }
  let failures = ld(proxy_words + PROXY_BREAKER);
  if (now < until || (failures & PROBE_UNDER_WAY) != 0u) { return Passage(false, false); }
  st(proxy_words + PROXY_BREAKER, failures | PROBE_UNDER_WAY);
  return Passage(true, true);
}

/// Counts consecutive failures, opens the circuit when there are too many and after a failed probe, closes it after a good one.
@if(breaker) fn tell_breaker(edge: u32, proxy: u32, proxy_words: u32, failed: bool, probe: bool) {
  let threshold = edge_policy(edge, P_BREAKER_FAILURES);
  // Answers that were under way when the circuit opened say nothing about the callee now.
  if (threshold == 0u || (ld(proxy_words + PROXY_OPEN_UNTIL) != 0u && !probe)) { return; }
  var failures = 0u;
  var until = 0u;
  if (failed) {
    failures = ld(proxy_words + PROXY_BREAKER) + 1u;
    if (probe || failures >= threshold) {
      failures = 0u;
      until = now + edge_policy(edge, P_BREAKER_OPEN);
    }
  }
  @if(events) { if (probe || until != 0u) { log_event(LOG_BREAKER, edge, proxy, until); } }
  st(proxy_words + PROXY_BREAKER, failures);
  st(proxy_words + PROXY_OPEN_UNTIL, until);
}

/// Takes a replica off the proxy's list where the maximal share allows it: iff 100 (ejected + 1) / n <= maximum.
@if(ejection) fn eject(edge: u32, proxy: u32, proxy_words: u32, host: u32, replica: u32, count: u32) {
  let ejected = ld(proxy_words + PROXY_EJECTED);
  if ((ejected & (1u << replica)) != 0u) { return; }
  if (100u * (countOneBits(ejected) + 1u) > edge_policy(edge, P_EJECT_MAX_PERCENT) * count) { return; }
  st(proxy_words + PROXY_EJECTED, ejected | (1u << replica));
  st(host + HOST_EJECTED_AT, now);
  // Ejections in a row: the upper half of the errors word.
  st(host + HOST_ERRORS, ld(host + HOST_ERRORS) + 0x10000u);
  @if(events) { log_event(LOG_EJECTED, edge, proxy, replica); }
}

@if(ejection) fn tell_detector(edge: u32, proxy: u32, proxy_words: u32, host: u32, replica: u32, count: u32, failed: bool) {
  @if(success_rate) {
    // Halves of 16 bits: an interval counts its first 65,535 requests.
    let rate = ld(host + HOST_RATE);
    if (high(rate) != 0xffffu) { st(host + HOST_RATE, rate + select(0x10001u, 0x10000u, failed)); }
  }
  let errors = ld(host + HOST_ERRORS);
  let threshold = edge_policy(edge, P_EJECT_CONSECUTIVE);
  if (threshold == 0u) { return; }
  if (!failed) { st(host + HOST_ERRORS, with_low(errors, 0u)); return; }
  if (low(errors) + 1u < threshold) { st(host + HOST_ERRORS, errors + 1u); return; }
  st(host + HOST_ERRORS, with_low(errors, 0u));
  eject(edge, proxy, proxy_words, host, replica, count);
}

/// How long one attempt may take, 0: no bound of its own.
fn try_timeout(edge: u32, proxy_words: u32) -> u32 {
  let fixed = edge_policy(edge, P_PER_TRY_TIMEOUT);
  @if(adaptive) {
    if (edge_policy(edge, P_ADAPTIVE_TIMEOUT) != 0u) {
      var bound = select(fixed, edge_policy(edge, P_TIMEOUT), fixed == 0u);
      if (bound == 0u) { bound = LONGEST_ADAPTIVE_US; }
      let smoothed = ld(proxy_words + PROXY_SRTT);
      var estimate = FIRST_ADAPTIVE_US;
      if (smoothed != 0u) { estimate = (smoothed >> 3u) + max(ld(proxy_words + PROXY_RTTVAR), 1u); }
      estimate = max(estimate, edge_policy(edge, P_ADAPTIVE_TIMEOUT_FLOOR));
      let doublings = ld(proxy_words + PROXY_DOUBLINGS);
      if (estimate >= (bound >> doublings)) { return bound; }
      return estimate << doublings;
    }
  }
  return fixed;
}

/// RFC 6298 in integers as TCP keeps it: eight times the smoothed round trip, four times its variation.
@if(adaptive) fn tell_round_trip(proxy_words: u32, sample: u32) {
  let smoothed = ld(proxy_words + PROXY_SRTT);
  st(proxy_words + PROXY_DOUBLINGS, 0u);
  if (smoothed == 0u) {
    st(proxy_words + PROXY_SRTT, max(sample, 1u) << 3u);
    st(proxy_words + PROXY_RTTVAR, sample << 1u);
    return;
  }
  let before = smoothed >> 3u;
  let deviation = select(before - sample, sample - before, sample > before);
  let variation = ld(proxy_words + PROXY_RTTVAR);
  st(proxy_words + PROXY_RTTVAR, variation - (variation >> 2u) + deviation);
  st(proxy_words + PROXY_SRTT, max(smoothed - before + sample, 1u));
}

/// Backs the time-out off. The RFC has one timer for all that is in flight; here each attempt has its own, and those sent
/// before the last doubling, which ran by the shorter time-out, say nothing about the longer one.
@if(adaptive) fn tell_timeout(proxy_words: u32, sent: u32) {
  if (sent < ld(proxy_words + PROXY_DOUBLED_AT)) { return; }
  st(proxy_words + PROXY_DOUBLED_AT, now);
  st(proxy_words + PROXY_DOUBLINGS, min(ld(proxy_words + PROXY_DOUBLINGS) + 1u, 16u));
}
