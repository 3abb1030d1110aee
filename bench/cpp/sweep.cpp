// What recurs: outlier sweeps of an edge's proxies, readiness probes of a service's replicas.
#include "episode.hpp"

namespace sim {

void Episode::sweep(u32 edge) {
  const u32* policy = policy_.edge(edge);
  schedule(now_ + policy[layout::P_EJECT_INTERVAL], EventKind::Sweep, edge);
  const u32 replicas = replicas_of(model_.edge(edge).service);
  for (u32 p = 0; p < layout::PROXIES; p++) {
    end_ejections(policy, proxy(edge, p), hosts(edge, p), replicas);
    if constexpr (uses::success_rate) eject_outliers(policy, proxy(edge, p), hosts(edge, p), replicas);
  }
}

void Episode::end_ejections(const u32* policy, Proxy& proxy, Host* hosts, u32 replicas) {
  constexpr u32 longest_us = 300000000;  // Envoy's max_ejection_time
  const u32 base = policy[layout::P_EJECT_BASE_TIME];
  const u32 longest = std::max(longest_us, base);
  for (u32 i = 0; i < replicas; i++) {
    Host& host = hosts[i];
    if (host.ejections_in_row == 0) continue;
    if (!((proxy.ejected >> i) & 1)) {
      host.ejections_in_row--;
      continue;
    }
    const u64 lasts = std::min(u64{base} * host.ejections_in_row, u64{longest});
    if (now_ - host.ejected_at < lasts) continue;
    proxy.ejected &= ~(1u << i);
    host.consecutive_errors = 0;
  }
}

static u32 integer_sqrt(u32 value) {
  u32 root = 0;
  for (u32 bit = 0x8000; bit; bit >>= 1)
    if ((root | bit) * (root | bit) <= value) root |= bit;
  return root;
}

// Ejects replicas whose success rate lies below the mean by more than factor standard deviations. Rates in 0.01 %.
void Episode::eject_outliers(const u32* policy, Proxy& proxy, Host* hosts, u32 replicas) {
  const u32 factor = policy[layout::P_EJECT_SUCCESS_RATE];
  const u32 volume = std::max(policy[layout::P_EJECT_MIN_VOLUME], 1u);
  std::array<u32, 32> rates;
  u32 valid = 0, members = 0, sum = 0;
  for (u32 i = 0; i < replicas; i++) {
    const auto [requests, successes] = std::pair{std::exchange(hosts[i].requests, 0), std::exchange(hosts[i].successes, 0)};
    if (requests < volume || ((proxy.ejected >> i) & 1)) continue;
    rates[i] = successes * 10000 / requests;
    valid |= 1u << i;
    members++;
    sum += rates[i];
  }
  if (factor == 0 || members == 0 || members < policy[layout::P_EJECT_MIN_HOSTS]) return;
  const u32 mean = sum / members;
  u32 variance = 0;
  for (u32 i = 0; i < replicas; i++)
    if ((valid >> i) & 1) variance += (rates[i] - mean) * (rates[i] - mean) / members;
  const u32 margin = factor * integer_sqrt(variance * 100) / 10000;
  for (u32 i = 0; i < replicas; i++)
    if (((valid >> i) & 1) && rates[i] + margin < mean) proxy.eject(policy, now_, hosts[i], i, replicas);
}

// A replica that is down, or has no place in its queue, does not answer.
void Episode::probe(u32 service) {
  const u32* policy = policy_.service(service);
  schedule(now_ + policy[layout::P_HEALTH_INTERVAL], EventKind::Probe, service);
  const u32 queue_limit = policy[layout::P_QUEUE_LIMIT];
  for (u32 i = 0; i < policy[layout::P_REPLICAS]; i++) {
    Replica& replica = replicas_[model_.service(service).replicas + i];
    const bool answers = !(replica.marks & (Crashed | CutOff)) && (queue_limit == 0 || replica.queued < queue_limit);
    const bool listed = !((unready_[service] >> i) & 1);
    if (answers == listed) {
      replica.probes_against = 0;
    } else if (++replica.probes_against >= policy[listed ? layout::P_UNHEALTHY_THRESHOLD : layout::P_HEALTHY_THRESHOLD]) {
      unready_[service] ^= 1u << i;
      replica.probes_against = 0;
    }
  }
}

}  // namespace sim
