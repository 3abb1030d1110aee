// The server's side: queue, workers, the steps of an operation, the reply.
#include "episode.hpp"

namespace sim {

bool Episode::refuses(const Replica& replica, u32 service) const {
  if (replica.marks & Crashed) return true;
  return replica.queued >= policy_.service(service)[layout::P_QUEUE_LIMIT] && replica.busy >= model_.service(service).workers;
}

// A token bucket one second deep, as the instant at which it would be full again.
bool Episode::over_rate(Replica& replica, u32 service) const {
  const u32 rate = policy_.service(service)[layout::P_RATE_LIMIT];
  if (rate == 0) return false;
  const u32 full = std::max(replica.bucket_full_at, now_) + 1000000 / rate;
  if (full > now_ + 1000000) return true;
  replica.bucket_full_at = full;
  return false;
}

void Episode::arrive(u16 index) {
  Record& record = pool_[index];
  const u32 service = model_.node(record.node).service;
  Replica& replica = replicas_[record.frame.replica];
  if (replica.marks & CutOff) return resend(index, EventKind::Arrive);
  // A zone that was lost comes back with machines that know no older connection.
  const bool reset = record.frame.resends && fault_->kind == layout::KIND_ZONE;
  if (reset || refuses(replica, service) || (uses::rate_limit && over_rate(replica, service))) {
    record.frame.error = true;
    return send_reply(index);
  }
  if (replica.busy < model_.service(service).workers) {
    replica.busy++;
    return start_work(index);
  }
  record.state = State::Queued;
  record.frame.next_in_queue = NIL;
  (replica.head == NIL ? replica.head : pool_[replica.tail].frame.next_in_queue) = index;
  replica.tail = index;
  replica.queued++;
}

void Episode::start_work(u16 index) {
  Record& record = pool_[index];
  record.state = State::Working;
  u32 work = record.frame.self;
  if (uses::slow_replica && (replicas_[record.frame.replica].marks & Slow))
    work = work * fault_->factor + mulhi(work, fault_->fraction);
  schedule(now_ + work, EventKind::Served, index);
}

void Episode::work_done(u16 index) {
  Record& record = pool_[index];
  if (record.state == State::Dead) return pool_.release(index);
  const Node& node = model_.node(record.node);
  record.state = State::Waiting;
  record.frame.holds_worker = true;
  record.frame.next_child = static_cast<u16>(node.first);
  if (uses::error_replies && (replicas_[record.frame.replica].marks & Errs))
    record.frame.error |= draw(record.request, record.node, record.salt, Purpose::Error).x < fault_->chance;
  if (!node.holds_worker) release_worker(index);
  next_step(index);
}

// Gives the worker to the next in the queue.
void Episode::release_worker(u16 index) {
  Frame& frame = pool_[index].frame;
  frame.holds_worker = false;
  Replica& replica = replicas_[frame.replica];
  const u16 next = replica.head;
  if (next == NIL) {
    replica.busy--;
    return;
  }
  replica.head = pool_[next].frame.next_in_queue;
  if (replica.head == NIL) replica.tail = NIL;
  replica.queued--;
  start_work(next);
}

// Makes the calls of the next step that makes any; replies where none is left or something failed.
void Episode::next_step(u16 index) {
  Record& record = pool_[index];
  const u32 end = model_.node(record.node).end;
  while (!record.frame.error && record.frame.next_child != end) {
    if (!issue_step(index)) return;
  }
  if (record.frame.holds_worker) release_worker(index);
  send_reply(index);
}

// Whether the step is over already.
bool Episode::issue_step(u16 index) {
  Record& record = pool_[index];
  Frame& frame = record.frame;
  const Node& self = model_.node(record.node);
  const u32 step = model_.node(frame.next_child).step;
  // The caller's sidecar: one of its service's proxies by its own number.
  const u32 proxy = (frame.replica - model_.service(self.service).replicas) % layout::PROXIES;
  // One more than the calls until all are made: a call that fails at once must not end the step.
  frame.pending = 1;
  while (frame.next_child != self.end && model_.node(frame.next_child).step == step) {
    const u32 child = frame.next_child++;
    const u32 chance = model_.node(child).chance;
    if (chance != NONE && draw(record.request, child, record.salt, Purpose::Chance).x >= chance) continue;
    const u16 call = open_call(record.request, child, index, record.window, record.salt, proxy);
    if (call == NIL) {
      frame.error = true;
      continue;
    }
    frame.pending++;
    begin_call(call);
  }
  return --frame.pending == 0;
}

// As Linux's TCP: again after 200 ms, then after twice as long each time, up to 120 s and fifteen times; never where the
// caller has given up.
void Episode::resend(u16 index, EventKind arrival) {
  Record& record = pool_[index];
  Frame& frame = record.frame;
  if (record.parent != NIL && frame.resends < 15) {
    const u64 wait_us = std::min(u64{200000} << frame.resends, u64{120000000});
    frame.resends++;
    return schedule(now_ + static_cast<u32>(wait_us), arrival, index);
  }
  if (record.parent != NIL) pool_[record.parent].call.attempts[frame.hedge ? Hedge : Primary].frame = NIL;
  pool_.release(index);
}

void Episode::send_reply(u16 index) {
  Record& record = pool_[index];
  if (record.parent == NIL) return pool_.release(index);
  record.frame.resends = 0;
  record.state = State::Replying;
  schedule(now_ + record.frame.half_delay, EventKind::Reply, index);
}

void Episode::reply_arrives(u16 index) {
  const u16 call = pool_[index].parent;
  const Which which = pool_[index].frame.hedge ? Hedge : Primary;
  const Outcome outcome = pool_[index].frame.error ? Outcome::Failed : Outcome::Ok;
  pool_.release(index);
  if (call == NIL) return;
  pool_[call].call.attempts[which].frame = NIL;
  attempt_ends(call, which, outcome);
}

}  // namespace sim
