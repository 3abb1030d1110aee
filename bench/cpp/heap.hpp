// Pending events, earliest first, those of one instant in the order they were scheduled.
#pragma once
#include <array>

#include "random.hpp"

namespace sim {

enum class EventKind : u32 { Arrive, Served, Reply, Retry, Timer, Request, FaultBegins, FaultEnds, Sweep, Probe };

struct Event {
  u64 order;  // time, then sequence
  EventKind kind;
  u32 subject;

  u32 time() const { return static_cast<u32>(order >> 32); }
};

// A binary heap. Most events schedule one other, so a popped root is left open and the next push sifts down from there.
template <u32 capacity>
class EventHeap {
 public:
  void clear() {
    size_ = 0;
    sequence_ = 0;
    open_root_ = false;
  }

  // False where there is no room.
  bool push(u32 time, EventKind kind, u32 subject) {
    const Event event{(u64{time} << 32) | ++sequence_, kind, subject};
    if (open_root_) {
      open_root_ = false;
      sift_down(event);
      return true;
    }
    if (size_ == capacity) return false;
    u32 at = size_++;
    while (at > 0 && event.order < events_[(at - 1) / 2].order) {
      events_[at] = events_[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    events_[at] = event;
    return true;
  }

  // The earliest event stays at the root until the next push or pop.
  bool empty() {
    close();
    return size_ == 0;
  }
  const Event& top() const { return events_[0]; }
  void pop() { open_root_ = true; }

 private:
  void close() {
    if (!open_root_) return;
    open_root_ = false;
    if (--size_ > 0) sift_down(events_[size_]);
  }

  void sift_down(Event event) {
    u32 at = 0;
    for (;;) {
      u32 child = 2 * at + 1;
      if (child >= size_) break;
      if (child + 1 < size_) child += events_[child + 1].order < events_[child].order;
      if (event.order <= events_[child].order) break;
      events_[at] = events_[child];
      at = child;
    }
    events_[at] = event;
  }

  std::array<Event, capacity> events_;
  u32 size_ = 0;
  u32 sequence_ = 0;
  bool open_root_ = false;
};

}  // namespace sim
