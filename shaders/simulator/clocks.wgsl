/// The events that an episode begins with, one a step.
import package::simulator::state::{
  scenario, fault_at, op, subject, schedule_id, schedule_time, edge_policy, service_policy, NONE,
};
import package::simulator::ops::OP_NEXT;
import package::simulator::draw::{draw, quantile, FOR_EPISODE, FOR_ARRIVAL};
import package::random::mulhi::mulhi;
import package::layout::{
  ARRIVAL_TABLE, SERVICES, FAULT_START, FAULT_LENGTH, FAULT_GAPS, CLOCK_REQUEST, CLOCK_EXTRA, CLOCK_FAULT_END,
  SWEEPS_AT, PROBES_AT, P_EJECT_CONSECUTIVE, P_EJECT_SUCCESS_RATE, P_EJECT_INTERVAL, P_HEALTH_INTERVAL,
};

/// OP_START_CLOCK: sets the clock `subject`, then names the next.
fn start_clock() {
  let id = CLOCK_REQUEST + subject;
  schedule_id = id;
  let probes = id >= PROBES_AT;
  // The streams of requests draw their first gap as request -1 and -2 would.
  let request = select(CLOCK_REQUEST - 1u - id, id - PROBES_AT, probes);
  let drawn = draw(request, select(0xffffu, 0u, probes), 0u, select(FOR_ARRIVAL, FOR_EPISODE, probes));
  if (id == CLOCK_REQUEST) { schedule_time = quantile(ARRIVAL_TABLE, drawn.x); }
  else if (id <= CLOCK_FAULT_END) {
    schedule_time = FAULT_START;
    if (fault_at == NONE) { schedule_id = NONE; }
    @if(faults) { if (id == CLOCK_FAULT_END) { schedule_time = FAULT_START + scenario[fault_at + FAULT_LENGTH]; } }
    if (id == CLOCK_EXTRA) {
      schedule_id = NONE;
      @if(extra_traffic) {
        if (fault_at != NONE && scenario[fault_at + FAULT_GAPS] != NONE) {
          schedule_id = id;
          schedule_time = FAULT_START + 1u + quantile(scenario[fault_at + FAULT_GAPS], drawn.x);
        }
      }
    }
  }
  else if (id < PROBES_AT) {
    schedule_id = NONE;
    @if(ejection) {
      let edge = id - SWEEPS_AT;
      if ((edge_policy(edge, P_EJECT_CONSECUTIVE) | edge_policy(edge, P_EJECT_SUCCESS_RATE)) != 0u) {
        schedule_id = id;
        schedule_time = edge_policy(edge, P_EJECT_INTERVAL);
      }
    }
  }
  else {
    schedule_id = NONE;
    @if(health) {
      let service = id - PROBES_AT;
      let interval = service_policy(service, P_HEALTH_INTERVAL);
      // Probes of different services are out of step.
      if (interval != 0u) {
        schedule_id = id;
        schedule_time = mulhi(drawn.y, interval);
      }
    }
  }
  subject += 1u;
  if (CLOCK_REQUEST + subject == PROBES_AT + SERVICES) { op = OP_NEXT; }
}
