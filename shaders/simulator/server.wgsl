/// The server's side: queue, workers, an operation's steps, the reply.
import package::simulator::state::{
  scenario, fault_at, ld, st, now, op, subject, detail, schedule_id, schedule_time, record, release_record,
  service_policy, low, high, with_low, with_high, NIL,
};
import package::simulator::records::{
  REQUEST, NODE, FLAGS, CALL_ATTEMPT, FRAME_REPLICA, FRAME_HALF_DELAY, FRAME_SELF, FRAME_PENDING, QUEUED, WORKING,
  WAITING, REPLYING, FRAME_ERROR, FRAME_HOLDS_WORKER, FRAME_HEDGE, SALT_SHIFT, RESENDS, with_tag, resends,
  window_of_flags,
};
import package::simulator::ops::{
  OP_NEXT, OP_CALL, OP_TRY_DONE, OP_RELEASE, OP_STEP, OP_ISSUE, OP_SEND_REPLY, OP_RESEND, OK, FAILED, PRIMARY, HEDGE,
};
import package::simulator::client::{node_field, open_call};
import package::simulator::draw::{draw, FOR_CHANCE};
import package::simulator::fault::{slowed, answers_error, REPLICA_CRASHED, REPLICA_CUT_OFF};
import package::simulator::log::{log_event, LOG_REFUSED, LOG_SERVED};
import package::layout::{
  CALL_HEDGE, QUEUES_AT, PROXIES, SERVICES_AT, SERVICE_WORDS, SERVICE_REPLICAS, SERVICE_WORKERS, NODE_SERVICE,
  NODE_FIRST, NODE_END, NODE_STEP, NODE_CHANCE, NODE_HOLDS_WORKER, REPLICAS_AT, REPLICA_WORDS,
  REPLICA_LOAD, REPLICA_STATE, REPLICA_LIMIT, FAULT_KIND, KIND_ZONE, P_QUEUE_LIMIT, P_RATE_LIMIT,
};

/// The frame whose step is being issued, NIL: none.
var<private> issuing: u32;

fn replica_words(replica: u32) -> u32 {
  return REPLICAS_AT + replica * REPLICA_WORDS;
}

/// A token bucket one second deep, as the instant at which it would be full again (generic cell rate algorithm).
@if(rate_limit) fn over_rate(replica: u32, rate: u32) -> bool {
  if (rate == 0u) { return false; }
  let token = 1000000u / rate;
  let full = max(ld(replica_words(replica) + REPLICA_LIMIT), now);
  if (full + token > now + 1000000u) { return true; }
  st(replica_words(replica) + REPLICA_LIMIT, full + token);
  return false;
}

/// OP_ARRIVE: a request reaches its replica.
fn arrive_at_server() {
  let frame = record(subject);
  let service = node_field(low(ld(frame + NODE)), NODE_SERVICE);
  let replica = low(ld(frame + FRAME_REPLICA));
  let at = replica_words(replica);
  let flags = ld(frame + FLAGS);
  let load = ld(at + REPLICA_LOAD);
  op = OP_NEXT;
  var refused = high(load) >= service_policy(service, P_QUEUE_LIMIT) && low(load) >= scenario[SERVICES_AT + service * SERVICE_WORDS + SERVICE_WORKERS];
  @if(down) {
    let health = ld(at + REPLICA_STATE);
    if ((health & REPLICA_CUT_OFF) != 0u) {
      op = OP_RESEND;
      return;
    }
    // What a lost zone missed reaches machines that have started anew: they know no such connection and reset it.
    let reset = resends(flags) != 0u && scenario[fault_at + FAULT_KIND] == KIND_ZONE;
    refused = refused || reset || (health & REPLICA_CRASHED) != 0u;
  }
  @if(rate_limit) { if (!refused) { refused = over_rate(replica, service_policy(service, P_RATE_LIMIT)); } }
  if (refused) {
    @if(events) { log_event(LOG_REFUSED, ld(frame + REQUEST), low(ld(frame + NODE)), replica); }
    st(frame + FLAGS, flags | FRAME_ERROR);
    op = OP_SEND_REPLY;
    return;
  }
  if (low(load) < scenario[SERVICES_AT + service * SERVICE_WORDS + SERVICE_WORKERS]) {
    st(at + REPLICA_LOAD, load + 1u);
    st(frame + FLAGS, with_tag(flags, WORKING));
    schedule_time = now + slowed(replica, ld(frame + FRAME_SELF));
    schedule_id = subject;
    return;
  }
  st(frame + FLAGS, with_tag(flags, QUEUED));
  st(frame + FRAME_REPLICA, replica | (NIL << 16u));
  let queue = ld(QUEUES_AT + replica);
  if (high(queue) == NIL) { st(QUEUES_AT + replica, subject | (subject << 16u)); }
  else {
    let last = record(high(queue));
    st(last + FRAME_REPLICA, with_high(ld(last + FRAME_REPLICA), subject));
    st(QUEUES_AT + replica, with_high(queue, subject));
  }
  st(at + REPLICA_LOAD, load + 0x10000u);
}

/// OP_SERVED: the local work is done.
fn finish_work() {
  let frame = record(subject);
  let node = low(ld(frame + NODE));
  var flags = with_tag(ld(frame + FLAGS), WAITING) | FRAME_HOLDS_WORKER;
  if (answers_error(low(ld(frame + FRAME_REPLICA)), ld(frame + REQUEST), node, flags >> SALT_SHIFT)) { flags |= FRAME_ERROR; }
  st(frame + FLAGS, flags);
  st(frame + FRAME_REPLICA, with_high(ld(frame + FRAME_REPLICA), node_field(node, NODE_FIRST)));
  @if(events) { log_event(LOG_SERVED, ld(frame + REQUEST), node, low(ld(frame + FRAME_REPLICA))); }
  op = select(OP_RELEASE, OP_STEP, node_field(node, NODE_HOLDS_WORKER) != 0u);
}

/// OP_RELEASE: gives the worker to the next in the queue.
fn release_worker() {
  let frame = record(subject);
  let replica = low(ld(frame + FRAME_REPLICA));
  st(frame + FLAGS, ld(frame + FLAGS) & ~FRAME_HOLDS_WORKER);
  op = OP_STEP;
  let at = replica_words(replica);
  let queue = ld(QUEUES_AT + replica);
  let next = low(queue);
  if (next == NIL) {
    st(at + REPLICA_LOAD, ld(at + REPLICA_LOAD) - 1u);
    return;
  }
  let started = record(next);
  let after = high(ld(started + FRAME_REPLICA));
  st(QUEUES_AT + replica, select(with_low(queue, after), NIL | (NIL << 16u), after == NIL));
  st(at + REPLICA_LOAD, ld(at + REPLICA_LOAD) - 0x10000u);
  st(started + FLAGS, with_tag(ld(started + FLAGS), WORKING));
  schedule_time = now + slowed(replica, ld(started + FRAME_SELF));
  schedule_id = next;
}

/// OP_STEP: begins the next step, or the reply where none is left or something failed.
fn next_step() {
  let frame = record(subject);
  let flags = ld(frame + FLAGS);
  let next = high(ld(frame + FRAME_REPLICA));
  if ((flags & FRAME_ERROR) != 0u || next == node_field(low(ld(frame + NODE)), NODE_END)) {
    op = select(OP_SEND_REPLY, OP_RELEASE, (flags & FRAME_HOLDS_WORKER) != 0u);
    return;
  }
  // One more than the calls, until all of the step are made: a call that fails at once must not end the step.
  st(frame + FRAME_PENDING, 1u);
  issuing = subject;
  op = OP_ISSUE;
}

/// OP_ISSUE: makes the next call of the step.
fn issue_call() {
  let frame = record(issuing);
  let own = ld(frame + NODE);
  let position = ld(frame + FRAME_REPLICA);
  let node = high(position);
  let flags = ld(frame + FLAGS);
  st(frame + FRAME_REPLICA, with_high(position, node + 1u));
  var pending = ld(frame + FRAME_PENDING);
  let caller = issuing;
  // The last call of a step takes the place of the one counted too many.
  if (node + 1u == node_field(low(own), NODE_END) || node_field(node + 1u, NODE_STEP) != node_field(node, NODE_STEP)) {
    pending -= 1u;
    issuing = NIL;
  }
  let request = ld(frame + REQUEST);
  let salt = flags >> SALT_SHIFT;
  let chance = node_field(node, NODE_CHANCE);
  var call = NIL;
  if (chance == 0xffffffffu || draw(request, node, salt, FOR_CHANCE).x < chance) {
    // The caller's sidecar: one of its service's proxies by its own number.
    let service = node_field(low(own), NODE_SERVICE);
    let proxy = (low(position) - scenario[SERVICES_AT + service * SERVICE_WORDS + SERVICE_REPLICAS]) % PROXIES;
    call = open_call(request, node, caller, window_of_flags(flags), salt, proxy);
    if (call == NIL) { st(frame + FLAGS, flags | FRAME_ERROR); }
    else { pending += 1u; }
  }
  st(frame + FRAME_PENDING, pending);
  op = select(OP_CALL, OP_NEXT, call == NIL);
  subject = call;
  if (pending == 0u) {
    op = OP_STEP;
    subject = caller;
  }
}

/// OP_SEND_REPLY: the reply leaves, if anyone still waits for it.
fn send_reply() {
  let frame = record(subject);
  let flags = ld(frame + FLAGS);
  op = OP_NEXT;
  if (high(ld(frame + NODE)) == NIL) {
    release_record(subject);
    return;
  }
  st(frame + FLAGS, with_tag(flags & ~RESENDS, REPLYING));
  schedule_time = now + ld(frame + FRAME_HALF_DELAY);
  schedule_id = subject;
}

/// OP_REPLY: the reply reaches the proxy that sent the attempt.
fn receive_reply() {
  let frame = record(subject);
  let flags = ld(frame + FLAGS);
  let call = high(ld(frame + NODE));
  release_record(subject);
  op = OP_NEXT;
  if (call == NIL) { return; }
  let hedge = (flags & FRAME_HEDGE) != 0u;
  var word = record(call) + CALL_ATTEMPT;
  @if(hedging) { if (hedge) { word = record(call) + CALL_HEDGE; } }
  st(word, with_low(ld(word), NIL));
  subject = call;
  op = OP_TRY_DONE;
  detail = select(OK, FAILED, (flags & FRAME_ERROR) != 0u) | (select(PRIMARY, HEDGE, hedge) << 16u);
}
