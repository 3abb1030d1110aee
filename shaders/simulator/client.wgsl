/// The caller's side: arrivals, calls, attempts, retries, and what becomes of them.
import package::simulator::state::{
  scenario, ld, st, now, op, subject, detail, schedule_id, schedule_time, record, allocate, release_record,
  edge_policy, service_policy, low, high, with_high, NIL, NONE,
};
import package::simulator::records::{
  REQUEST, NODE, FLAGS, CALL_START, CALL_TRY_DEADLINE, CALL_ATTEMPT, FRAME_REPLICA, FRAME_HALF_DELAY, FRAME_SELF,
  FRAME_PENDING, FRAME_SLOWNESS, NO_REPLICA, ARRIVING, DEAD, CALL, FRAME_ERROR, FRAME_HEDGE, ATTEMPTS_SHIFT,
  WINDOW_SHIFT, CALL_LINKED, CALL_PROBE, CALL_RETRYING, SALT_SHIFT, tag, window_of_flags, timer, with_timer,
  attempt_replica, proxy_of, is_dead,
};
import package::simulator::ops::{
  OP_NEXT, OP_CALL, OP_LINK, OP_TRY, OP_TIMER, OP_TRY_DONE, OP_RETRY, OP_CALL_DONE, OP_STEP, OK, FAILED, TIMED_OUT,
  CALL_TIMED_OUT, CANCELLED, PRIMARY, HEDGE,
};
import package::simulator::draw::{draw, stir, quantile, FOR_TRY, FOR_SLOWNESS};
import package::simulator::timers::{link_timer, unlink_timer, take_expired};
import package::simulator::balance::{available, balance};
import package::simulator::proxy::{
  pass_breaker, tell_breaker, tell_detector, try_timeout, tell_round_trip, tell_timeout,
};
import package::simulator::fault::added_delay;
import package::simulator::account::{count_call, count_call_done, count_attempt, end_request};
import package::simulator::log::{log_event, LOG_ATTEMPT, LOG_ATTEMPT_DONE, LOG_REJECTED};
import package::layout::{
  CALL_HEDGE, CALL_SENT, TRIED_AT, PROXIES, EDGES, SHARED_SLOWNESS, NODES_AT, NODE_WORDS, NODE_EDGE, NODE_SERVICE,
  NODE_SELF, NODE_DELAY, NODE_FIRST, NODE_REPEAT, EDGES_AT, EDGE_WORDS, EDGE_HOSTS, EDGE_REPLICAS, SERVICES_AT, SERVICE_WORDS,
  SERVICE_REPLICAS, PROXY_AT, PROXY_WORDS, PROXY_ACTIVE, HOST_AT, HOST_WORDS, P_TIMEOUT, P_MAX_REQUESTS,
  P_RETRY_OTHER_HOST, P_HEDGE_DELAY, P_REPLICAS,
};

fn node_field(node: u32, field: u32) -> u32 {
  return scenario[NODES_AT + node * NODE_WORDS + field];
}

fn proxy_words_of(edge: u32, proxy: u32) -> u32 {
  return PROXY_AT + (edge * PROXIES + proxy) * PROXY_WORDS;
}

fn host_words_of(edge: u32, proxy: u32) -> u32 {
  let at = EDGES_AT + edge * EDGE_WORDS;
  return HOST_AT + (scenario[at + EDGE_HOSTS] + proxy * scenario[at + EDGE_REPLICAS]) * HOST_WORDS;
}

/// A record for a call to be made, its proxy still to be set; NIL where the pool is exhausted.
fn open_call(request: u32, node: u32, parent: u32, window: u32, salt: u32, proxy: u32) -> u32 {
  let call = allocate();
  if (call == NIL) { return NIL; }
  let at = record(call);
  st(at + REQUEST, request);
  st(at + NODE, node | (parent << 16u));
  st(at + FLAGS, CALL | (window << WINDOW_SHIFT) | (salt << SALT_SHIFT));
  st(at + CALL_ATTEMPT, NIL | (NO_REPLICA << 16u) | (proxy << 28u));
  @if(other_host) { st(TRIED_AT + call, 0u); }
  @if(hedging) { st(at + CALL_HEDGE, NIL | (NO_REPLICA << 16u)); }
  return call;
}

/// OP_CALL: the call begins; its whole time-out starts to run.
fn begin_call() {
  let at = record(subject);
  let flags = ld(at + FLAGS);
  st(at + CALL_START, now);
  count_call(window_of_flags(flags));
  let edge = node_field(low(ld(at + NODE)), NODE_EDGE);
  op = OP_TRY;
  detail = PRIMARY;
  if (edge_policy(edge, P_TIMEOUT) != 0u) {
    st(at + FLAGS, flags | CALL_LINKED);
    op = OP_LINK;
    detail = edge;
  }
}

/// OP_LINK: puts the call's timer into the list `detail`.
fn link_call() {
  link_timer(detail, subject);
  op = select(OP_NEXT, OP_TRY, detail < EDGES);
  detail = PRIMARY;
}

/// OP_TRY: sends an attempt, the first, a retry or (detail = HEDGE) a hedge.
fn send_attempt() {
  let call = record(subject);
  let hedge = detail == HEDGE;
  var flags = ld(call + FLAGS);
  let request = ld(call + REQUEST);
  let node = low(ld(call + NODE));
  let parent = high(ld(call + NODE));
  let edge = node_field(node, NODE_EDGE);
  let service = node_field(node, NODE_SERVICE);
  let attempt_word = ld(call + CALL_ATTEMPT);
  let proxy = proxy_of(attempt_word);
  let proxy_words = proxy_words_of(edge, proxy);
  let hosts = host_words_of(edge, proxy);
  let count = service_policy(service, P_REPLICAS);

  var rejected = 0u;
  let in_flight = ld(proxy_words + PROXY_ACTIVE);
  let usable = available(edge, proxy_words, service, count);
  @if(retries) { if (parent != NIL && is_dead(parent)) { rejected = 1u; } }
  if (usable == 0u) { rejected = 2u; }
  if (low(in_flight) >= edge_policy(edge, P_MAX_REQUESTS)) { rejected = 3u; }
  var probe = false;
  @if(breaker) {
    if (rejected == 0u) {
      let passage = pass_breaker(edge, proxy_words);
      probe = passage.probe;
      if (!passage.open) { rejected = 4u; }
    }
  }
  if (rejected != 0u) {
    @if(events) { log_event(LOG_REJECTED, request, node, rejected); }
    // A call that the proxy itself turns away is not retried; a hedge turned away leaves the first attempt alone.
    op = OP_CALL_DONE;
    detail = FAILED;
    @if(hedging) {
      if (hedge) {
        op = OP_TIMER;
        detail = HEDGE;
      }
    }
    return;
  }

  let attempt = (flags >> ATTEMPTS_SHIFT) & 31u;
  let salt = ((flags >> SALT_SHIFT) * 11u + attempt) & 0x3ffu;
  let drawn = draw(request, node, salt, FOR_TRY);
  var self_tail = drawn.x;
  var delay_tail = drawn.y;
  @if(slowness) var own_tail = 0u;
  @if(slowness) {
    // The request's own quantile; frames hand it down.
    if (parent == NIL) { own_tail = draw(request, 0u, 0u, FOR_SLOWNESS).x; }
    else { own_tail = ld(record(parent) + FRAME_SLOWNESS); }
    let coins = stir(drawn.x);
    if ((coins & 0xffffu) < SHARED_SLOWNESS) { self_tail = own_tail; }
    if ((coins >> 16u) < SHARED_SLOWNESS) { delay_tail = own_tail; }
  }
  var avoid = 0u;
  @if(hedging) { if (hedge) { avoid = 1u << attempt_replica(attempt_word); } }
  @if(other_host) {
    if (edge_policy(edge, P_RETRY_OTHER_HOST) != 0u) {
      let untried = usable & ~(avoid | ld(TRIED_AT + subject));
      if (untried != 0u) { avoid = ~untried; }
    }
  }
  let replica = balance(edge, proxy_words, hosts, usable, avoid, stir(drawn.y));
  @if(other_host) { st(TRIED_AT + subject, ld(TRIED_AT + subject) | (1u << replica)); }
  st(proxy_words + PROXY_ACTIVE, in_flight + 1u);
  @if(least_request) { st(hosts + replica * HOST_WORDS, ld(hosts + replica * HOST_WORDS) + 1u); }
  count_attempt(window_of_flags(flags));
  @if(events) { log_event(LOG_ATTEMPT, request, node | (attempt << 16u), replica | (proxy << 16u)); }

  let delay = quantile(node_field(node, NODE_DELAY), delay_tail) + added_delay(edge);
  let frame = allocate();
  if (frame != NIL) {
    let at = record(frame);
    st(at + REQUEST, request);
    st(at + NODE, node | (subject << 16u));
    st(at + FLAGS, ARRIVING | select(0u, FRAME_HEDGE, hedge) | (flags & (7u << WINDOW_SHIFT)) | (salt << SALT_SHIFT));
    st(at + FRAME_REPLICA, (scenario[SERVICES_AT + service * SERVICE_WORDS + SERVICE_REPLICAS] + replica) | (node_field(node, NODE_FIRST) << 16u));
    st(at + FRAME_HALF_DELAY, delay - (delay >> 1u));
    st(at + FRAME_SELF, quantile(node_field(node, NODE_SELF), self_tail));
    @if(slowness) { st(at + FRAME_SLOWNESS, own_tail); }
    schedule_time = now + (delay >> 1u);
    schedule_id = frame;
  }
  flags += 1u << ATTEMPTS_SHIFT;
  if (probe) { flags |= CALL_PROBE; }
  st(call + FLAGS, flags);
  let sent = frame | (replica << 16u);
  @if(hedging) { if (hedge) { st(call + CALL_HEDGE, sent); } }
  if (!hedge) {
    st(call + CALL_ATTEMPT, (attempt_word & 0xffc00000u) | sent);
    @if(sent_time) { st(call + CALL_SENT, now); }
  }
  op = OP_TIMER;
}

/// OP_TIMER: sets the attempt's timer, if one runs out before the whole call's: a hedge (after a first attempt, where detail
/// is PRIMARY), else the try's time-out.
fn start_try_timer() {
  op = OP_NEXT;
  let call = record(subject);
  let flags = ld(call + FLAGS);
  let edge = node_field(low(ld(call + NODE)), NODE_EDGE);
  let proxy_words = proxy_words_of(edge, proxy_of(ld(call + CALL_ATTEMPT)));
  let may_hedge = detail == PRIMARY;
  var sent = now;
  @if(sent_time) { sent = ld(call + CALL_SENT); }
  let bound = try_timeout(edge, proxy_words);
  var due = select(NONE, sent + bound, bound != 0u);
  let whole = edge_policy(edge, P_TIMEOUT);
  if (whole != 0u && due >= ld(call + CALL_START) + whole) { due = NONE; }
  var list = 1u;
  @if(hedging) {
    let hedge_delay = edge_policy(edge, P_HEDGE_DELAY);
    if (may_hedge && hedge_delay != 0u && (sent + hedge_delay < due)) {
      due = sent + hedge_delay;
      list = 2u;
    }
  }
  if (due == NONE) { return; }
  st(call + CALL_TRY_DEADLINE, due);
  st(call + FLAGS, with_timer(flags, list));
  op = OP_LINK;
  detail = list * EDGES + edge;
}

/// OP_TRY_DONE: an attempt ended (outcome in the low half of detail, which of the two in the high half), or is given up.
fn settle_attempt() {
  let call = record(subject);
  let outcome = low(detail);
  let which = high(detail);
  var flags = ld(call + FLAGS);
  let node = low(ld(call + NODE));
  let edge = node_field(node, NODE_EDGE);
  let first = ld(call + CALL_ATTEMPT);
  let proxy = proxy_of(first);
  let proxy_words = proxy_words_of(edge, proxy);
  var word = first;
  var other = NO_REPLICA;
  @if(hedging) {
    let second = ld(call + CALL_HEDGE);
    other = attempt_replica(second);
    if (which == HEDGE) { word = second; other = attempt_replica(first); }
  }
  let replica = attempt_replica(word);
  let frame = low(word);
  // The server works on, but nobody listens any more.
  if (frame != NIL) { st(record(frame) + NODE, with_high(ld(record(frame) + NODE), NIL)); }
  let failed = outcome == FAILED || outcome == TIMED_OUT || outcome == CALL_TIMED_OUT;
  if (which == PRIMARY) { st(call + CALL_ATTEMPT, (first & 0xf0000000u) | (NO_REPLICA << 16u) | NIL); }
  @if(hedging) { if (which == HEDGE) { st(call + CALL_HEDGE, NIL | (NO_REPLICA << 16u)); } }
  @if(events) { log_event(LOG_ATTEMPT_DONE, ld(call + REQUEST), node | (replica << 16u), outcome); }

  st(proxy_words + PROXY_ACTIVE, ld(proxy_words + PROXY_ACTIVE) - 1u);
  let host = host_words_of(edge, proxy) + replica * HOST_WORDS;
  @if(least_request) { st(host, ld(host) - 1u); }
  if (outcome != CANCELLED) {
    @if(ejection) { tell_detector(edge, proxy, proxy_words, host, replica, service_policy(node_field(node, NODE_SERVICE), P_REPLICAS), failed); }
    @if(breaker) {
      tell_breaker(edge, proxy, proxy_words, failed, (flags & CALL_PROBE) != 0u);
      flags &= ~CALL_PROBE;
    }
    @if(adaptive) {
      // Karn: no sample where nobody knows which sending was answered. A reply names its attempt, so retries give samples too;
      // of a hedge only the first attempt's instant is kept.
      if (outcome == OK && which == PRIMARY) { tell_round_trip(proxy_words, now - ld(call + CALL_SENT)); }
      if (outcome == TIMED_OUT) { tell_timeout(proxy_words, ld(call + CALL_SENT)); }
    }
  }
  st(call + FLAGS, flags);
  @if(hedging) {
    if (other != NO_REPLICA) {
      // An error leaves the other attempt its chance; all else ends both.
      op = select(OP_TRY_DONE, OP_NEXT, outcome == FAILED);
      detail = select(outcome, CANCELLED, outcome == OK) | ((1u - which) << 16u);
      return;
    }
  }
  if (timer(flags) != 0u) {
    unlink_timer(timer(flags) * EDGES + edge, subject);
    flags = with_timer(flags, 0u);
    st(call + FLAGS, flags);
  }
  op = OP_CALL_DONE;
  detail = select(FAILED, OK, outcome == OK || outcome == CANCELLED);
  @if(retries) { if (outcome == FAILED || outcome == TIMED_OUT) { op = OP_RETRY; } }
}

/// OP_CALL_DONE: tells the frame that made the call, or the client, how it ended (detail OK or FAILED).
fn end_call() {
  let call = record(subject);
  var flags = ld(call + FLAGS);
  let node = low(ld(call + NODE));
  let parent = high(ld(call + NODE));
  let edge = node_field(node, NODE_EDGE);
  let ok = detail == OK;
  count_call_done();
  if ((flags & CALL_LINKED) != 0u) { unlink_timer(edge, subject); }
  @if(retries) {
    if ((flags & CALL_RETRYING) != 0u) {
      let proxy_words = proxy_words_of(edge, proxy_of(ld(call + CALL_ATTEMPT)));
      st(proxy_words + PROXY_ACTIVE, ld(proxy_words + PROXY_ACTIVE) - 0x10000u);
    }
  }
  op = OP_NEXT;
  if (parent == NIL) {
    end_request(node, ld(call + REQUEST), ld(call + CALL_START), window_of_flags(flags), ok);
    release_record(subject);
    return;
  }
  let frame = record(parent);
  var parent_flags = ld(frame + FLAGS);
  if (!ok && tag(parent_flags) != DEAD) {
    parent_flags |= FRAME_ERROR;
    st(frame + FLAGS, parent_flags);
  }
  let repeat = node_field(node, NODE_REPEAT);
  if (repeat != NIL && (parent_flags & FRAME_ERROR) == 0u && tag(parent_flags) != DEAD) {
    let request = ld(call + REQUEST);
    let proxy = proxy_of(ld(call + CALL_ATTEMPT));
    release_record(subject);
    subject = open_call(request, repeat, parent, window_of_flags(flags), parent_flags >> SALT_SHIFT, proxy);
    op = OP_CALL;
    return;
  }
  release_record(subject);
  let pending = ld(frame + FRAME_PENDING) - 1u;
  st(frame + FRAME_PENDING, pending);
  if (pending != 0u) { return; }
  if (tag(parent_flags) == DEAD) { release_record(parent); return; }
  subject = parent;
  op = OP_STEP;
}

/// OP_LIST: a time-out or a hedge is due.
fn expire() {
  let list = subject;
  op = OP_NEXT;
  let expired = take_expired(list);
  if (expired == NIL) { return; }
  subject = expired;
  let call = record(expired);
  let flags = ld(call + FLAGS);
  if (list < EDGES) {
    st(call + FLAGS, flags & ~CALL_LINKED);
    // In back-off no attempt is under way.
    let primary = attempt_replica(ld(call + CALL_ATTEMPT)) != NO_REPLICA;
    var any = primary;
    @if(hedging) { any = any || attempt_replica(ld(call + CALL_HEDGE)) != NO_REPLICA; }
    op = select(OP_CALL_DONE, OP_TRY_DONE, any);
    detail = select(FAILED, CALL_TIMED_OUT | (select(HEDGE, PRIMARY, primary) << 16u), any);
    return;
  }
  st(call + FLAGS, with_timer(flags, 0u));
  @if(hedging) {
    if (list >= 2u * EDGES) {
      op = OP_TRY;
      detail = HEDGE;
      return;
    }
    if (attempt_replica(ld(call + CALL_ATTEMPT)) == NO_REPLICA) {
      op = OP_TRY_DONE;
      detail = TIMED_OUT | (HEDGE << 16u);
      return;
    }
  }
  op = OP_TRY_DONE;
  detail = TIMED_OUT | (PRIMARY << 16u);
}
