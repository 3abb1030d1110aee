import type { Engine } from '../../gpu';
import { seedKey } from '../../math';
import { buildTables, type ModelTables } from '../model';
import type { ResolvedPolicy } from '../policy';
import type { Scenario } from '../scenario';
import { runBatch } from './batch';
import { mechanismsOf } from './mechanisms';
import { assemble } from './program';
import { checkFault, checkPolicy, DEFAULT_STATE_BYTES, defaultInterleave } from './simulator';

/** How an attempt ended, in the kernel's order. */
const ATTEMPT_OUTCOMES = ['ok', 'error', 'timeout', 'call-timeout', 'cancelled'] as const;
const REQUEST_OUTCOMES = ['good', 'slow', 'failed'] as const;
const REJECTIONS = ['', 'caller-gone', 'no-replica', 'max-requests', 'circuit-open'] as const;

/** Which call of a request: its edge and operation; nodes number the calls of all classes (see `unrollCalls`). */
export interface CallSite {
  readonly request: number;
  readonly node: number;
  readonly edge: number;
  readonly operation: number;
}

/** What happened at `timeUs`. Requests of an overload's or attack's extra traffic are numbered from 2^31. Replicas count within their service. */
export type SimEvent = { readonly timeUs: number } & (
  | { kind: 'request'; request: number; requestClass: number; counted: boolean }
  | {
      kind: 'request-done';
      request: number;
      requestClass: number;
      outcome: (typeof REQUEST_OUTCOMES)[number];
      latencyUs: number;
    }
  | ({ kind: 'attempt'; attempt: number; replica: number; proxy: number } & CallSite)
  | ({ kind: 'attempt-done'; replica: number; outcome: (typeof ATTEMPT_OUTCOMES)[number] } & CallSite)
  | ({ kind: 'served'; replica: number } & CallSite)
  | ({ kind: 'refused'; replica: number } & CallSite)
  /** `againUs`: after how long it is sent again, 0: not at all. */
  | ({ kind: 'lost'; reply: boolean; replica: number; againUs: number } & CallSite)
  | ({ kind: 'retry'; waitUs: number } & CallSite)
  | ({ kind: 'retry-denied'; reason: 'retries-used' | 'budget' } & CallSite)
  | ({ kind: 'rejected'; reason: (typeof REJECTIONS)[number] } & CallSite)
  | { kind: 'ejected'; edge: number; proxy: number; replica: number }
  | { kind: 'returned'; edge: number; proxy: number; replica: number }
  | { kind: 'circuit'; edge: number; proxy: number; openUntilUs: number }
  | { kind: 'fault'; active: boolean }
  | { kind: 'readiness'; service: number; replica: number; ready: boolean }
);

const ENTRY_WORDS = 5;
/** Entries that the log has room for at first; a longer episode is run again with as many as it wrote. */
const FIRST_ENTRIES = 100_000;

/** Turns a log entry into an event. */
class Decoder {
  readonly #scenario: Scenario;
  readonly #tables: ModelTables;
  readonly #replicaAt: number[] = [];

  constructor(scenario: Scenario, tables: ModelTables) {
    this.#scenario = scenario;
    this.#tables = tables;
    let at = 0;
    for (const service of scenario.services) {
      this.#replicaAt.push(at);
      at += service.maxReplicas;
    }
  }

  #site(request: number, node: number): CallSite {
    const { edge, operation } = this.#tables.nodes[node];
    return { request, node, edge, operation };
  }

  /** A replica numbered over all services, counted within the service of the call. */
  #within(site: CallSite, replica: number): number {
    return replica - this.#replicaAt[this.#scenario.operations[site.operation].service];
  }

  event(timeUs: number, kind: number, a: number, b: number, c: number): SimEvent {
    const [low, high] = [b & 0xffff, b >>> 16];
    switch (kind) {
      case 1:
        return { timeUs, kind: 'request', request: a, requestClass: b, counted: c !== 0 };
      case 2:
        return {
          timeUs,
          kind: 'request-done',
          request: a,
          requestClass: low,
          outcome: REQUEST_OUTCOMES[high],
          latencyUs: c,
        };
      case 3:
        return {
          timeUs,
          kind: 'attempt',
          ...this.#site(a, low),
          attempt: high,
          replica: c & 0xffff,
          proxy: c >>> 16,
        };
      case 4:
        return {
          timeUs,
          kind: 'attempt-done',
          ...this.#site(a, low),
          replica: high,
          outcome: ATTEMPT_OUTCOMES[c],
        };
      case 5:
        return { timeUs, kind: 'retry', ...this.#site(a, b), waitUs: c };
      case 6:
        return { timeUs, kind: 'rejected', ...this.#site(a, b), reason: REJECTIONS[c] };
      case 7:
      case 8:
        return { timeUs, kind: kind === 7 ? 'ejected' : 'returned', edge: a, proxy: b, replica: c };
      case 9:
        return { timeUs, kind: 'circuit', edge: a, proxy: b, openUntilUs: c };
      case 10:
        return { timeUs, kind: 'fault', active: b === 1 };
      case 12:
        return { timeUs, kind: 'readiness', service: a, replica: b, ready: c === 1 };
      case 15:
        return {
          timeUs,
          kind: 'retry-denied',
          ...this.#site(a, b),
          reason: c === 1 ? 'budget' : 'retries-used',
        };
      case 14: {
        const site = this.#site(a, low);
        const replica = this.#within(site, high & 0x7fff);
        return { timeUs, kind: 'lost', ...site, reply: high >= 0x8000, replica, againUs: c };
      }
      default: {
        const site = this.#site(a, b);
        return {
          timeUs,
          kind: kind === 11 ? 'refused' : 'served',
          ...site,
          replica: this.#within(site, c),
        };
      }
    }
  }
}

export interface EventLogOptions {
  /** As for `openSimulator`; the log is that of the same episode there. */
  readonly seed?: number;
  readonly stateBytes?: number;
  readonly signal?: AbortSignal;
}

/** Replays one episode and tells everything that happened in it, in order. `fault` -1: the control run. */
export async function eventLog(
  engine: Engine,
  scenario: Scenario,
  policy: ResolvedPolicy,
  fault: number,
  replication: number,
  { seed = 0, stateBytes = DEFAULT_STATE_BYTES, signal }: EventLogOptions = {},
): Promise<SimEvent[]> {
  checkPolicy(scenario, policy);
  checkFault(scenario, fault);
  const tables = buildTables(scenario);
  const program = await assemble(scenario, tables, mechanismsOf(scenario, policy), {
    stateBytes,
    interleave: defaultInterleave(engine),
    events: true,
  });
  const run = async (entries: number) => {
    const { log } = await engine.replay(() =>
      runBatch(
        engine,
        {
          program,
          tables,
          seed: seedKey(seed),
          runs: [{ policy, episode: { fault, replication } }],
          logBytes: 4 * (1 + ENTRY_WORDS * entries),
        },
        { signal },
      ),
    );
    return log!;
  };
  let log = await run(FIRST_ENTRIES);
  if (log[0] > FIRST_ENTRIES) log = await run(log[0]);
  const decoder = new Decoder(scenario, tables);
  return Array.from({ length: log[0] }, (_, i) => {
    const at = 1 + ENTRY_WORDS * i;
    return decoder.event(log[at], log[at + 1], log[at + 2], log[at + 3], log[at + 4]);
  });
}
