// One policy through one episode. A second implementation of shaders/simulator, for its speed and as a check on it.
#pragma once
#include <array>

#include "heap.hpp"
#include "proxy.hpp"
#include "records.hpp"
#include "report.hpp"
#include "timers.hpp"

namespace sim {

struct EpisodeInput {
  u32 policy_at;
  Draw key;
  u32 fault_at;
};

class Episode {
 public:
  Episode(Model model, const u32* policies) : model_(model), policies_(policies), timers_(pool_) {}

  // Runs to the end and leaves layout::REPORT_WORDS words.
  void run(const EpisodeInput& input, u32* report);

 private:
  // A server process.
  struct Replica {
    u32 busy, queued;
    u16 head = NIL, tail = NIL;  // queue
    u8 marks;
    u32 probes_against;  // probes in a row that contradict the list
    u32 bucket_full_at;  // rate limit
  };
  enum Mark : u8 { Crashed = 1, CutOff = 2, Slow = 4, Errs = 8 };

  // lifecycle (episode.cpp)
  void begin();
  void dispatch(const Event& event);
  void finish();
  void schedule(u32 time, EventKind kind, u32 subject);

  // traffic (traffic.cpp)
  void request_arrives(bool extra);
  void fault_begins();
  void fault_ends();
  u8 mark_of_fault() const;
  void mark_replicas(u8 mark, bool on);
  void kill_frames(u8 mark);
  void kill_frame(u16 index, u8 mark);
  u32 added_delay(u32 edge) const;
  bool lost_on_link(u16 index);
  bool hits_edge(u32 edge, u32 kind) const;

  // the caller's side (client.cpp)
  u16 open_call(u32 request, u32 node, u16 parent, u8 window, u16 salt, u32 proxy);
  void begin_call(u16 index);
  void send_attempt(u16 index, Which which);
  void start_try_timer(u16 index, bool may_hedge);
  void attempt_ends(u16 index, Which which, Outcome outcome);
  void tell_proxy(Record& record, Which which, u32 replica, Outcome outcome);
  bool retry(u16 index);
  void end_call(u16 index, bool ok);
  void timer_expires(u32 list);
  void link_timer(u32 list, u16 index);
  u32 available(const u32* policy, const Proxy& proxy, u32 service, u32 replicas) const;

  // the server's side (server.cpp)
  void arrive(u16 index);
  void work_done(u16 index);
  void start_work(u16 index);
  void release_worker(u16 index);
  void next_step(u16 index);
  bool issue_step(u16 index);
  void send_reply(u16 index);
  void reply_arrives(u16 index);
  void resend(u16 index, EventKind arrival);
  bool refuses(const Replica& replica, u32 service) const;
  bool over_rate(Replica& replica, u32 service) const;

  // what recurs (sweep.cpp)
  void sweep(u32 edge);
  void end_ejections(const u32* policy, Proxy& proxy, Host* hosts, u32 replicas);
  void eject_outliers(const u32* policy, Proxy& proxy, Host* hosts, u32 replicas);
  void probe(u32 service);

  Draw draw(u32 request, u32 node, u32 salt, Purpose purpose) const {
    return threefry2x32(key_, {request, (node << 16) | (salt << 5) | static_cast<u32>(purpose)});
  }
  u32 quantile(u32 table, u32 tail) const { return sim::quantile(model_.words, table, tail); }
  Proxy& proxy(u32 edge, u32 proxy) { return proxies_[edge * layout::PROXIES + proxy]; }
  Host* hosts(u32 edge, u32 proxy) {
    const EdgeRow& row = model_.edge(edge);
    return &hosts_[row.hosts + proxy * row.replicas];
  }
  u32 replicas_of(u32 service) const { return policy_.service(service)[layout::P_REPLICAS]; }

  Model model_;
  const u32* policies_;
  Policy policy_{};
  Draw key_{};
  const FaultRow* fault_ = nullptr;
  bool fault_on_ = false;
  u32 now_ = 0;
  u32 requests_ = 0, extra_requests_ = 0;
  Report report_;
  EventHeap<layout::HEAP_CAPACITY> events_;
  Pool<layout::RECORDS> pool_;
  Timers timers_;
  std::array<Proxy, layout::EDGES * layout::PROXIES> proxies_;
  std::array<Host, layout::HOSTS> hosts_;
  std::array<Replica, layout::REPLICAS> replicas_;
  std::array<u32, layout::SERVICES> unready_;  // sets of replicas that fail their probes
};

}  // namespace sim
