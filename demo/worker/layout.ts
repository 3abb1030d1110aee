import { Graph, layout } from '@dagrejs/dagre';
import type { Scenario } from 'tardigrade';
import { REPLICA } from '../model/graph';
import type { EdgeView, GraphLayout, NodeBox, ReplicaView } from './api';

const NODE = { padding: 12, title: 20, zoneName: 12, least: 96, letter: 7.4 } as const;
/** Services from which on a graph is drawn flat: what is many ranks high would be drawn small. */
const MANY_SERVICES = 6;
const CLIENTS = 'clients';

/** Layouts that are kept; an evolution comes up with ever new numbers of replicas. */
const MOST_KNOWN = 64;
/**
 * A scenario's layouts by their replicas: every episode is drawn, few differ in where anything is. Scenarios under other
 * conditions, which differ in faults and windows alone, share their services.
 */
const known = new WeakMap<Scenario['services'], Map<string, GraphLayout>>();

/** Places services in ranks from the clients on; replicas stand in their zones within a service. */
export function layoutOf(scenario: Scenario, replicas: readonly ReplicaView[]): GraphLayout {
  const layouts = known.get(scenario.services) ?? new Map<string, GraphLayout>();
  const key = JSON.stringify(replicas);
  const before = layouts.get(key);
  if (before) return before;
  if (layouts.size === MOST_KNOWN) layouts.clear();
  const layout = findLayout(scenario, replicas);
  known.set(scenario.services, layouts.set(key, layout));
  return layout;
}

function findLayout({ services, edges, zones }: Scenario, replicas: readonly ReplicaView[]): GraphLayout {
  const graph = new Graph();
  const many = services.length >= MANY_SERVICES;
  const tankHeight = many ? 16 : 36;
  const separation = many ? { nodesep: 8, ranksep: 90 } : { nodesep: 18, ranksep: 54 };
  graph.setGraph({ rankdir: 'LR', ...separation, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = services.map(({ name }, service) => {
    const inZones = zones.flatMap((_, zone) => {
      const here = replicas.flatMap((replica, r) =>
        replica.service === service && replica.zone === zone ? [r] : [],
      );
      return here.length > 0 ? [{ zone, replicas: here }] : [];
    });
    return { name, zones: inZones, ...sizeOf(name, inZones, tankHeight) };
  });
  const clients = { name: CLIENTS, zones: [], width: 70, height: 40 };
  const keyOf = (service: number) => (service < 0 ? CLIENTS : `s${service}`);
  boxes.forEach(({ width, height }, s) => graph.setNode(keyOf(s), { width, height }));
  graph.setNode(CLIENTS, { width: clients.width, height: clients.height });
  for (const { from, to } of edges) if (from !== to) graph.setEdge(keyOf(from), keyOf(to));
  layout(graph);
  const place = <T extends object>(box: T, key: string) => {
    const { x, y } = graph.node(key);
    return { ...box, x: x!, y: y! };
  };
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    tankHeight,
    nodes: [...boxes.map((box, s) => place(box, keyOf(s))), place(clients, CLIENTS)],
    edges: edges.flatMap((edge, index) =>
      edge.from === edge.to ? [] : [{ edge: index, path: pathOf(graph, edge, keyOf) }],
    ),
  };
}

function sizeOf(
  name: string,
  zones: NodeBox['zones'],
  tankHeight: number,
): { width: number; height: number } {
  const bars = zones.reduce((sum, { replicas }) => sum + replicas.length * (REPLICA.width + REPLICA.gap), 0);
  const gaps = Math.max(0, zones.length - 1) * REPLICA.zoneGap;
  const inner = Math.max(bars + gaps, name.length * NODE.letter, NODE.least - 2 * NODE.padding);
  return {
    width: inner + 2 * NODE.padding,
    height: NODE.title + tankHeight + NODE.zoneName + 1.5 * NODE.padding,
  };
}

/** A smooth line through the points that the layout gives. */
function pathOf(graph: Graph, { from, to }: EdgeView, keyOf: (service: number) => string): string {
  const { points = [] } = graph.edge(keyOf(from), keyOf(to)) as { points?: { x: number; y: number }[] };
  const [first, ...rest] = points;
  let path = `M${first.x} ${first.y}`;
  for (let i = 0; i + 1 < rest.length; i++) {
    const middle =
      i + 2 < rest.length
        ? { x: (rest[i].x + rest[i + 1].x) / 2, y: (rest[i].y + rest[i + 1].y) / 2 }
        : rest[i + 1];
    path += `Q${rest[i].x} ${rest[i].y} ${middle.x} ${middle.y}`;
  }
  return path;
}
