import { groupRequests, type RequestGroup } from './classes';
import { shortNames } from './names';
import { commonScript, type ScriptStep } from './script';
import { type Visit, type VisitCall, visitsUnder } from './visit';

/** What traces tell about a system; samples in microseconds. Names are those of the scenario to be written. */
export interface SystemModel {
  /** Requests a second over all classes. */
  readonly ratePerS: number;
  readonly observedS: number;
  readonly requests: number;
  readonly classes: readonly ClassModel[];
  readonly services: readonly ServiceModel[];
  readonly links: readonly LinkModel[];
}

export interface ClassModel {
  readonly name: string;
  /** The name that it has unless somebody gives it a better one. */
  readonly foundAs: string;
  readonly share: number;
  /** service/operation. */
  readonly entry: string;
  /** Durations of the root spans. */
  readonly latenciesUs: readonly number[];
}

export interface ServiceModel {
  readonly name: string;
  /** Replicas that were seen at work. */
  readonly replicasSeen: number;
  /** The most requests that one replica was seen to have under way at once. */
  readonly peakConcurrency: number;
  readonly operations: readonly OperationModel[];
}

export interface OperationModel {
  readonly name: string;
  /** The span's name. */
  readonly tracedAs: string;
  readonly selfUs: readonly number[];
  readonly script: readonly ScriptStep[];
}

export interface LinkModel {
  readonly from: string;
  readonly to: string;
  /** Client span minus server span, for the calls that have both; zero where it would be negative. */
  readonly delaysUs: readonly number[];
  /** Calls whose server span was longer than the client span. */
  readonly negative: number;
}

const byName = <T extends { name: string }>(a: T, b: T) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** A request class with the operation that receives it: the same root span does different things for each class. */
interface Entry extends RequestGroup {
  readonly foundAs: string;
  readonly service: string;
  readonly operation: string;
}

/** Operation names of the scenario, by service and by the span's name. */
type Names = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * The system behind the traces.
 * @param roots the root visit of each trace, at least one, by start time
 * @param classNames better names for classes, by the names that `groupRequests` gives
 */
export function modelSystem(
  roots: readonly Visit[],
  classNames: Readonly<Record<string, string>> = {},
): SystemModel {
  const all = roots.flatMap((root) => [...visitsUnder(root)]);
  const isRoot = new Set(roots);
  const inner = groupBy(
    all.filter((visit) => !isRoot.has(visit)),
    (visit) => visit.service,
  );
  const names: Names = new Map(
    [...inner].map(([service, visits]) => [service, shortNames(visits.map((visit) => visit.operation))]),
  );
  const entries = groupRequests(roots).map((group) => nameEntry(group, classNames, names));
  const observedS = Math.max(1, (roots[roots.length - 1].startUs - roots[0].startUs) / 1e6);
  return {
    ratePerS: Math.max(1, roots.length - 1) / observedS,
    observedS,
    requests: roots.length,
    classes: entries.map(({ name, foundAs, service, operation, roots: own }) => ({
      name,
      foundAs,
      share: own.length / roots.length,
      entry: `${service}/${operation}`,
      latenciesUs: own.map((root) => root.durationUs),
    })),
    services: [...groupBy(all, (visit) => visit.service)]
      .map(([service, visits]) => modelService(service, visits, inner.get(service) ?? [], entries, names))
      .sort(byName),
    links: modelLinks(all),
  };
}

function nameEntry(group: RequestGroup, classNames: Readonly<Record<string, string>>, names: Names): Entry {
  const [{ service }] = group.roots;
  const name = classNames[group.name] ?? group.name;
  const taken = [...(names.get(service)?.values() ?? [])].includes(name);
  return {
    name,
    foundAs: group.name,
    roots: group.roots,
    service,
    operation: taken ? `${name}-entry` : name,
  };
}

/**
 * @param visits all visits of the service
 * @param inner those that are not the root of a request
 */
function modelService(
  service: string,
  visits: readonly Visit[],
  inner: readonly Visit[],
  entries: readonly Entry[],
  names: Names,
): ServiceModel {
  const nameOf = (visit: Visit) => names.get(visit.service)!.get(visit.operation)!;
  const nameOfCall = (call: VisitCall) => `${call.visit.service}/${nameOf(call.visit)}`;
  const modelOperation = (name: string, own: readonly Visit[]): OperationModel => ({
    name,
    tracedAs: own[0].operation,
    selfUs: own.map((visit) => visit.selfUs),
    script: commonScript(own, nameOfCall),
  });
  const pods = [...groupBy(visits, (visit) => visit.pod).values()];
  return {
    name: service,
    replicasSeen: pods.length,
    peakConcurrency: Math.max(...pods.map(peakConcurrency)),
    operations: [
      ...entries
        .filter((entry) => entry.service === service)
        .map((entry) => modelOperation(entry.operation, entry.roots)),
      ...[...groupBy(inner, nameOf)].map(([name, own]) => modelOperation(name, own)).sort(byName),
    ],
  };
}

function modelLinks(visits: readonly Visit[]): LinkModel[] {
  const links = new Map<string, { from: string; to: string; delaysUs: number[]; negative: number }>();
  for (const visit of visits)
    for (const call of visit.steps.flat()) {
      const key = `${visit.service} ${call.visit.service}`;
      const link = links.get(key) ?? {
        from: visit.service,
        to: call.visit.service,
        delaysUs: [],
        negative: 0,
      };
      links.set(key, link);
      if (call.linkUs === undefined) continue;
      link.delaysUs.push(Math.max(0, call.linkUs));
      if (call.linkUs < 0) link.negative++;
    }
  return [...links].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}

/** The most visits under way at once. */
function peakConcurrency(visits: readonly Visit[]): number {
  const events = visits.flatMap((visit) => [
    { atUs: visit.startUs, change: 1 },
    { atUs: visit.startUs + visit.durationUs, change: -1 },
  ]);
  // At equal times a visit ends before the next one starts.
  events.sort((a, b) => a.atUs - b.atUs || a.change - b.change);
  let now = 0;
  let peak = 1;
  for (const { change } of events) {
    now += change;
    peak = Math.max(peak, now);
  }
  return peak;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
