/// Simulates episodes, one an invocation, by a bounded number of events a dispatch.
///
/// An event runs as a chain of steps (ops.wgsl). Drivers inline every call, so each large function is called in one place:
/// steps record what to schedule, and the one call of `schedule` stands behind the switch.
import package::simulator::state::{
  episodes, slice, reports, status, block, lane, report_at, policy, fault_at, key, now, op, subject,
  detail, schedule_id, schedule_time, free_head, records_used, ld, st, record, release_record, add_to_report,
  high, NIL, NONE,
};
import package::simulator::records::{NODE, FLAGS, CALL_START, CALL, tag, window_of_flags};
import package::simulator::heap::{heap_size, sequence, root_spent, schedule, settle_heap, event_id};
import package::simulator::ops::{
  OP_NEXT, OP_START_CLOCK, OP_REQUEST, OP_CALL, OP_LINK, OP_TRY, OP_TIMER, OP_TRY_DONE, OP_RETRY, OP_CALL_DONE, OP_LIST,
  OP_ARRIVE, OP_SERVED, OP_RELEASE, OP_STEP, OP_ISSUE, OP_SEND_REPLY, OP_REPLY, OP_FAULT, OP_KILL, OP_SWEEP,
  OP_PROBE, OP_LINK_CROSSED, OP_RESEND,
};
import package::simulator::traffic::begin_request;
import package::simulator::client::{begin_call, link_call, send_attempt, start_try_timer, settle_attempt, end_call, expire};
import package::simulator::retry::retry_or_give_up;
import package::simulator::server::{
  issuing, arrive_at_server, finish_work, release_worker, next_step, issue_call, send_reply, receive_reply,
};
import package::simulator::transit::{cross_link, resend};
import package::simulator::fault::{kill_scan, switch_fault, kill_frame};
import package::simulator::sweep::{sweep, probe_replicas};
import package::simulator::clocks::start_clock;
import package::simulator::account::{count, change_in_system};
import package::layout::{
  INTERLEAVE, POLICY_WORDS, REPORT_WORDS, POOL_AT, HEAP_AT, RECORDS, LIST_EVENTS_AT, CLOCK_REQUEST, CLOCK_FAULT, CLOCK_FAULT_END,
  SWEEPS_AT, PROBES_AT, LINKS_AT, LINKS_END, EPISODE_END, FAULT_ON, HEAP_SIZE, SEQUENCE, FREE_HEAD, RECORDS_USED,
  REPORT_PEAK, REPORT_EVENTS, REPORT_SOJOURN, COUNT_UNFINISHED,
  KIND_LOSS,
};

override WORKGROUP: u32;

const NOT_STARTED = 0u;
const RUNNING = 1u;
const FINISHED = 2u;

/// Empty queues and lists, no request yet.
fn begin_episode() {
  for (var word = 0u; word < POOL_AT; word++) { st(word, 0u); }
  for (var word = LINKS_AT; word < LINKS_END; word++) { st(word, NONE); }
  for (var word = 0u; word < REPORT_WORDS; word++) { reports[report_at + word] = 0u; }
  st(FAULT_ON, NONE);
  free_head = NIL;
  op = OP_START_CLOCK;
  subject = 0u;
}

fn resume_episode() {
  heap_size = ld(HEAP_SIZE);
  sequence = ld(SEQUENCE);
  free_head = ld(FREE_HEAD);
  records_used = ld(RECORDS_USED);
  op = OP_NEXT;
}

fn pause_episode() {
  st(HEAP_SIZE, heap_size);
  st(SEQUENCE, sequence);
  st(FREE_HEAD, free_head);
  st(RECORDS_USED, records_used);
}

/// Counts what is still under way.
fn end_episode() {
  now = EPISODE_END;
  change_in_system(0);
  for (var i = 0u; i < records_used; i++) {
    let at = record(i);
    let flags = ld(at + FLAGS);
    if (tag(flags) != CALL || high(ld(at + NODE)) != NIL) { continue; }
    count(window_of_flags(flags), COUNT_UNFINISHED);
    add_to_report(REPORT_SOJOURN, now - ld(at + CALL_START));
  }
  add_to_report(REPORT_PEAK, records_used);
}

/// Names the step that an event begins with.
fn begin_event(id: u32) {
  subject = id;
  detail = 0u;
  if (id < RECORDS) {
    op = tag(ld(record(id) + FLAGS));
    // Whether there is such a fault is asked first: it seldom changes, so that a processor guesses it right.
    @if(link_loss) { if (ld(FAULT_ON) == KIND_LOSS && (op == OP_ARRIVE || op == OP_REPLY)) { op = OP_LINK_CROSSED; } }
    return;
  }
  if (id < CLOCK_REQUEST) {
    op = OP_LIST;
    subject = id - LIST_EVENTS_AT;
    return;
  }
  if (id < CLOCK_FAULT) {
    op = OP_REQUEST;
    detail = id - CLOCK_REQUEST;
    return;
  }
  if (id < SWEEPS_AT) {
    op = OP_FAULT;
    detail = CLOCK_FAULT_END - id;
    return;
  }
  op = select(OP_PROBE, OP_SWEEP, id < PROBES_AT);
  subject = id - select(PROBES_AT, SWEEPS_AT, id < PROBES_AT);
}

@compute @workgroup_size(WORKGROUP) fn simulate(@builtin(global_invocation_id) invocation: vec3u) {
  let episode = invocation.x;
  if (episode >= slice[1] || status[episode] == FINISHED) { return; }
  block = episode / INTERLEAVE;
  lane = episode % INTERLEAVE;
  report_at = episode * REPORT_WORDS;
  policy = episodes[4u * episode] / POLICY_WORDS;
  key = vec2u(episodes[4u * episode + 1u], episodes[4u * episode + 2u]);
  fault_at = episodes[4u * episode + 3u];
  issuing = NIL;
  kill_scan = NIL;
  if (status[episode] == NOT_STARTED) { begin_episode(); }
  else { resume_episode(); }
  var events = 0u;
  var next_status = RUNNING;
  loop {
    if (op == OP_NEXT) {
      if (issuing != NIL) { op = OP_ISSUE; }
      else if (kill_scan != NIL) { op = OP_KILL; }
      else {
        settle_heap();
        if (heap_size == 0u || ld(HEAP_AT + 1u) >= EPISODE_END) {
          end_episode();
          next_status = FINISHED;
          break;
        }
        if (events == slice[0]) { break; }
        events += 1u;
        now = ld(HEAP_AT + 1u);
        root_spent = true;
        begin_event(event_id(ld(HEAP_AT)));
      }
    }
    schedule_id = NONE;
    switch (op) {
      case OP_START_CLOCK: { start_clock(); }
      case OP_REQUEST: { begin_request(); }
      case OP_CALL: { begin_call(); }
      case OP_LINK: { link_call(); }
      case OP_TRY: { send_attempt(); }
      case OP_TIMER: { start_try_timer(); }
      case OP_TRY_DONE: { settle_attempt(); }
      case OP_RETRY: { @if(retries) { retry_or_give_up(); } }
      case OP_CALL_DONE: { end_call(); }
      case OP_LIST: { expire(); }
      case OP_ARRIVE: { arrive_at_server(); }
      case OP_SERVED: { finish_work(); }
      case OP_RELEASE: { release_worker(); }
      case OP_STEP: { next_step(); }
      case OP_ISSUE: { issue_call(); }
      case OP_SEND_REPLY: { send_reply(); }
      case OP_REPLY: { receive_reply(); }
      case OP_LINK_CROSSED: { @if(link_loss) { cross_link(); } }
      case OP_RESEND: { @if(link_loss || down) { resend(); } }
      case OP_FAULT: { @if(faults) { switch_fault(); } }
      case OP_KILL: { @if(down) { kill_frame(); } }
      case OP_SWEEP: { @if(ejection) { sweep(); } }
      case OP_PROBE: { @if(health) { probe_replicas(); } }
      default: {
        // OP_FREE: the work of a dead replica's frame would have ended now.
        release_record(subject);
        op = OP_NEXT;
      }
    }
    if (schedule_id != NONE) { schedule(schedule_time, schedule_id); }
  }
  add_to_report(REPORT_EVENTS, events);
  status[episode] = next_status;
  pause_episode();
}
