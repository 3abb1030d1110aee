/// Requests arriving from outside: the scenario's own traffic, and what an overload or an attack adds to it. The addition is
/// a stream of its own, so that the own requests are the same with and without it.
import package::simulator::state::{
  scenario, ld, st, now, op, subject, detail, schedule_id, schedule_time, fault_at, add_to_report, NIL, NONE,
};
import package::simulator::ops::{OP_NEXT, OP_CALL};
import package::simulator::client::open_call;
import package::simulator::account::{window_at, count, change_in_system, end_request, recovery_bucket};
import package::simulator::draw::{draw, stir, below, quantile, FOR_ARRIVAL};
import package::simulator::log::{log_event, LOG_REQUEST};
import package::layout::{
  ARRIVAL_TABLE, PROXIES, CLASSES_AT, CLASS_WORDS, CLASS_SHARE, REQUESTS, EXTRA_REQUESTS, FAULT_ON, FAULT_CLASS,
  FAULT_GAPS, CLOCK_REQUEST, CLOCK_EXTRA, COUNT_OFFERED, COUNT_ATTACKS,
};

/// OP_REQUEST: a request arrives, of the fault's stream where detail is 1.
fn begin_request() {
  let extra = detail == 1u;
  op = OP_NEXT;
  var counter = REQUESTS;
  var gaps = ARRIVAL_TABLE;
  @if(extra_traffic) {
    if (extra) {
      if (ld(FAULT_ON) == NONE) { return; }
      counter = EXTRA_REQUESTS;
      gaps = scenario[fault_at + FAULT_GAPS];
    }
  }
  let request = ld(counter) | (detail << 31u);
  st(counter, ld(counter) + 1u);
  let drawn = draw(request, 0xffffu, 0u, FOR_ARRIVAL);
  schedule_time = now + quantile(gaps, drawn.x);
  schedule_id = select(CLOCK_REQUEST, CLOCK_EXTRA, extra);
  var request_class = 0u;
  // Shares are cumulative; the last class reaches to the end.
  while (drawn.y > scenario[CLASSES_AT + request_class * CLASS_WORDS + CLASS_SHARE]) { request_class += 1u; }
  var window = window_at(now);
  var attack = false;
  @if(extra_traffic) {
    if (extra && scenario[fault_at + FAULT_CLASS] != NONE) {
      attack = true;
      request_class = scenario[fault_at + FAULT_CLASS];
    }
  }
  count(window, select(COUNT_OFFERED, COUNT_ATTACKS, attack));
  // An attacker's requests are counted once and then run outside every window.
  if (attack) { window = 0u; }
  if (window == 4u) { add_to_report(recovery_bucket(now), 1u); }
  change_in_system(1);
  @if(events) { log_event(LOG_REQUEST, request, request_class, window); }
  subject = open_call(request, request_class, NIL, window, 0u, below(stir(drawn.y), PROXIES));
  if (subject == NIL) {
    end_request(request_class, request, now, window, false);
    return;
  }
  op = OP_CALL;
}
