/// The report of an episode: counters by window, latencies, and the two sides of Little's law.
import package::simulator::state::{scenario, ld, st, now, add_to_report};
import package::layout::{
  WINDOW_1, WINDOW_2, WINDOW_3, WINDOW_4, COUNTERS, COUNT_GOOD, COUNT_SLOW, COUNT_FAILED, COUNT_CALLS,
  COUNT_ATTEMPTS, RECOVERY_AT, RECOVERY_WIDTH, LATENCY_AT, LATENCY_BINS, LATENCY_UNIT_SHIFT, REPORT_AREA,
  REPORT_SOJOURN, REPORT_CALLS_DONE, IN_SYSTEM, LAST_CHANGE, CLASSES_AT, CLASS_WORDS, CLASS_OBJECTIVE,
};
import package::simulator::log::{log_event, LOG_REQUEST_DONE};

/// The window that an instant lies in: 1 healthy, 2 onset, 3 steady, 4 recovery, 0 not counted.
fn window_at(time: u32) -> u32 {
  return select(0u, 1u, time >= WINDOW_1) + select(0u, 1u, time >= WINDOW_2) + select(0u, 1u, time >= WINDOW_3) + select(0u, 1u, time >= WINDOW_4);
}

fn count(window: u32, counter: u32) {
  if (window != 0u) { add_to_report((window - 1u) * COUNTERS + counter, 1u); }
}

fn count_call(window: u32) {
  count(window, COUNT_CALLS);
}

/// Counts over the whole episode, warm-up and attacks included: the measure of the simulator's speed.
fn count_call_done() {
  add_to_report(REPORT_CALLS_DONE, 1u);
}

fn count_attempt(window: u32) {
  count(window, COUNT_ATTEMPTS);
}

/// Requests in the system changed by `change`; before, the integral over time of their number is brought up to now (mod 2^32).
fn change_in_system(change: i32) {
  let inside = ld(IN_SYSTEM);
  add_to_report(REPORT_AREA, inside * (now - ld(LAST_CHANGE)));
  st(IN_SYSTEM, u32(i32(inside) + change));
  st(LAST_CHANGE, now);
}

fn recovery_bucket(arrival: u32) -> u32 {
  return RECOVERY_AT + 2u * ((arrival - WINDOW_4) / RECOVERY_WIDTH);
}

/// The log-linear bin of a latency (`histogram.ts`): 16 bins for each doubling.
fn latency_bin(latency: u32) -> u32 {
  let units = latency >> LATENCY_UNIT_SHIFT;
  if (units < 16u) { return units; }
  let doublings = 27u - countLeadingZeros(units);
  return min(doublings * 16u + (units >> doublings), LATENCY_BINS - 1u);
}

fn end_request(request_class: u32, request: u32, arrival: u32, window: u32, ok: bool) {
  change_in_system(-1);
  let latency = now - arrival;
  add_to_report(REPORT_SOJOURN, latency);
  let late = latency > scenario[CLASSES_AT + request_class * CLASS_WORDS + CLASS_OBJECTIVE];
  @if(events) { log_event(LOG_REQUEST_DONE, request, request_class | (select(2u, select(0u, 1u, late), ok) << 16u), latency); }
  if (window == 0u) { return; }
  if (!ok) {
    count(window, COUNT_FAILED);
    return;
  }
  count(window, select(COUNT_GOOD, COUNT_SLOW, late));
  add_to_report(LATENCY_AT + (window - 1u) * LATENCY_BINS + latency_bin(latency), 1u);
  if (!late && window == 4u) { add_to_report(recovery_bucket(arrival) + 1u, 1u); }
}
