#include "episode.hpp"

namespace sim {

void Episode::run(const EpisodeInput& input, u32* report) {
  policy_ = {policies_ + input.policy_at};
  key_ = input.key;
  fault_ = model_.fault(input.fault_at);
  report_.begin(report);
  begin();
  u32 events = 0;
  while (!events_.empty() && events_.top().time() < layout::EPISODE_END) {
    const Event event = events_.top();
    events_.pop();
    events++;
    now_ = event.time();
    dispatch(event);
  }
  report_.add(layout::REPORT_EVENTS, events);
  finish();
}

void Episode::schedule(u32 time, EventKind kind, u32 subject) {
  if (!events_.push(time, kind, subject)) report_.mark_overflow(layout::OVERFLOW_EVENTS);
}

void Episode::begin() {
  now_ = 0;
  requests_ = extra_requests_ = 0;
  fault_on_ = false;
  events_.clear();
  pool_.clear();
  timers_.clear();
  proxies_.fill({});
  hosts_.fill({});
  replicas_.fill({});
  unready_.fill(0);
  schedule(quantile(layout::ARRIVAL_TABLE, draw(NONE, 0xffff, 0, Purpose::Arrival).x), EventKind::Request, 0);
  if (fault_) {
    if (uses::extra_traffic && fault_->gaps != NONE) {
      const u32 gap = quantile(fault_->gaps, draw(NONE - 1, 0xffff, 0, Purpose::Arrival).x);
      schedule(layout::FAULT_START + 1 + gap, EventKind::Request, 1);
    }
    schedule(layout::FAULT_START, EventKind::FaultBegins, 0);
    schedule(layout::FAULT_START + fault_->length, EventKind::FaultEnds, 0);
  }
  if constexpr (uses::ejection) {
    for (u32 edge = 0; edge < layout::EDGES; edge++) {
      const auto policy = policy_.edge(edge);
      if ((policy[layout::P_EJECT_CONSECUTIVE] | policy[layout::P_EJECT_SUCCESS_RATE]) == 0) continue;
      schedule(policy[layout::P_EJECT_INTERVAL], EventKind::Sweep, edge);
    }
  }
  if constexpr (uses::health) {
    for (u32 service = 0; service < layout::SERVICES; service++) {
      const u32 interval = policy_.service(service)[layout::P_HEALTH_INTERVAL];
      if (interval == 0) continue;
      schedule(mulhi(draw(service, 0, 0, Purpose::Episode).y, interval), EventKind::Probe, service);
    }
  }
}

void Episode::dispatch(const Event& event) {
  const u16 index = static_cast<u16>(event.subject);
  switch (event.kind) {
    case EventKind::Arrive: return lost_on_link(index) ? resend(index, EventKind::Arrive) : arrive(index);
    case EventKind::Served: return work_done(index);
    case EventKind::Reply: return lost_on_link(index) ? resend(index, EventKind::Reply) : reply_arrives(index);
    case EventKind::Retry: return send_attempt(index, Primary);
    case EventKind::Timer: return timer_expires(event.subject);
    case EventKind::Request: return request_arrives(event.subject == 1);
    case EventKind::FaultBegins: return fault_begins();
    case EventKind::FaultEnds: return fault_ends();
    case EventKind::Sweep: return sweep(event.subject);
    case EventKind::Probe: return probe(event.subject);
  }
}

void Episode::finish() {
  now_ = layout::EPISODE_END;
  report_.change_in_system(now_, 0);
  for (u32 i = 0; i < pool_.used(); i++) {
    const Record& record = pool_[i];
    if (record.state != State::Call || record.parent != NIL) continue;
    report_.count(record.window, layout::COUNT_UNFINISHED);
    report_.add(layout::REPORT_SOJOURN, now_ - record.call.start);
  }
  report_.add(layout::REPORT_PEAK, pool_.used());
}

}  // namespace sim
