// The caller's side: calls, attempts, retries, time-outs.
#include <tuple>

#include "episode.hpp"

namespace sim {

u16 Episode::open_call(u32 request, u32 node, u16 parent, u8 window, u16 salt, u32 proxy) {
  const u16 index = pool_.allocate();
  if (index == NIL) {
    report_.mark_overflow(layout::OVERFLOW_RECORDS);
    return NIL;
  }
  Record& record = pool_[index];
  record.request = request;
  record.node = static_cast<u16>(node);
  record.parent = parent;
  record.salt = salt;
  record.state = State::Call;
  record.window = window;
  record.call = {};
  record.call.attempts[Primary] = record.call.attempts[Hedge] = NO_ATTEMPT;
  record.call.proxy = static_cast<u8>(proxy);
  return index;
}

void Episode::link_timer(u32 list, u16 index) {
  const u32 whole = policy_.edge(model_.node(pool_[index].node).edge)[layout::P_TIMEOUT];
  const u32 alarm = timers_.link(list, index, now_, whole);
  if (alarm != NONE) schedule(alarm, EventKind::Timer, list);
}

void Episode::begin_call(u16 index) {
  Record& record = pool_[index];
  record.call.start = now_;
  report_.count(record.window, layout::COUNT_CALLS);
  const u32 edge = model_.node(record.node).edge;
  if (policy_.edge(edge)[layout::P_TIMEOUT]) {
    record.call.has_whole_timer = true;
    link_timer(WholeTimer * layout::EDGES + edge, index);
  }
  send_attempt(index, Primary);
}

// Those that the proxy has not ejected and that answer their probes; all of them when too few are left.
u32 Episode::available(const u32* policy, const Proxy& proxy, u32 service, u32 replicas) const {
  const u32 all = ~0u >> (32 - replicas);
  u32 usable = all;
  if constexpr (uses::ejection) usable &= ~proxy.ejected;
  if constexpr (uses::health) usable &= ~unready_[service];
  const bool panic = static_cast<u32>(__builtin_popcount(usable)) * 100 < policy[layout::P_PANIC_THRESHOLD] * replicas;
  return panic ? all : usable;
}

void Episode::send_attempt(u16 index, Which which) {
  Record& record = pool_[index];
  Call& call = record.call;
  const Node& node = model_.node(record.node);
  const u32* policy = policy_.edge(node.edge);
  Proxy& proxy = this->proxy(node.edge, call.proxy);
  Host* hosts = this->hosts(node.edge, call.proxy);
  const u32 replicas = replicas_of(node.service);
  const u32 usable = available(policy, proxy, node.service, replicas);

  bool rejected = usable == 0 || proxy.active >= policy[layout::P_MAX_REQUESTS];
  if (uses::retries && record.parent != NIL && pool_[record.parent].state == State::Dead) rejected = true;
  bool probe = false;
  if (uses::breaker && !rejected) {
    const auto passage = proxy.breaker.pass(now_);
    rejected = passage == Breaker::Passage::Closed;
    probe = passage == Breaker::Passage::Probe;
  }
  if (rejected) {
    // A hedge turned away leaves the first attempt alone.
    if (which == Hedge) start_try_timer(index, false);
    else end_call(index, false);
    return;
  }

  const u32 salt = (record.salt * 11u + call.sends) & 0x3ff;
  const Draw drawn = draw(record.request, record.node, salt, Purpose::Try);
  u32 self_tail = drawn.x;
  u32 delay_tail = drawn.y;
  u32 own_tail = 0;
  if constexpr (uses::slowness) {
    // The request's own quantile; frames hand it down.
    own_tail = record.parent == NIL ? draw(record.request, 0, 0, Purpose::Slowness).x : pool_[record.parent].frame.own_tail;
    const u32 coins = stir(drawn.x);
    if ((coins & 0xffff) < layout::SHARED_SLOWNESS) self_tail = own_tail;
    if ((coins >> 16) < layout::SHARED_SLOWNESS) delay_tail = own_tail;
  }
  u32 avoid = which == Hedge ? 1u << call.attempts[Primary].replica : 0;
  if (policy[layout::P_RETRY_OTHER_HOST]) {
    const u32 untried = usable & ~(avoid | call.tried);
    if (untried) avoid = ~untried;
  }
  const u32 replica = proxy.balance(policy, hosts, usable, avoid, stir(drawn.y));
  call.tried |= 1u << replica;
  proxy.active++;
  hosts[replica].active++;
  report_.count(record.window, layout::COUNT_ATTEMPTS);

  const u32 delay = quantile(node.delay, delay_tail) + added_delay(node.edge);
  const u16 frame = pool_.allocate();
  if (frame == NIL) {
    report_.mark_overflow(layout::OVERFLOW_RECORDS);
  } else {
    Record& sent = pool_[frame];
    sent.request = record.request;
    sent.node = record.node;
    sent.parent = index;
    sent.salt = static_cast<u16>(salt);
    sent.state = State::Arriving;
    sent.window = record.window;
    sent.frame = {};
    sent.frame.half_delay = delay - delay / 2;
    sent.frame.self = quantile(node.self, self_tail);
    sent.frame.own_tail = own_tail;
    sent.frame.replica = static_cast<u16>(model_.service(node.service).replicas + replica);
    sent.frame.hedge = which == Hedge;
    schedule(now_ + delay / 2, EventKind::Arrive, frame);
  }
  call.sends++;
  call.probe |= probe;
  call.attempts[which] = {frame, static_cast<u8>(replica)};
  if (which == Primary) call.sent = now_;
  start_try_timer(index, which == Primary);
}

// A hedge first where there is one, then the try's own time-out; none where the whole call's runs out before.
void Episode::start_try_timer(u16 index, bool may_hedge) {
  Record& record = pool_[index];
  Call& call = record.call;
  const u32 edge = model_.node(record.node).edge;
  const u32* policy = policy_.edge(edge);
  const u32 bound = proxy(edge, call.proxy).try_timeout(policy);
  u32 due = bound ? call.sent + bound : NONE;
  const u32 whole = policy[layout::P_TIMEOUT];
  if (whole && due >= call.start + whole) due = NONE;
  call.timer = TryTimer;
  if constexpr (uses::hedging) {
    const u32 hedge_delay = policy[layout::P_HEDGE_DELAY];
    if (may_hedge && hedge_delay && call.sent + hedge_delay < due) {
      due = call.sent + hedge_delay;
      call.timer = HedgeTimer;
    }
  }
  if (due == NONE) {
    call.timer = NO_TIMER;
    return;
  }
  call.try_deadline = due;
  link_timer(call.timer * layout::EDGES + edge, index);
}

void Episode::attempt_ends(u16 index, Which which, Outcome outcome) {
  Record& record = pool_[index];
  Call& call = record.call;
  const Attempt attempt = std::exchange(call.attempts[which], NO_ATTEMPT);
  // The server works on, but nobody listens any more.
  if (attempt.frame != NIL) pool_[attempt.frame].parent = NIL;
  const bool good = outcome == Outcome::Ok || outcome == Outcome::Cancelled;
  tell_proxy(record, which, attempt.replica, outcome);
  if constexpr (uses::hedging) {
    const Which other = which == Primary ? Hedge : Primary;
    if (call.attempts[other].under_way()) {
      // An error leaves the other attempt its chance; all else ends both.
      if (outcome == Outcome::Failed) return;
      return attempt_ends(index, other, outcome == Outcome::Ok ? Outcome::Cancelled : outcome);
    }
  }
  if (call.timer != NO_TIMER) {
    timers_.unlink(call.timer * layout::EDGES + model_.node(record.node).edge, index);
    call.timer = NO_TIMER;
  }
  if constexpr (uses::retries) {
    if ((outcome == Outcome::Failed || outcome == Outcome::TimedOut) && retry(index)) return;
  }
  end_call(index, good);
}

void Episode::tell_proxy(Record& record, Which which, u32 replica, Outcome outcome) {
  Call& call = record.call;
  const Node& node = model_.node(record.node);
  const u32* policy = policy_.edge(node.edge);
  Proxy& proxy = this->proxy(node.edge, call.proxy);
  Host& host = hosts(node.edge, call.proxy)[replica];
  proxy.active--;
  host.active--;
  if (outcome == Outcome::Cancelled) return;
  const bool failed = outcome != Outcome::Ok;
  if constexpr (uses::ejection) proxy.tell_detector(policy, now_, host, replica, replicas_of(node.service), failed);
  if constexpr (uses::breaker) proxy.breaker.tell(policy, now_, failed, std::exchange(call.probe, false));
  if constexpr (uses::adaptive) {
    // A reply names its attempt, so Karn's doubt never arises; of hedges the instant of sending is not kept.
    if (!failed && which == Primary) proxy.round_trip.sample(now_ - call.sent);
    if (outcome == Outcome::TimedOut) proxy.round_trip.timed_out(now_, call.sent);
  }
}

// Full jitter is uniform in [0, min(base 2^(n-1), max)), equal jitter in the upper half.
static u32 backoff(const u32* policy, u32 retry, u32 bits) {
  const u32 base = policy[layout::P_BACKOFF_BASE];
  const u32 maximum = policy[layout::P_BACKOFF_MAX];
  const u32 bound = base >= (maximum >> (retry - 1)) ? maximum : base << (retry - 1);
  const u32 jitter = policy[layout::P_JITTER];
  if (jitter == 0) return bound;
  const u32 spread = jitter == 2 ? bound : bound - bound / 2;
  const u32 part = static_cast<u32>((u64{spread} * (bits >> 16)) >> 16);
  return bound - spread + std::min(part, spread - 1);
}

// Whether count and budget allow another try; a wait past the whole time-out ends with it.
bool Episode::retry(u16 index) {
  Record& record = pool_[index];
  Call& call = record.call;
  const u32 edge = model_.node(record.node).edge;
  const u32* policy = policy_.edge(edge);
  Proxy& proxy = this->proxy(edge, call.proxy);
  if (std::exchange(call.retrying, false)) proxy.retrying--;
  const u32 budget = policy[layout::P_RETRY_BUDGET];
  const u32 share = std::max(policy[layout::P_RETRY_BUDGET_MIN], proxy.active * budget / 100);
  const u32 allowed = budget ? share : policy[layout::P_MAX_RETRIES];
  if (call.retries >= policy[layout::P_RETRIES] || proxy.retrying >= allowed) return false;
  const u32 salt = (record.salt * 11u + call.retries) & 0x3ff;
  call.retries++;
  const u32 wait = backoff(policy, call.retries, draw(record.request, record.node, salt, Purpose::Backoff).x);
  call.retrying = true;
  proxy.retrying++;
  const u32 whole = policy[layout::P_TIMEOUT];
  if (whole == 0 || now_ + wait < call.start + whole) schedule(now_ + wait, EventKind::Retry, index);
  return true;
}

void Episode::end_call(u16 index, bool ok) {
  Record& record = pool_[index];
  Call& call = record.call;
  const Node& node = model_.node(record.node);
  report_.add(layout::REPORT_CALLS_DONE);
  if (call.has_whole_timer) timers_.unlink(WholeTimer * layout::EDGES + node.edge, index);
  if (call.retrying) proxy(node.edge, call.proxy).retrying--;
  const u16 parent = record.parent;
  if (parent == NIL) {
    report_.end_request(now_, call.start, record.window, model_.request_class(record.node).objective, ok);
    return pool_.release(index);
  }
  Record& caller = pool_[parent];
  const bool dead = caller.state == State::Dead;
  if (!ok && !dead) caller.frame.error = true;
  if (node.repeat != NIL && !dead && !caller.frame.error) {
    const auto [request, window, proxy] = std::tuple{record.request, record.window, call.proxy};
    pool_.release(index);
    const u16 again = open_call(request, node.repeat, parent, window, caller.salt, proxy);
    return begin_call(again);
  }
  pool_.release(index);
  if (--caller.frame.pending > 0) return;
  if (dead) pool_.release(parent);
  else next_step(parent);
}

void Episode::timer_expires(u32 list) {
  const auto kind = static_cast<TimerKind>(list / layout::EDGES);
  const auto [index, next_alarm] = timers_.expire(list, now_, policy_.edge(list % layout::EDGES)[layout::P_TIMEOUT]);
  if (next_alarm != NONE) schedule(next_alarm, EventKind::Timer, list);
  if (index == NIL) return;
  Call& call = pool_[index].call;
  const bool primary = call.attempts[Primary].under_way();
  if (kind == WholeTimer) {
    call.has_whole_timer = false;
    // In back-off no attempt is under way.
    if (primary || call.attempts[Hedge].under_way()) return attempt_ends(index, primary ? Primary : Hedge, Outcome::CallTimedOut);
    return end_call(index, false);
  }
  call.timer = NO_TIMER;
  if (kind == HedgeTimer) return send_attempt(index, Hedge);
  attempt_ends(index, primary ? Primary : Hedge, Outcome::TimedOut);
}

}  // namespace sim
