/// Time-outs, kept out of the heap: a list for each edge and kind, in order of expiry, from which a reply unlinks its
/// call. Constant time-outs expire in the order they were set, so they go to the tail at once; adaptive ones walk a few
/// places. Only the head of each list has an event in the heap.
///
/// Lists: whole-call time-outs of edge e at e, try time-outs at EDGES + e, hedges at 2 EDGES + e. Two words each: head (low)
/// and tail (high), and the instant for which the heap holds an event (NONE: none).
import package::simulator::state::{
  ld, st, record, low, high, with_low, with_high, now, NIL, NONE, edge_policy, schedule_id, schedule_time,
};
import package::simulator::records::{CALL_LINKS, CALL_TRY_LINKS, CALL_TRY_DEADLINE, CALL_START};
import package::layout::{EDGES, LISTS_AT, LIST_EVENTS_AT, P_TIMEOUT};

fn links_of(list: u32) -> u32 {
  return select(CALL_TRY_LINKS, CALL_LINKS, list < EDGES);
}

/// Orders a list: the deadline, or for whole-call time-outs, constant on an edge, the start.
fn order_of(list: u32) -> u32 {
  return select(CALL_TRY_DEADLINE, CALL_START, list < EDGES);
}

fn deadline(list: u32, call: u32) -> u32 {
  let due = ld(record(call) + order_of(list));
  if (list >= EDGES) { return due; }
  return due + edge_policy(list, P_TIMEOUT);
}

/// Puts a call into a list and asks for an event where it became the first to expire: at once where an adaptive time-out
/// shrank below what has passed since the attempt was sent.
fn link_timer(list: u32, call: u32) {
  let at = record(call);
  let links = links_of(list);
  let order = order_of(list);
  let due = ld(at + order);
  let ends = ld(LISTS_AT + 2u * list);
  var previous = high(ends);
  var next = NIL;
  while (previous != NIL) {
    let before = record(previous);
    if (ld(before + order) <= due) { break; }
    next = previous;
    previous = low(ld(before + links));
  }
  st(at + links, previous | (next << 16u));
  var head = low(ends);
  var tail = high(ends);
  if (previous == NIL) { head = call; }
  else { st(record(previous) + links, with_high(ld(record(previous) + links), call)); }
  if (next == NIL) { tail = call; }
  else { st(record(next) + links, with_low(ld(record(next) + links), call)); }
  st(LISTS_AT + 2u * list, head | (tail << 16u));
  if (head == call) {
    let expires = max(now, deadline(list, call));
    if (expires < ld(LISTS_AT + 2u * list + 1u)) { set_alarm(list, expires); }
  }
}

fn set_alarm(list: u32, time: u32) {
  st(LISTS_AT + 2u * list + 1u, time);
  schedule_time = time;
  schedule_id = LIST_EVENTS_AT + list;
}

fn unlink_timer(list: u32, call: u32) {
  let links = links_of(list);
  let neighbours = ld(record(call) + links);
  let previous = low(neighbours);
  let next = high(neighbours);
  var ends = ld(LISTS_AT + 2u * list);
  if (previous == NIL) { ends = with_low(ends, next); }
  else { st(record(previous) + links, with_high(ld(record(previous) + links), next)); }
  if (next == NIL) { ends = with_high(ends, previous); }
  else { st(record(next) + links, with_low(ld(record(next) + links), previous)); }
  st(LISTS_AT + 2u * list, ends);
}

/// The call whose timer has just expired, out of its list, with an event for the next one; NIL where this event is stale.
fn take_expired(list: u32) -> u32 {
  if (ld(LISTS_AT + 2u * list + 1u) != now) { return NIL; }
  st(LISTS_AT + 2u * list + 1u, NONE);
  var expired = low(ld(LISTS_AT + 2u * list));
  if (expired != NIL && deadline(list, expired) <= now) { unlink_timer(list, expired); }
  else { expired = NIL; }
  let head = low(ld(LISTS_AT + 2u * list));
  if (head != NIL) { set_alarm(list, max(now, deadline(list, head))); }
  return expired;
}
