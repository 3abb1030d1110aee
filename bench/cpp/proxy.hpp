// What one proxy knows of one edge: load, breaker, ejected replicas, round-trip estimate.
#pragma once
#include <algorithm>

#include "model.hpp"

namespace sim {

// An outlier detector's interval counts no more requests of a replica.
constexpr u32 most_counted = 65535;

// A replica as one proxy sees it.
struct Host {
  u32 active;
  u32 consecutive_errors;
  u32 ejections_in_row;
  u32 ejected_at;
  u32 requests, successes;  // since the last sweep
};

struct Breaker {
  u32 failures;
  u32 open_until;  // 0: closed
  bool probing;

  enum class Passage { Closed, Pass, Probe };

  Passage pass(u32 now) {
    if (open_until == 0) return Passage::Pass;
    if (now < open_until || probing) return Passage::Closed;
    probing = true;
    return Passage::Probe;
  }

  void tell(const u32* policy, u32 now, bool failed, bool probe) {
    const u32 threshold = policy[layout::P_BREAKER_FAILURES];
    // What was under way when the circuit opened says nothing about the callee now.
    if (threshold == 0 || (open_until != 0 && !probe)) return;
    if (failed && (probe || failures + 1 >= threshold)) {
      *this = {0, now + policy[layout::P_BREAKER_OPEN], false};
    } else {
      *this = {failed ? failures + 1 : 0, 0, false};
    }
  }
};

// RFC 6298 in integers: eight times the smoothed round trip, four times its variation.
struct RoundTrip {
  u32 smoothed8, variation4, doublings, doubled_at;

  void sample(u32 us) {
    doublings = 0;
    if (smoothed8 == 0) {
      smoothed8 = std::max(us, 1u) << 3;
      variation4 = us << 1;
      return;
    }
    const u32 smoothed = smoothed8 >> 3;
    variation4 += (us > smoothed ? us - smoothed : smoothed - us) - (variation4 >> 2);
    smoothed8 = std::max(smoothed8 - smoothed + us, 1u);
  }

  // What was sent before the last doubling ran by the shorter time-out.
  void timed_out(u32 now, u32 sent) {
    if (sent < doubled_at) return;
    doubled_at = now;
    doublings = std::min(doublings + 1, 16u);
  }

  // The RFC's own bound of 60 s where the policy has none, its 1 s before the first sample.
  u32 timeout(u32 policy_bound, u32 floor) const {
    const u32 bound = policy_bound ? policy_bound : 60000000;
    const u32 measured = smoothed8 ? (smoothed8 >> 3) + std::max(variation4, 1u) : 1000000;
    const u32 estimate = std::max(measured, floor);
    return estimate >= (bound >> doublings) ? bound : estimate << doublings;
  }
};

struct Proxy {
  u32 active;    // attempts in flight
  u32 retrying;  // calls between a failed attempt and the end of the retry
  u32 turn;      // round robin: the next replica, 0 before the first
  u32 ejected;   // set of replicas
  Breaker breaker;
  RoundTrip round_trip;

  void eject(const u32* policy, u32 now, Host& host, u32 replica, u32 replicas) {
    if ((ejected >> replica) & 1) return;
    const u32 after = static_cast<u32>(__builtin_popcount(ejected)) + 1;
    if (100 * after > policy[layout::P_EJECT_MAX_PERCENT] * replicas) return;
    ejected |= 1u << replica;
    host.ejected_at = now;
    host.ejections_in_row++;
  }

  // Counts an answer of a replica; consecutive errors eject it.
  void tell_detector(const u32* policy, u32 now, Host& host, u32 replica, u32 replicas, bool failed) {
    if (host.requests < most_counted) {
      host.requests++;
      host.successes += !failed;
    }
    const u32 threshold = policy[layout::P_EJECT_CONSECUTIVE];
    if (threshold == 0) return;
    if (!failed) {
      host.consecutive_errors = 0;
    } else if (++host.consecutive_errors >= threshold) {
      host.consecutive_errors = 0;
      eject(policy, now, host, replica, replicas);
    }
  }

  // How long an attempt may take; 0: no bound of its own.
  u32 try_timeout(const u32* policy) const {
    const u32 fixed = policy[layout::P_PER_TRY_TIMEOUT];
    if constexpr (uses::adaptive) {
      if (policy[layout::P_ADAPTIVE_TIMEOUT]) {
        return round_trip.timeout(fixed ? fixed : policy[layout::P_TIMEOUT], policy[layout::P_ADAPTIVE_TIMEOUT_FLOOR]);
      }
    }
    return fixed;
  }

  // A replica of a set that is not empty; one of those to avoid only where there is no other.
  u32 balance(const u32* policy, const Host* hosts, u32 usable, u32 avoid, u32 bits) {
    const u32 choices = usable & ~avoid ? usable & ~avoid : usable;
    const u32 kind = policy[layout::P_LOAD_BALANCING];
    const u32 count = static_cast<u32>(__builtin_popcount(choices));
    const u32 first = nth(choices, below(bits, count));
    if (uses::round_robin && kind == 1) {
      const u32 rest = turn > 31 ? 0 : choices & (~0u << turn);
      const u32 next = static_cast<u32>(__builtin_ctz(rest ? rest : choices));
      const u32 chosen = turn == 0 ? first : next;
      turn = chosen + 1;
      return chosen;
    }
    if (uses::least_request && kind == 2) {
      const u32 second = nth(choices, below(bits >> 16, count));
      if (hosts[second].active < hosts[first].active) return second;
    }
    return first;
  }

 private:
  static u32 nth(u32 set, u32 n) {
    while (n-- > 0) set &= set - 1;
    return static_cast<u32>(__builtin_ctz(set));
  }
};

}  // namespace sim
