/// What recurs: outlier sweeps of an edge's proxies, readiness probes of a service's replicas.
import package::simulator::state::{
  scenario, ld, st, now, op, subject, schedule_id, schedule_time, edge_policy, service_policy, low, high, with_low,
};
import package::simulator::ops::OP_NEXT;
import package::simulator::client::{proxy_words_of, host_words_of};
import package::simulator::server::replica_words;
import package::simulator::fault::{REPLICA_CRASHED, REPLICA_CUT_OFF};
import package::simulator::proxy::eject;
import package::simulator::log::{log_event, LOG_RETURNED, LOG_READINESS};
import package::layout::{
  PROXIES, EDGES_AT, EDGE_WORDS, EDGE_SERVICE, SERVICES_AT, SERVICE_WORDS, SERVICE_REPLICAS, PROXY_EJECTED,
  HOST_WORDS, HOST_ERRORS, HOST_EJECTED_AT, HOST_RATE, UNREADY_AT, REPLICA_STATE, REPLICA_LOAD, SWEEPS_AT, PROBES_AT,
  P_EJECT_INTERVAL, P_EJECT_BASE_TIME, P_EJECT_SUCCESS_RATE, P_EJECT_MIN_HOSTS, P_EJECT_MIN_VOLUME,
  P_HEALTH_INTERVAL, P_HEALTHY_THRESHOLD, P_UNHEALTHY_THRESHOLD, P_QUEUE_LIMIT, P_REPLICAS,
};

/// Envoy's max_ejection_time.
const LONGEST_EJECTION_US = 300000000u;

/// Ejected replicas whose time is over return; the others' ejections in a row are forgotten one by one.
@if(ejection) fn end_ejections(edge: u32, proxy: u32, hosts: u32, count: u32) {
  let proxy_words = proxy_words_of(edge, proxy);
  let base = edge_policy(edge, P_EJECT_BASE_TIME);
  for (var i = 0u; i < count; i++) {
    let host = hosts + i * HOST_WORDS;
    let errors = ld(host + HOST_ERRORS);
    let row = high(errors);
    if (row == 0u) { continue; }
    let ejected = ld(proxy_words + PROXY_EJECTED);
    if ((ejected & (1u << i)) == 0u) {
      st(host + HOST_ERRORS, errors - 0x10000u);
      continue;
    }
    let longest = max(LONGEST_EJECTION_US, base);
    let lasts = select(base * row, longest, row > longest / base);
    if (now - ld(host + HOST_EJECTED_AT) < lasts) { continue; }
    st(proxy_words + PROXY_EJECTED, ejected & ~(1u << i));
    st(host + HOST_ERRORS, with_low(errors, 0u));
    @if(events) { log_event(LOG_RETURNED, edge, proxy, i); }
  }
}

/// The largest integer whose square is no larger.
@if(success_rate) fn integer_sqrt(value: u32) -> u32 {
  var root = 0u;
  for (var bit = 0x8000u; bit != 0u; bit >>= 1u) {
    let candidate = root | bit;
    if (candidate * candidate <= value) { root = candidate; }
  }
  return root;
}

/// Ejects the replicas whose success rate lies below the mean by more than the factor times the population standard
/// deviation. Rates are in units of 0.01 %.
@if(success_rate) fn eject_outliers(edge: u32, proxy: u32, hosts: u32, count: u32) {
  let factor = edge_policy(edge, P_EJECT_SUCCESS_RATE);
  let proxy_words = proxy_words_of(edge, proxy);
  let volume = max(edge_policy(edge, P_EJECT_MIN_VOLUME), 1u);
  let ejected = ld(proxy_words + PROXY_EJECTED);
  var valid = 0u;
  var sum = 0u;
  for (var i = 0u; i < count; i++) {
    let rate = ld(hosts + i * HOST_WORDS + HOST_RATE);
    if (high(rate) < volume || (ejected & (1u << i)) != 0u) { continue; }
    valid |= 1u << i;
    sum += low(rate) * 10000u / high(rate);
  }
  let members = countOneBits(valid);
  var mean = 0u;
  var squares = 0u;
  if (members != 0u) { mean = sum / members; }
  for (var i = 0u; i < count; i++) {
    if ((valid & (1u << i)) == 0u) { continue; }
    let rate = ld(hosts + i * HOST_WORDS + HOST_RATE);
    let difference = low(rate) * 10000u / high(rate) - mean;
    squares += difference * difference / members;
  }
  // Ten times the deviation keeps a digit; the factor is in thousandths.
  let margin = factor * integer_sqrt(squares * 100u) / 10000u;
  for (var i = 0u; i < count; i++) {
    let host = hosts + i * HOST_WORDS;
    let rate = ld(host + HOST_RATE);
    st(host + HOST_RATE, 0u);
    if (factor == 0u || members < edge_policy(edge, P_EJECT_MIN_HOSTS) || (valid & (1u << i)) == 0u) { continue; }
    if (low(rate) * 10000u / high(rate) + margin < mean) { eject(edge, proxy, proxy_words, host, i, count); }
  }
}

/// OP_SWEEP: the outlier detector's interval on an edge.
@if(ejection) fn sweep() {
  let edge = subject;
  op = OP_NEXT;
  schedule_time = now + edge_policy(edge, P_EJECT_INTERVAL);
  schedule_id = SWEEPS_AT + edge;
  let count = service_policy(scenario[EDGES_AT + edge * EDGE_WORDS + EDGE_SERVICE], P_REPLICAS);
  for (var proxy = 0u; proxy < PROXIES; proxy++) {
    let hosts = host_words_of(edge, proxy);
    end_ejections(edge, proxy, hosts, count);
    @if(success_rate) { eject_outliers(edge, proxy, hosts, count); }
  }
}

/// OP_PROBE: asks every replica of a service whether it is ready, for one view that all proxies share. A replica that is
/// down, or has no place in its queue, does not answer.
@if(health) fn probe_replicas() {
  let service = subject;
  op = OP_NEXT;
  schedule_time = now + service_policy(service, P_HEALTH_INTERVAL);
  schedule_id = PROBES_AT + service;
  let count = service_policy(service, P_REPLICAS);
  var unready = ld(UNREADY_AT + service);
  for (var i = 0u; i < count; i++) {
    let replica = scenario[SERVICES_AT + service * SERVICE_WORDS + SERVICE_REPLICAS] + i;
    let at = replica_words(replica);
    let marks = ld(at + REPLICA_STATE);
    let queue_limit = service_policy(service, P_QUEUE_LIMIT);
    let answers = (marks & (REPLICA_CRASHED | REPLICA_CUT_OFF)) == 0u && (queue_limit == 0u || high(ld(at + REPLICA_LOAD)) < queue_limit);
    let listed = (unready & (1u << i)) == 0u;
    var against = 0u;
    if (answers != listed) {
      against = (marks >> 8u) + 1u;
      if (against >= service_policy(service, select(P_HEALTHY_THRESHOLD, P_UNHEALTHY_THRESHOLD, listed))) {
        unready ^= 1u << i;
        against = 0u;
        @if(events) { log_event(LOG_READINESS, service, i, select(0u, 1u, answers)); }
      }
    }
    st(at + REPLICA_STATE, (marks & 0xffu) | (against << 8u));
  }
  st(UNREADY_AT + service, unready);
}
