// The tables that the host lays out (src/system/model/tables.ts), with names for their columns.
#pragma once
#include "generated/layout.hpp"
#include "random.hpp"

namespace sim {

constexpr u32 NONE = 0xffffffffu;
constexpr u16 NIL = 0xffffu;

// A call in the tree of calls that a request may make.
struct Node {
  u32 edge, service, self, delay, first, end, chance, holds_worker, repeat, step;
};
struct EdgeRow {
  u32 service, hosts, replicas;
};
struct ServiceRow {
  u32 replicas, workers;
};
struct ClassRow {
  u32 share, objective;
};
struct FaultRow {
  u32 kind, service, zone, share, length, delay, chance, factor, fraction, request_class, gaps;
  u32 edges[(layout::EDGES + 31) / 32];
};

static_assert(sizeof(Node) == 4 * layout::NODE_WORDS && layout::NODE_STEP == 9);
static_assert(sizeof(EdgeRow) == 4 * layout::EDGE_WORDS && layout::EDGE_REPLICAS == 2);
static_assert(sizeof(ServiceRow) == 4 * layout::SERVICE_WORDS && layout::SERVICE_WORKERS == 1);
static_assert(sizeof(ClassRow) == 4 * layout::CLASS_WORDS && layout::CLASS_OBJECTIVE == 1);
static_assert(layout::FAULT_EDGES == 11 && layout::FAULT_GAPS == 10);

struct Model {
  const u32* words;

  const Node& node(u32 i) const { return reinterpret_cast<const Node*>(words + layout::NODES_AT)[i]; }
  const EdgeRow& edge(u32 i) const { return reinterpret_cast<const EdgeRow*>(words + layout::EDGES_AT)[i]; }
  const ServiceRow& service(u32 i) const { return reinterpret_cast<const ServiceRow*>(words + layout::SERVICES_AT)[i]; }
  const ClassRow& request_class(u32 i) const { return reinterpret_cast<const ClassRow*>(words + layout::CLASSES_AT)[i]; }
  const FaultRow* fault(u32 at) const { return at == NONE ? nullptr : reinterpret_cast<const FaultRow*>(words + at); }
};

// One policy: a row of fields for each edge, then one for each service; columns are layout::P_...
struct Policy {
  const u32* words;

  const u32* edge(u32 i) const { return words + i * layout::EDGE_FIELDS; }
  const u32* service(u32 i) const { return words + layout::SERVICE_POLICY_AT + i * layout::SERVICE_FIELDS; }
};

}  // namespace sim
