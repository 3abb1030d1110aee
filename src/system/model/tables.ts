import { CAPACITIES } from '../scenario/capacities';
import type { Distribution, Fault, FaultKind, Scenario } from '../scenario/types';
import { type CallNode, unrollCalls } from './call-tree';
import { CONSTANT_TABLE, quantileTable } from './quantiles';

/** Stands for "none" in the simulator's words. */
const NONE = 0xffffffff;

const NODE_FIELDS = [
  'EDGE',
  'SERVICE',
  'SELF',
  'DELAY',
  'FIRST',
  'END',
  'CHANCE',
  'HOLDS_WORKER',
  'REPEAT',
  'STEP',
];
const EDGE_TABLE_FIELDS = ['SERVICE', 'HOSTS', 'REPLICAS'];
const SERVICE_TABLE_FIELDS = ['REPLICAS', 'WORKERS'];
const CLASS_FIELDS = ['SHARE', 'OBJECTIVE'];
const FAULT_FIELDS = [
  'KIND',
  'SERVICE',
  'ZONE',
  'SHARE',
  'LENGTH',
  'DELAY',
  'CHANCE',
  'FACTOR',
  'FRACTION',
  'CLASS',
  'GAPS',
  'EDGES',
];

/** What the simulator compares the kind of the episode's fault with; a name in the shader, or none where it needs none. */
const FAULT_KINDS: Record<FaultKind, { code: number; name?: string }> = {
  'replica-crash': { code: 1, name: 'KIND_CRASH' },
  'zone-outage': { code: 2, name: 'KIND_ZONE' },
  'link-latency': { code: 3, name: 'KIND_LATENCY' },
  'link-loss': { code: 4, name: 'KIND_LOSS' },
  'slow-replica': { code: 5, name: 'KIND_SLOW' },
  'error-replies': { code: 6, name: 'KIND_ERRORS' },
  overload: { code: 7 },
  'attack-flood': { code: 8 },
};

/** The scenario as the simulator reads it. */
export interface ModelTables {
  /** Every table, one after the other: the simulator's `scenario` binding. */
  readonly words: Uint32Array;
  /** Names and values of the addresses, field offsets and sizes that the shader is assembled with. */
  readonly constants: Readonly<Record<string, number>>;
  /** First word of each fault, in the scenario's order. */
  readonly faultAt: readonly number[];
  readonly nodes: readonly CallNode[];
  /** Replicas of all services at their maximum, and (edge, proxy, replica) triples. */
  readonly replicas: number;
  readonly hosts: number;
}

/** A probability as the u32 that a 32-bit draw is compared with: the draw lies below it that often. */
function chance(probability: number): number {
  return Math.min(Math.round(probability * 2 ** 32), NONE);
}

/** Collects tables in one array; equal distributions share one table. */
class Words {
  readonly list: number[] = [];
  readonly #tables = new Map<string, number>();

  add(words: Iterable<number>): number {
    const at = this.list.length;
    for (const word of words) this.list.push(word >>> 0);
    return at;
  }

  /** A reference to the distribution's table: its address, or the value itself where it is constant. */
  table(distribution: Distribution): number {
    if (distribution.kind === 'constant') return (CONSTANT_TABLE + Math.round(distribution.valueUs)) >>> 0;
    const key = JSON.stringify(distribution);
    let at = this.#tables.get(key);
    if (at === undefined) {
      at = this.add(quantileTable(distribution));
      this.#tables.set(key, at);
    }
    return at;
  }
}

/** How long a fault lasts in an episode: its own length, or until recovery begins. */
export function faultLengthUs(scenario: Scenario, fault: Fault): number {
  const { onsetUs, steadyUs } = scenario.windows;
  return Math.min(Math.round(fault.durationS * 1e6), onsetUs + steadyUs);
}

/** Requests a second that a fault adds to the scenario's own. */
function addedPerS(scenario: Scenario, fault: Fault): number {
  if (fault.kind === 'overload') return scenario.ratePerS * (fault.factor - 1);
  return fault.kind === 'attack-flood' ? fault.attackRate : 0;
}

function gaps(words: Words, ratePerS: number): number {
  return ratePerS > 0 ? words.table({ kind: 'exponential', meanUs: 1e6 / ratePerS }) : NONE;
}

function faultWords(scenario: Scenario, fault: Fault, words: Words): number[] {
  const edges = Array<number>(Math.ceil(scenario.edges.length / 32)).fill(0);
  for (const edge of fault.edges) edges[edge >> 5] |= 1 << (edge & 31);
  return [
    FAULT_KINDS[fault.kind].code,
    fault.service < 0 ? NONE : fault.service,
    fault.zone < 0 ? NONE : fault.zone,
    Math.round(fault.replicaShare * 0x10000),
    faultLengthUs(scenario, fault),
    fault.delayUs,
    chance(fault.probability),
    Math.floor(fault.factor),
    chance(fault.factor - Math.floor(fault.factor)),
    fault.kind === 'attack-flood' ? fault.requestClass : NONE,
    gaps(words, addedPerS(scenario, fault)),
    ...edges,
  ];
}

/** Sets of replicas are the bits of one word. */
const MAX_REPLICAS = 32;
/** A call keeps its proxy in four bits. */
const MAX_PROXIES = 16;

function checkSizes(scenario: Scenario): void {
  const { warmupUs, healthyUs, onsetUs, steadyUs, recoveryUs } = scenario.windows;
  const lengthUs = warmupUs + healthyUs + onsetUs + steadyUs + recoveryUs;
  const refuse = (what: string) => {
    throw new RangeError(`scenario ${scenario.name} ${what}`);
  };
  if (lengthUs > CAPACITIES.episodeUs)
    refuse(`has episodes of ${lengthUs / 1e6} s; at most ${CAPACITIES.episodeUs / 1e6} s are possible`);
  for (const ratePerS of [scenario.ratePerS, ...scenario.faults.map((fault) => addedPerS(scenario, fault))])
    if (ratePerS > CAPACITIES.requestsPerS)
      refuse(`sends ${ratePerS} requests a second; at most ${CAPACITIES.requestsPerS} are possible`);
  if (scenario.proxies > MAX_PROXIES)
    refuse(`has ${scenario.proxies} proxies; at most ${MAX_PROXIES} are possible`);
  for (const { name, maxReplicas } of scenario.services)
    if (maxReplicas > MAX_REPLICAS)
      refuse(`allows ${maxReplicas} replicas of ${name}; at most ${MAX_REPLICAS} are possible`);
}

function fieldOffsets(prefix: string, fields: readonly string[]): Record<string, number> {
  return Object.fromEntries(fields.map((field, i) => [`${prefix}_${field}`, i]));
}

/**
 * Lays out everything about a scenario that no policy changes.
 * @throws RangeError if the scenario is larger than the simulator's words can tell
 */
export function buildTables(scenario: Scenario): ModelTables {
  checkSizes(scenario);
  const words = new Words();
  const nodes = unrollCalls(scenario);
  const replicaAt: number[] = [];
  let replicas = 0;
  for (const service of scenario.services) {
    replicaAt.push(replicas);
    replicas += service.maxReplicas;
  }
  let hosts = 0;
  const edgeRows = scenario.edges.map(({ to }) => {
    const row = [to, hosts, scenario.services[to].maxReplicas];
    hosts += scenario.proxies * scenario.services[to].maxReplicas;
    return row;
  });
  const nodeRows = nodes.map((node) => {
    const operation = scenario.operations[node.operation];
    return [
      node.edge,
      operation.service,
      words.table(operation.self),
      words.table(scenario.edges[node.edge].delay),
      node.first,
      node.end,
      chance(node.probability),
      operation.holdsWorker && node.end > node.first ? 1 : 0,
      node.repeat,
      node.step,
    ];
  });
  let share = 0;
  const classRows = scenario.classes.map(({ share: own, objectiveUs }, i) => {
    share += own;
    return [i === scenario.classes.length - 1 ? NONE : chance(share), objectiveUs];
  });
  const faultRows = scenario.faults.map((fault) => faultWords(scenario, fault, words));
  const ARRIVAL_TABLE = gaps(words, scenario.ratePerS);
  const NODES_AT = words.add(nodeRows.flat());
  const EDGES_AT = words.add(edgeRows.flat());
  const SERVICES_AT = words.add(scenario.services.flatMap((service, s) => [replicaAt[s], service.workers]));
  const CLASSES_AT = words.add(classRows.flat());
  const faultAt = faultRows.map((row) => words.add(row));
  const { warmupUs, healthyUs, onsetUs, steadyUs, recoveryUs } = scenario.windows;
  const faultStart = warmupUs + healthyUs;
  // A power of two keeps the kernel's indices within bounds by a mask.
  const tables = new Uint32Array(2 ** Math.ceil(Math.log2(words.list.length)));
  tables.set(words.list);
  return {
    words: tables,
    faultAt,
    nodes,
    replicas,
    hosts,
    constants: {
      SCENARIO_WORDS: tables.length,
      ARRIVAL_TABLE,
      NODES_AT,
      EDGES_AT,
      SERVICES_AT,
      CLASSES_AT,
      ...fieldOffsets('NODE', NODE_FIELDS),
      NODE_WORDS: NODE_FIELDS.length,
      ...fieldOffsets('EDGE', EDGE_TABLE_FIELDS),
      EDGE_WORDS: EDGE_TABLE_FIELDS.length,
      ...fieldOffsets('SERVICE', SERVICE_TABLE_FIELDS),
      SERVICE_WORDS: SERVICE_TABLE_FIELDS.length,
      ...fieldOffsets('CLASS', CLASS_FIELDS),
      CLASS_WORDS: CLASS_FIELDS.length,
      ...fieldOffsets('FAULT', FAULT_FIELDS),
      ...Object.fromEntries(
        Object.values(FAULT_KINDS).flatMap(({ code, name }) => (name ? [[name, code]] : [])),
      ),
      EDGES: scenario.edges.length,
      PROXIES: scenario.proxies,
      SERVICES: scenario.services.length,
      ZONES: Math.max(scenario.zones.length, 1),
      SHARED_SLOWNESS: Math.round(scenario.sharedSlowness * 0x10000),
      WINDOW_1: warmupUs,
      WINDOW_2: faultStart,
      WINDOW_3: faultStart + onsetUs,
      WINDOW_4: faultStart + onsetUs + steadyUs,
      EPISODE_END: faultStart + onsetUs + steadyUs + recoveryUs,
      FAULT_START: faultStart,
    },
  };
}
