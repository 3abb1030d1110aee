// Time-outs and hedges, kept out of the heap: a list for each edge and kind in order of expiry. A reply unlinks its
// call; only the head of a list has an event.
#pragma once
#include <algorithm>

#include "records.hpp"

namespace sim {

struct TimerList {
  u16 head = NIL, tail = NIL;
  u32 alarm = NONE;  // the instant of its event
};

class Timers {
 public:
  explicit Timers(Pool<layout::RECORDS>& pool) : pool_(pool) {}

  void clear() { lists_.fill({}); }

  // Inserts from the tail, where constant time-outs belong. Returns when to wake the list, at once for what is overdue
  // already, NONE: it will be awake before.
  u32 link(u32 list, u16 index, u32 now, u32 whole_timeout) {
    TimerList& ends = lists_[list];
    const bool whole = list < layout::EDGES;
    const u32 due = order(whole, index);
    u16 previous = ends.tail;
    u16 next = NIL;
    while (previous != NIL && order(whole, previous) > due) {
      next = previous;
      previous = links(whole, previous).previous;
    }
    links(whole, index) = {previous, next};
    (previous == NIL ? ends.head : links(whole, previous).next) = index;
    (next == NIL ? ends.tail : links(whole, next).previous) = index;
    if (ends.head != index) return NONE;
    const u32 expires = std::max(now, deadline(list, index, whole_timeout));
    return expires < ends.alarm ? ends.alarm = expires : NONE;
  }

  void unlink(u32 list, u16 index) {
    TimerList& ends = lists_[list];
    const bool whole = list < layout::EDGES;
    const auto [previous, next] = links(whole, index);
    (previous == NIL ? ends.head : links(whole, previous).next) = next;
    (next == NIL ? ends.tail : links(whole, next).previous) = previous;
  }

  struct Expiry {
    u16 call;  // NIL: the event was stale
    u32 next_alarm;
  };

  Expiry expire(u32 list, u32 now, u32 whole_timeout) {
    TimerList& ends = lists_[list];
    if (ends.alarm != now) return {NIL, NONE};
    ends.alarm = NONE;
    u16 expired = NIL;
    if (ends.head != NIL && deadline(list, ends.head, whole_timeout) <= now) {
      expired = ends.head;
      unlink(list, expired);
    }
    if (ends.head != NIL) ends.alarm = std::max(now, deadline(list, ends.head, whole_timeout));
    return {expired, ends.alarm};
  }

 private:
  Links& links(bool whole, u16 index) {
    Call& call = pool_[index].call;
    return whole ? call.whole_links : call.try_links;
  }
  u32 order(bool whole, u16 index) {
    const Call& call = pool_[index].call;
    return whole ? call.start : call.try_deadline;
  }
  u32 deadline(u32 list, u16 index, u32 whole_timeout) {
    return list < layout::EDGES ? pool_[index].call.start + whole_timeout : pool_[index].call.try_deadline;
  }

  Pool<layout::RECORDS>& pool_;
  std::array<TimerList, 3 * layout::EDGES> lists_;
};

}  // namespace sim
