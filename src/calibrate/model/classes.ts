import { CAPACITIES } from '../../system';
import { type Visit, visitsUnder } from './visit';

/** Requests of one kind: the same operation at the root, and the same operations called under it. */
export interface RequestGroup {
  readonly name: string;
  readonly roots: readonly Visit[];
}

/** A group with fewer traces than this share of all, or than this many, is a rare one. */
const SMALLEST_SHARE = 0.01;
const SMALLEST_GROUP = 5;
/** A rare group joins the one that it resembles most, if they have at least this share of their calls in common. */
const ALIKE = 0.5;

interface Cluster {
  readonly root: string;
  /** All that is called under the root, and what the root calls itself. */
  readonly called: ReadonlySet<string>;
  readonly direct: ReadonlySet<string>;
  roots: Visit[];
}

const operationKey = (visit: Visit) => `${visit.service}/${visit.operation}`;

/** Groups requests by what they call; the most frequent group first. */
export function groupRequests(roots: readonly Visit[]): RequestGroup[] {
  const clusters = new Map<string, Cluster>();
  for (const visit of roots) {
    const root = operationKey(visit);
    const called = new Set([...visitsUnder(visit)].slice(1).map(operationKey));
    const key = [root, ...[...called].sort()].join('\n');
    const cluster = clusters.get(key);
    if (cluster) cluster.roots.push(visit);
    else {
      const direct = new Set(visit.steps.flat().map((call) => operationKey(call.visit)));
      clusters.set(key, { root, called, direct, roots: [visit] });
    }
  }
  const kept = merged([...clusters.values()], roots.length);
  const names = nameClusters(kept);
  return kept.map((cluster, i) => ({ name: names[i], roots: cluster.roots }));
}

function merged(clusters: Cluster[], traces: number): Cluster[] {
  const smallest = Math.max(SMALLEST_GROUP, SMALLEST_SHARE * traces);
  const kept: Cluster[] = [];
  for (const cluster of clusters.sort((a, b) => b.roots.length - a.roots.length)) {
    const isFull = kept.length >= CAPACITIES.classes;
    const hosts = kept.filter((host) => isFull || host.root === cluster.root);
    const host = hosts.reduce<Cluster | undefined>(
      (a, b) => (a && likeness(a, cluster) >= likeness(b, cluster) ? a : b),
      undefined,
    );
    const isRare = cluster.roots.length < smallest;
    if (host && (isFull || (isRare && likeness(host, cluster) >= ALIKE)))
      host.roots = [...host.roots, ...cluster.roots];
    else kept.push(cluster);
  }
  return kept.sort((a, b) => b.roots.length - a.roots.length);
}

/** Jaccard index of what two clusters call. */
function likeness(a: Cluster, b: Cluster): number {
  const common = [...a.called].filter((operation) => b.called.has(operation)).length;
  const all = a.called.size + b.called.size - common;
  return all === 0 ? 1 : common / all;
}

/** Each cluster is called after the call that sets it apart: the one that the fewest clusters make. */
function nameClusters(clusters: readonly Cluster[]): string[] {
  const taken = new Set<string>();
  return clusters.map((cluster) => {
    const commonness = (operation: string) => clusters.filter(({ direct }) => direct.has(operation)).length;
    // What is called first comes first, so that of equals the earliest wins.
    const telling = [...cluster.direct].sort((a, b) => commonness(a) - commonness(b))[0] ?? cluster.root;
    const base = kebab(telling);
    let name = base;
    for (let i = 2; taken.has(name); i++) name = `${base}-${i}`;
    taken.add(name);
    return name;
  });
}

/** `shop.CartService/AddItem` -> `add-item`. */
function kebab(operation: string): string {
  const words = operation
    .split(/[/.]/)
    .filter((part) => /^[A-Za-z0-9]/.test(part))
    .at(-1);
  return (words ?? 'request')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}
