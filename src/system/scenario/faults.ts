import type { Path, YamlSource } from '../../text';
import { CAPACITIES } from './capacities';
import { edgeName, indexOfName } from './names';
import type { WrittenFault } from './schema';
import type { Edge, Fault, RequestClass, Service } from './types';

const US_PER_S = 1_000_000;

/** What faults may hit. */
export interface Targets {
  readonly services: readonly Service[];
  readonly zones: readonly string[];
  readonly edges: readonly Edge[];
  readonly classes: readonly RequestClass[];
  /** Requests a second of the scenario's own traffic. */
  readonly ratePerS: number;
}

/** Resolves the targets of all faults. Throws UserError for an unknown one or a name used twice. */
export function readFaults(source: YamlSource, written: readonly WrittenFault[], targets: Targets): Fault[] {
  return written.map((fault, i) => {
    const path = ['faults', i];
    if (written.findIndex(({ name }) => name === fault.name) < i)
      throw source.error([...path, 'name'], `two faults are called '${fault.name}'`, 'rename one of them');
    checkAddedTraffic(source, path, fault, targets.ratePerS);
    return { ...NO_TARGET, ...common(fault), ...byKind(source, path, fault, targets) };
  });
}

function checkAddedTraffic(source: YamlSource, path: Path, fault: WrittenFault, ratePerS: number): void {
  const { requestsPerS } = CAPACITIES;
  const refuse = (key: string, addedPerS: number, mend: string) => {
    const what = `${addedPerS} more requests a second are more than a clock of microseconds can tell apart`;
    throw source.error([...path, key], what, mend);
  };
  if (fault.kind === 'overload' && ratePerS * (fault.factor - 1) > requestsPerS)
    refuse('factor', ratePerS * (fault.factor - 1), `stay within ${1 + requestsPerS / ratePerS}`);
  if (fault.kind === 'attack-flood' && fault.attackRate > requestsPerS)
    refuse('attackRate', fault.attackRate, `stay within ${requestsPerS}/s`);
}

const NO_TARGET = {
  service: -1,
  zone: -1,
  edges: [],
  requestClass: -1,
  delayUs: 0,
  probability: 0,
  factor: 1,
  attackRate: 0,
  replicaShare: 0,
} as const satisfies Partial<Fault>;

function common({ name, kind, rate, duration }: WrittenFault) {
  return { name, kind, ratePerYear: rate, durationS: duration / US_PER_S };
}

function byKind(source: YamlSource, path: Path, fault: WrittenFault, targets: Targets): Partial<Fault> {
  const service = (name: string) =>
    indexOfName(source, [...path, 'service'], name, targets.services, 'service');
  switch (fault.kind) {
    case 'replica-crash':
      return { service: service(fault.service) };
    case 'zone-outage':
      return { zone: zoneIndex(source, [...path, 'zone'], fault.zone, targets.zones) };
    case 'link-latency':
      return { edges: matchLinks(source, [...path, 'links'], fault.links, targets), delayUs: fault.delay };
    case 'link-loss':
      return {
        edges: matchLinks(source, [...path, 'links'], fault.links, targets),
        probability: fault.probability,
      };
    case 'slow-replica':
      return { service: service(fault.service), factor: fault.factor, replicaShare: fault.replicaShare };
    case 'error-replies':
      return {
        service: service(fault.service),
        probability: fault.probability,
        replicaShare: fault.replicaShare,
      };
    case 'overload':
      return { factor: fault.factor };
    case 'attack-flood':
      return {
        requestClass: indexOfName(source, [...path, 'class'], fault.class, targets.classes, 'request class'),
        attackRate: fault.attackRate,
      };
  }
}

function zoneIndex(source: YamlSource, path: Path, name: string, zones: readonly string[]): number {
  if (name === 'any' && !zones.includes(name)) return -1;
  return indexOfName(
    source,
    path,
    name,
    [...zones, 'any'].map((zone) => ({ name: zone })),
    'zone',
  );
}

/** Indices of the edges that patterns such as `* -> cartservice` name, ascending. */
function matchLinks(
  source: YamlSource,
  path: Path,
  written: string | string[],
  { edges }: Targets,
): number[] {
  const matched = new Set<number>();
  const patterns = typeof written === 'string' ? [written] : written;
  patterns.forEach((pattern, i) => {
    const [from, to] = edgeName(pattern).split(' -> ');
    const hits = edges.flatMap((edge, e) => {
      const [caller, callee] = edge.name.split(' -> ');
      return (from === '*' || from === caller) && (to === '*' || to === callee) ? [e] : [];
    });
    const at = typeof written === 'string' ? path : [...path, i];
    if (hits.length === 0) indexOfName(source, at, edgeName(pattern), edges, 'link');
    for (const e of hits) matched.add(e);
  });
  return [...matched].sort((a, b) => a - b);
}
