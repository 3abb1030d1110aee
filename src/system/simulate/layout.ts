import type { ModelTables } from '../model';
import { EDGE_FIELDS, policyWords, SERVICE_FIELDS } from '../policy';
import type { Scenario } from '../scenario';
import { LATENCY_BINS, LATENCY_UNIT_SHIFT } from './histogram';
import { COUNTERS, RECOVERY_BUCKETS, WINDOW_NAMES } from './records';

/** Bits of `EpisodeRecords.overflow`. */
export const OVERFLOW = {
  /** More calls and attempts in flight than the episode's state has records for: those beyond were refused. */
  records: 1,
  /** More pending events than the heap holds. */
  events: 2,
} as const;

/** Words of the report that one episode leaves behind. */
export interface ReportLayout {
  readonly counts: number;
  readonly recovery: number;
  readonly overflow: number;
  /** Little's law, both sides modulo 2^32: the integral of the number in the system, and the sum of sojourn times, in us. */
  readonly area: number;
  readonly sojourn: number;
  readonly callsDone: number;
  readonly events: number;
  /** Most records in use at once. */
  readonly peak: number;
  readonly latency: number;
  readonly words: number;
}

const COUNTS = WINDOW_NAMES.length * COUNTERS.length;
const RECOVERY = COUNTS + 2 * RECOVERY_BUCKETS;

/** Words from one policy of a batch to the next: a power of two, so that what keeps an index within a policy is a mask. */
export const policyRow = (words: number): number => 2 ** (32 - Math.clz32(words - 1));

export const REPORT: ReportLayout = {
  counts: 0,
  recovery: COUNTS,
  overflow: RECOVERY,
  area: RECOVERY + 1,
  sojourn: RECOVERY + 2,
  callsDone: RECOVERY + 3,
  events: RECOVERY + 4,
  peak: RECOVERY + 5,
  latency: RECOVERY + 6,
  words: RECOVERY + 6 + WINDOW_NAMES.length * LATENCY_BINS.latencyBins,
};

/** Hands out words one after the other, and remembers the names. */
class Allocator {
  readonly constants: Record<string, number> = {};
  next = 0;

  take(name: string, words = 1): void {
    this.constants[name] = this.next;
    this.next += words;
  }

  /**
   * Begins a table of rows so that the lowest bits of every row's index are zero, as far as the length of a row allows: a
   * compiler that sees it bounds the index of a row, and not that of each of its words.
   */
  takeTable(name: string, rowWords: number): void {
    const alignment = rowWords & -rowWords;
    this.next = Math.ceil(this.next / alignment) * alignment;
    this.take(name, 0);
  }
}

/** The fields of a structure that the mechanisms at hand need: name, and whether it is there. */
function fields(prefix: string, wanted: readonly (readonly [string, boolean])[]): Record<string, number> {
  const present = wanted.filter(([, needed]) => needed).map(([name]) => name);
  // A field left out is not referred to; the constant only has to exist.
  const offsets = wanted.map(([name]) => [`${prefix}_${name}`, Math.max(present.indexOf(name), 0)]);
  return { ...Object.fromEntries(offsets), [`${prefix}_WORDS`]: Math.max(present.length, 1) };
}

/** Pending events that are not a record's: lists' alarms grown stale by adaptive time-outs. */
const SPARE_EVENTS = 32;
const RECORD_LINK_LIMIT = 0x8000;
/** Words of a record that every call and every attempt needs. */
const RECORD_BASE_WORDS = 8;
const HEAP_ENTRY_WORDS = 2;

/**
 * The layout of one episode's state: registers, policy state, replicas, timers, then as many records (calls and
 * attempts in flight) as fit with their share of the heap.
 * @param stateBytes what it may take; sizes are powers of two, so a smaller one is what it takes
 * @throws RangeError if the scenario leaves no room for records
 */
export function layOutState(
  scenario: Scenario,
  tables: ModelTables,
  conditions: Readonly<Record<string, boolean>>,
  stateBytes: number,
): Readonly<Record<string, number>> {
  const {
    hedging,
    other_host,
    adaptive,
    breaker,
    ejection,
    success_rate,
    round_robin,
    least_request,
    sent_time,
  } = conditions;
  const proxy = fields('PROXY', [
    ['ACTIVE', true],
    ['TURN', round_robin],
    ['EJECTED', ejection],
    ['BREAKER', breaker],
    ['OPEN_UNTIL', breaker],
    ['SRTT', adaptive],
    ['RTTVAR', adaptive],
    ['DOUBLINGS', adaptive],
    ['DOUBLED_AT', adaptive],
  ]);
  const host = fields('HOST', [
    ['ACTIVE', least_request],
    ['ERRORS', ejection],
    ['EJECTED_AT', ejection],
    ['RATE', success_rate],
  ]);
  const replica = fields('REPLICA', [
    ['LOAD', true],
    ['STATE', true],
    ['LIMIT', conditions.rate_limit],
  ]);
  const edges = scenario.edges.length;
  const services = scenario.services.length;
  const words = new Allocator();
  for (const register of ['HEAP_SIZE', 'SEQUENCE', 'FREE_HEAD', 'RECORDS_USED']) words.take(register);
  for (const register of ['REQUESTS', 'EXTRA_REQUESTS', 'IN_SYSTEM', 'LAST_CHANGE', 'FAULT_ON'])
    words.take(register);
  words.take('UNREADY_AT', services);
  words.take('PROXY_AT', edges * scenario.proxies * proxy.PROXY_WORDS);
  words.take('HOST_AT', tables.hosts * host.HOST_WORDS);
  words.take('REPLICAS_AT', tables.replicas * replica.REPLICA_WORDS);
  words.take('LISTS_AT', 2 * 3 * edges);
  words.take('QUEUES_AT', tables.replicas);

  const sentAt = RECORD_BASE_WORDS + (hedging ? 1 : 0);
  const recordWords = sentAt + (sent_time ? 1 : 0);
  words.takeTable('POOL_AT', recordWords);
  const pool = words.constants.POOL_AT;
  // The replicas that each call has tried lie apart: with nothing else to keep, a record is eight words, a power of two.
  const triedWords = other_host ? 1 : 0;
  const otherEvents = 3 * edges + 4 + edges + services + SPARE_EVENTS;
  const stateWords = 2 ** Math.floor(Math.log2(stateBytes / 4));
  const room = stateWords - pool - HEAP_ENTRY_WORDS * (otherEvents + 1);
  const records = Math.min(
    Math.floor(room / (recordWords + triedWords + HEAP_ENTRY_WORDS)),
    RECORD_LINK_LIMIT,
  );
  if (records < 16)
    throw new RangeError(
      `scenario ${scenario.name} leaves no room for calls in flight in ${stateBytes} bytes of state: it has ${edges} edges, ${scenario.proxies} proxies and ${tables.replicas} replicas`,
    );
  const tried = pool + records * recordWords;
  words.next = tried + records * triedWords;
  words.takeTable('HEAP_AT', HEAP_ENTRY_WORDS);
  const listEvents = records;
  const clocks = listEvents + 3 * edges;
  return {
    ...words.constants,
    ...proxy,
    ...host,
    ...replica,
    CALL_HEDGE: RECORD_BASE_WORDS,
    CALL_SENT: sentAt,
    TRIED_AT: tried,
    RECORD_WORDS: recordWords,
    RECORDS: records,
    HEAP_CAPACITY: records + otherEvents,
    STATE_WORDS: stateWords,
    LINKS_AT: words.constants.LISTS_AT,
    LINKS_END: pool,
    LIST_EVENTS_AT: listEvents,
    /** Bits of an event's id in its key in the heap. */
    ID_BITS: Math.ceil(Math.log2(clocks + 4 + edges + services)),
    CLOCK_REQUEST: clocks,
    CLOCK_EXTRA: clocks + 1,
    CLOCK_FAULT: clocks + 2,
    CLOCK_FAULT_END: clocks + 3,
    SWEEPS_AT: clocks + 4,
    PROBES_AT: clocks + 4 + edges,
  };
}

/** Constants of the report and of the policy rows. */
export function reportAndPolicyConstants(scenario: Scenario): Record<string, number> {
  const upper = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const count = (counter: (typeof COUNTERS)[number]) => COUNTERS.indexOf(counter);
  return {
    COUNTERS: COUNTERS.length,
    COUNT_OFFERED: count('offered'),
    COUNT_GOOD: count('good'),
    COUNT_SLOW: count('slow'),
    COUNT_FAILED: count('failed'),
    COUNT_UNFINISHED: count('unfinished'),
    COUNT_CALLS: count('calls'),
    COUNT_ATTEMPTS: count('attempts'),
    COUNT_ATTACKS: count('attackOffered'),
    RECOVERY_AT: REPORT.recovery,
    RECOVERY_WIDTH: Math.max(Math.ceil(scenario.windows.recoveryUs / RECOVERY_BUCKETS), 1),
    REPORT_OVERFLOW: REPORT.overflow,
    OVERFLOW_RECORDS: OVERFLOW.records,
    OVERFLOW_EVENTS: OVERFLOW.events,
    REPORT_AREA: REPORT.area,
    REPORT_SOJOURN: REPORT.sojourn,
    REPORT_CALLS_DONE: REPORT.callsDone,
    REPORT_EVENTS: REPORT.events,
    REPORT_PEAK: REPORT.peak,
    LATENCY_AT: REPORT.latency,
    LATENCY_BINS: LATENCY_BINS.latencyBins,
    LATENCY_UNIT_SHIFT,
    REPORT_WORDS: REPORT.words,
    POLICY_WORDS: policyRow(policyWords(scenario)),
    EDGE_FIELDS: EDGE_FIELDS.length,
    SERVICE_FIELDS: SERVICE_FIELDS.length,
    SERVICE_POLICY_AT: scenario.edges.length * EDGE_FIELDS.length,
    ...Object.fromEntries(EDGE_FIELDS.map((name, i) => [`P_${upper(name)}`, i])),
    ...Object.fromEntries(SERVICE_FIELDS.map((name, i) => [`P_${upper(name)}`, i])),
  };
}
