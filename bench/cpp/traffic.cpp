// What comes from outside: requests and faults.
#include "episode.hpp"

namespace sim {

void Episode::request_arrives(bool extra) {
  if (extra && !fault_on_) return;
  u32& counter = extra ? extra_requests_ : requests_;
  const u32 request = counter++ | (u32{extra} << 31);
  const Draw drawn = draw(request, 0xffff, 0, Purpose::Arrival);
  const u32 gaps = extra ? fault_->gaps : layout::ARRIVAL_TABLE;
  schedule(now_ + quantile(gaps, drawn.x), EventKind::Request, extra);
  u32 request_class = 0;
  while (drawn.y > model_.request_class(request_class).share) request_class++;
  const bool attack = extra && fault_->request_class != NONE;
  if (attack) request_class = fault_->request_class;
  u8 window = static_cast<u8>(Report::window_at(now_));
  report_.count(window, attack ? layout::COUNT_ATTACKS : layout::COUNT_OFFERED);
  // Attackers' requests are counted once and then run outside every window.
  if (attack) window = 0;
  if (window == 4) report_.offer_in_recovery(now_);
  report_.change_in_system(now_, 1);
  const u16 call = open_call(request, request_class, NIL, window, 0, below(stir(drawn.y), layout::PROXIES));
  if (call == NIL) return report_.end_request(now_, now_, window, model_.request_class(request_class).objective, false);
  begin_call(call);
}

void Episode::fault_begins() {
  fault_on_ = true;
  const u8 mark = mark_of_fault();
  if (mark) mark_replicas(mark, true);
  if (mark == Crashed || mark == CutOff) kill_frames(mark);
}

void Episode::fault_ends() {
  fault_on_ = false;
  const u8 mark = mark_of_fault();
  if (mark) mark_replicas(mark, false);
}

u8 Episode::mark_of_fault() const {
  switch (fault_->kind) {
    case layout::KIND_CRASH: return Crashed;
    case layout::KIND_ZONE: return CutOff;
    case layout::KIND_SLOW: return Slow;
    case layout::KIND_ERRORS: return Errs;
    default: return 0;
  }
}

// For a zone all replicas in it, else a share of the service's, from a drawn one on.
void Episode::mark_replicas(u8 mark, bool on) {
  const bool by_zone = fault_->kind == layout::KIND_ZONE;
  const u32 drawn = draw(0, 0, 0, Purpose::Episode).x;
  const u32 zone = fault_->zone == NONE ? below(drawn, layout::ZONES) : fault_->zone;
  for (u32 service = 0; service < layout::SERVICES; service++) {
    if (!by_zone && service != fault_->service) continue;
    const u32 count = replicas_of(service);
    const bool spread = policy_.service(service)[layout::P_ZONE_SPREAD] != 0;
    const u32 share = std::max((fault_->share * count + 0x8000) >> 16, 1u);
    const u32 hit = fault_->kind == layout::KIND_CRASH ? 1 : share;
    const u32 first = below(drawn, count);
    for (u32 i = 0; i < count; i++) {
      const bool affected = by_zone ? (spread ? i % layout::ZONES : 0) == zone : (i + count - first) % count < hit;
      if (!affected) continue;
      Replica& replica = replicas_[model_.service(service).replicas + i];
      replica.marks = static_cast<u8>(on ? replica.marks | mark : replica.marks & ~mark);
      if (on && (mark & (Crashed | CutOff))) {
        replica.head = replica.tail = NIL;
        replica.busy = replica.queued = 0;
      }
    }
  }
}

void Episode::kill_frames(u8 mark) {
  for (u32 i = 0; i < pool_.used(); i++) kill_frame(static_cast<u16>(i), mark);
}

// A crash resets its connections; a lost zone is silent.
void Episode::kill_frame(u16 index, u8 mark) {
  Record& record = pool_[index];
  if (record.state < State::Queued || record.state > State::Waiting) return;
  if (!(replicas_[record.frame.replica].marks & mark)) return;
  const Which which = record.frame.hedge ? Hedge : Primary;
  const u16 call = std::exchange(record.parent, NIL);
  if (record.state == State::Queued) pool_.release(index);
  else record.state = State::Dead;
  if (call == NIL) return;
  pool_[call].call.attempts[which].frame = NIL;
  if (mark == Crashed) attempt_ends(call, which, Outcome::Failed);
}

bool Episode::hits_edge(u32 edge, u32 kind) const {
  return fault_on_ && fault_->kind == kind && ((fault_->edges[edge / 32] >> (edge % 32)) & 1);
}

u32 Episode::added_delay(u32 edge) const {
  return uses::link_latency && hits_edge(edge, layout::KIND_LATENCY) ? fault_->delay : 0;
}

bool Episode::lost_on_link(u16 index) {
  const Record& record = pool_[index];
  if (!uses::link_loss || !hits_edge(model_.node(record.node).edge, layout::KIND_LOSS)) return false;
  const auto purpose = static_cast<Purpose>(static_cast<u32>(Purpose::Loss) + record.frame.resends);
  const Draw drawn = draw(record.request, record.node, record.salt, purpose);
  return (record.state == State::Replying ? drawn.y : drawn.x) < fault_->chance;
}

}  // namespace sim
