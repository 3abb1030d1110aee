/// The episode's fault: what it does to links, replicas and traffic while it lasts.
import package::simulator::state::{
  scenario, fault_at, ld, st, op, subject, detail, record, release_record, records_used, service_policy, low, high,
  with_low, with_high, NIL, NONE,
};
import package::simulator::records::{
  NODE, FLAGS, CALL_ATTEMPT, FRAME_REPLICA, QUEUED, WAITING, DEAD, FRAME_HEDGE, tag, with_tag,
};
import package::simulator::ops::{OP_NEXT, OP_TRY_DONE, FAILED, PRIMARY, HEDGE};
import package::simulator::draw::{draw, below, FOR_ERROR, FOR_EPISODE};
import package::random::mulhi::mulhi;
import package::simulator::log::{log_event, LOG_FAULT};
import package::layout::{
  CALL_HEDGE, QUEUES_AT, SERVICES, ZONES, SERVICES_AT, SERVICE_WORDS, SERVICE_REPLICAS, REPLICAS_AT, REPLICA_WORDS,
  REPLICA_LOAD, REPLICA_STATE, FAULT_ON, FAULT_KIND, FAULT_SERVICE, FAULT_ZONE, FAULT_SHARE, FAULT_DELAY,
  FAULT_CHANCE, FAULT_FACTOR, FAULT_FRACTION, FAULT_EDGES, KIND_CRASH, KIND_ZONE, KIND_LATENCY, KIND_SLOW, KIND_ERRORS,
  P_REPLICAS, P_ZONE_SPREAD,
};

const REPLICA_CRASHED = 1u;
const REPLICA_CUT_OFF = 2u;
const REPLICA_SLOW = 4u;
const REPLICA_ERRS = 8u;

/// No work lasts longer, so that no instant exceeds 32 bits.
const LONGEST_WORK_US = 0x7fffffffu;

/// The record that the scan for frames on dead replicas looks at next (NIL: no scan), and what killed them.
var<private> kill_scan: u32;
var<private> kill_mark: u32;

@if(link_fault) fn hits_edge(edge: u32, kind: u32) -> bool {
  return ld(FAULT_ON) == kind && ((scenario[fault_at + FAULT_EDGES + (edge >> 5u)] >> (edge & 31u)) & 1u) != 0u;
}

/// What a link fault adds to a round trip that begins now.
fn added_delay(edge: u32) -> u32 {
  @if(link_latency) { if (hits_edge(edge, KIND_LATENCY)) { return scenario[fault_at + FAULT_DELAY]; } }
  return 0u;
}

/// Local work that starts now on a replica takes this long.
fn slowed(replica: u32, work: u32) -> u32 {
  @if(slow_replica) {
    if ((ld(REPLICAS_AT + replica * REPLICA_WORDS + REPLICA_STATE) & REPLICA_SLOW) != 0u) {
      let factor = scenario[fault_at + FAULT_FACTOR];
      if (mulhi(work, factor + 1u) != 0u || (work * (factor + 1u) > LONGEST_WORK_US)) { return LONGEST_WORK_US; }
      return work * factor + mulhi(work, scenario[fault_at + FAULT_FRACTION]);
    }
  }
  return work;
}

fn answers_error(replica: u32, request: u32, node: u32, salt: u32) -> bool {
  @if(error_replies) {
    if ((ld(REPLICAS_AT + replica * REPLICA_WORDS + REPLICA_STATE) & REPLICA_ERRS) != 0u) {
      return draw(request, node, salt, FOR_ERROR).x < scenario[fault_at + FAULT_CHANCE];
    }
  }
  return false;
}

/// Sets or clears marks on the replicas that the fault hits: for a zone all in it, else the service's, from a drawn one on.
@if(replica_fault) fn mark_replicas(marks: u32, on: bool) {
  let kind = scenario[fault_at + FAULT_KIND];
  let drawn = draw(0u, 0u, 0u, FOR_EPISODE).x;
  let zone = select(scenario[fault_at + FAULT_ZONE], below(drawn, ZONES), scenario[fault_at + FAULT_ZONE] == NONE);
  for (var service = 0u; service < SERVICES; service++) {
    if (kind != KIND_ZONE && service != scenario[fault_at + FAULT_SERVICE]) { continue; }
    let count = service_policy(service, P_REPLICAS);
    // Share of the replicas in 2^-16, at least one.
    let hit = select(max((scenario[fault_at + FAULT_SHARE] * count + 0x8000u) >> 16u, 1u), 1u, kind == KIND_CRASH);
    let first = below(drawn, count);
    for (var i = 0u; i < count; i++) {
      var affected = (i + count - first) % count < hit;
      if (kind == KIND_ZONE) { affected = select(0u, i % ZONES, service_policy(service, P_ZONE_SPREAD) != 0u) == zone; }
      if (!affected) { continue; }
      let replica = scenario[SERVICES_AT + service * SERVICE_WORDS + SERVICE_REPLICAS] + i;
      let at = REPLICAS_AT + replica * REPLICA_WORDS;
      st(at + REPLICA_STATE, select(ld(at + REPLICA_STATE) & ~marks, ld(at + REPLICA_STATE) | marks, on));
      if (on && (marks & (REPLICA_CRASHED | REPLICA_CUT_OFF)) != 0u) {
        st(QUEUES_AT + replica, NIL | (NIL << 16u));
        st(at + REPLICA_LOAD, 0u);
      }
    }
  }
}

/// OP_FAULT: the fault begins (detail 1) or ends (detail 0).
fn switch_fault() {
  let kind = scenario[fault_at + FAULT_KIND];
  st(FAULT_ON, select(NONE, kind, detail == 1u));
  op = OP_NEXT;
  @if(events) { log_event(LOG_FAULT, kind, detail, 0u); }
  @if(replica_fault) {
    var marks = 0u;
    switch (kind) {
      case KIND_CRASH: { marks = REPLICA_CRASHED; }
      case KIND_ZONE: { marks = REPLICA_CUT_OFF; }
      case KIND_SLOW: { marks = REPLICA_SLOW; }
      case KIND_ERRORS: { marks = REPLICA_ERRS; }
      default: {}
    }
    if (marks != 0u) { mark_replicas(marks, detail == 1u); }
    @if(down) {
      if (detail == 1u && (marks & (REPLICA_CRASHED | REPLICA_CUT_OFF)) != 0u) {
        // A record that this episode has not used yet holds what an earlier one left.
        kill_scan = select(0u, NIL, records_used == 0u);
        kill_mark = marks;
      }
    }
  }
}

/// OP_KILL: the next record that was on a replica when it went down. A crash resets its connection, a lost zone is silent.
@if(down) fn kill_frame() {
  let index = kill_scan;
  kill_scan = select(index + 1u, NIL, index + 1u >= records_used);
  op = OP_NEXT;
  let frame = record(index);
  let flags = ld(frame + FLAGS);
  if (tag(flags) < QUEUED || tag(flags) > WAITING) { return; }
  let replica = low(ld(frame + FRAME_REPLICA));
  if ((ld(REPLICAS_AT + replica * REPLICA_WORDS + REPLICA_STATE) & kill_mark) == 0u) { return; }
  let call = high(ld(frame + NODE));
  let hedge = (flags & FRAME_HEDGE) != 0u;
  st(frame + NODE, with_high(ld(frame + NODE), NIL));
  if (tag(flags) == QUEUED) { release_record(index); }
  else { st(frame + FLAGS, with_tag(flags, DEAD)); }
  if (call == NIL) { return; }
  var word = record(call) + CALL_ATTEMPT;
  @if(hedging) { if (hedge) { word = record(call) + CALL_HEDGE; } }
  st(word, with_low(ld(word), NIL));
  if (kill_mark == REPLICA_CUT_OFF) { return; }
  subject = call;
  op = OP_TRY_DONE;
  detail = FAILED | (select(PRIMARY, HEDGE, hedge) << 16u);
}
