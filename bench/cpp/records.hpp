// What is in flight: calls as their callers' proxies see them, and frames, one attempt each as its server sees it.
#pragma once
#include <array>
#include <utility>

#include "model.hpp"

namespace sim {

constexpr u8 NO_REPLICA = 63;

enum class State : u8 { Free, Arriving, Queued, Working, Waiting, Replying, Dead, Call };
enum class Outcome : u8 { Ok, Failed, TimedOut, CallTimedOut, Cancelled };
enum Which : u8 { Primary, Hedge };
enum TimerKind : u8 { WholeTimer, TryTimer, HedgeTimer };
constexpr u8 NO_TIMER = 0;

struct Links {
  u16 previous, next;
};

struct Attempt {
  u16 frame;  // NIL: given up for lost, or answered
  u8 replica;

  bool under_way() const { return replica != NO_REPLICA; }
};
constexpr Attempt NO_ATTEMPT{NIL, NO_REPLICA};

struct Call {
  u32 start;
  u32 sent;
  u32 try_deadline;
  Links whole_links, try_links;
  Attempt attempts[2];
  u32 tried;  // set of replicas
  u8 proxy;
  u8 sends;
  u8 retries;
  u8 timer;  // TryTimer, HedgeTimer or NO_TIMER
  bool has_whole_timer, probe, retrying;
};

struct Frame {
  u32 half_delay;
  u32 self;
  u32 own_tail;  // the request's own quantile, as a tail probability in 2^-32
  u32 pending;
  u16 replica;
  u16 next_child;
  u16 next_in_queue;
  u8 resends;  // of the message under way, the request or the reply
  bool error, holds_worker, hedge;
};

struct Record {
  u32 request;
  u16 node;
  u16 parent;  // of a call the frame that made it (NIL: a client), of a frame the call it serves (NIL: nobody listens)
  u16 salt;
  State state;
  u8 window;
  union {
    Call call;
    Frame frame;
    u32 next_free;
  };

  Record() : state(State::Free), next_free(NIL) {}
};

template <u32 capacity>
class Pool {
 public:
  void clear() {
    free_ = NIL;
    used_ = 0;
  }
  // NIL where the pool is exhausted. The record released last is taken first.
  u16 allocate() {
    if (free_ != NIL) return static_cast<u16>(std::exchange(free_, records_[free_].next_free));
    return used_ < capacity ? static_cast<u16>(used_++) : NIL;
  }
  void release(u16 index) {
    records_[index].state = State::Free;
    records_[index].next_free = free_;
    free_ = index;
  }
  Record& operator[](u32 index) { return records_[index]; }
  // Most records that were in use at once; those beyond were never touched.
  u32 used() const { return used_; }

 private:
  std::array<Record, capacity> records_;
  u32 free_ = NIL;
  u32 used_ = 0;
};

}  // namespace sim
