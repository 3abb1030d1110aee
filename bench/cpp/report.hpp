// What an episode leaves behind: counters by window, latencies, the two sides of Little's law.
#pragma once
#include "model.hpp"

namespace sim {

class Report {
 public:
  void begin(u32* words) {
    words_ = words;
    inside_ = 0;
    last_change_ = 0;
  }

  void add(u32 word, u32 amount = 1) { words_[word] += amount; }
  void mark_overflow(u32 bit) { words_[layout::REPORT_OVERFLOW] |= bit; }

  void count(u32 window, u32 counter) {
    if (window != 0) add((window - 1) * layout::COUNTERS + counter);
  }

  void change_in_system(u32 now, int change) {
    add(layout::REPORT_AREA, inside_ * (now - last_change_));
    inside_ += static_cast<u32>(change);
    last_change_ = now;
  }

  static u32 window_at(u32 time) {
    return (time >= layout::WINDOW_1) + (time >= layout::WINDOW_2) + (time >= layout::WINDOW_3) + (time >= layout::WINDOW_4);
  }

  void offer_in_recovery(u32 arrival) { add(recovery_bucket(arrival)); }

  void end_request(u32 now, u32 arrival, u32 window, u32 objective, bool ok) {
    change_in_system(now, -1);
    const u32 latency = now - arrival;
    add(layout::REPORT_SOJOURN, latency);
    if (window == 0) return;
    if (!ok) return count(window, layout::COUNT_FAILED);
    const bool late = latency > objective;
    count(window, late ? layout::COUNT_SLOW : layout::COUNT_GOOD);
    add(layout::LATENCY_AT + (window - 1) * layout::LATENCY_BINS + latency_bin(latency));
    if (!late && window == 4) add(recovery_bucket(arrival) + 1);
  }

 private:
  static u32 recovery_bucket(u32 arrival) {
    return layout::RECOVERY_AT + 2 * ((arrival - layout::WINDOW_4) / layout::RECOVERY_WIDTH);
  }

  // Log-linear: sixteen bins for each doubling.
  static u32 latency_bin(u32 latency) {
    const u32 units = latency >> layout::LATENCY_UNIT_SHIFT;
    if (units < 16) return units;
    const u32 doublings = 27 - static_cast<u32>(__builtin_clz(units));
    const u32 bin = doublings * 16 + (units >> doublings);
    return bin < layout::LATENCY_BINS ? bin : layout::LATENCY_BINS - 1;
  }

  u32* words_ = nullptr;
  u32 inside_ = 0;
  u32 last_change_ = 0;
};

}  // namespace sim
