/// What happens after an attempt that failed: another one, after a wait, or the end of the call.
import package::simulator::state::{
  ld, st, now, op, subject, detail, schedule_id, schedule_time, record, edge_policy, low, high,
};
import package::simulator::records::{
  REQUEST, NODE, FLAGS, CALL_START, CALL_ATTEMPT, CALL_RETRYING, RETRIES_SHIFT, SALT_SHIFT, proxy_of,
};
import package::simulator::ops::{OP_NEXT, OP_CALL_DONE, FAILED};
import package::simulator::client::{node_field, proxy_words_of};
import package::simulator::draw::{draw, FOR_BACKOFF};
import package::simulator::log::{log_event, LOG_RETRY, LOG_RETRY_DENIED};
import package::layout::{
  NODE_EDGE, PROXY_ACTIVE, P_TIMEOUT, P_RETRIES, P_BACKOFF_BASE, P_BACKOFF_MAX, P_JITTER, P_RETRY_BUDGET,
  P_RETRY_BUDGET_MIN, P_MAX_RETRIES,
};

/// How long retry n (from 1) waits: as Envoy's code has it, full jitter is uniform in [0, min(base 2^(n-1), max)).
@if(retries) fn backoff(edge: u32, retry: u32, bits: u32) -> u32 {
  let base = edge_policy(edge, P_BACKOFF_BASE);
  let maximum = edge_policy(edge, P_BACKOFF_MAX);
  let bound = select(base << (retry - 1u), maximum, base >= (maximum >> (retry - 1u)));
  let jitter = edge_policy(edge, P_JITTER);
  if (jitter == 0u) { return bound; }
  let spread = select(bound - (bound >> 1u), bound, jitter == 2u);
  // 16 bits of chance on the upper 16 of the spread would leave gaps; the rest of the bits fill them.
  let part = (spread >> 16u) * (bits >> 16u) + (((spread & 0xffffu) * (bits >> 16u)) >> 16u);
  return bound - spread + min(part, spread - 1u);
}

/// OP_RETRY: the attempt failed; tries again where count, budget and time allow.
@if(retries) fn retry_or_give_up() {
  let call = record(subject);
  var flags = ld(call + FLAGS);
  let node = low(ld(call + NODE));
  let edge = node_field(node, NODE_EDGE);
  let proxy_words = proxy_words_of(edge, proxy_of(ld(call + CALL_ATTEMPT)));
  var in_flight = ld(proxy_words + PROXY_ACTIVE);
  if ((flags & CALL_RETRYING) != 0u) {
    in_flight -= 0x10000u;
    flags &= ~CALL_RETRYING;
  }
  let done = (flags >> RETRIES_SHIFT) & 15u;
  let budget = edge_policy(edge, P_RETRY_BUDGET);
  let share = max(edge_policy(edge, P_RETRY_BUDGET_MIN), low(in_flight) * budget / 100u);
  let allowed = select(share, edge_policy(edge, P_MAX_RETRIES), budget == 0u);
  op = OP_CALL_DONE;
  detail = FAILED;
  if (done < edge_policy(edge, P_RETRIES) && high(in_flight) < allowed) {
    let salt = ((flags >> SALT_SHIFT) * 11u + done) & 0x3ffu;
    let wait = backoff(edge, done + 1u, draw(ld(call + REQUEST), node, salt, FOR_BACKOFF).x);
    flags = (flags | CALL_RETRYING) + (1u << RETRIES_SHIFT);
    in_flight += 0x10000u;
    op = OP_NEXT;
    let whole = edge_policy(edge, P_TIMEOUT);
    // A wait past the whole time-out ends with it: that timer is set already.
    if (whole == 0u || (now + wait < ld(call + CALL_START) + whole)) {
      schedule_time = now + wait;
      schedule_id = subject;
    }
    @if(events) { log_event(LOG_RETRY, ld(call + REQUEST), node, wait); }
  }
  @if(events) {
    if (op == OP_CALL_DONE) { log_event(LOG_RETRY_DENIED, ld(call + REQUEST), node, select(0u, 1u, done < edge_policy(edge, P_RETRIES))); }
  }
  st(proxy_words + PROXY_ACTIVE, in_flight);
  st(call + FLAGS, flags);
}
