import { type Engine, type Kernel, runSlices } from '../../gpu';
import { deriveKey, seedKey, type Words } from '../../math';
import { buildTables, type ModelTables } from '../model';
import { POLICY_FIELDS, type ResolvedPolicy, resolvePolicy, wordIndex } from '../policy';
import type { Scenario } from '../scenario';
import { checkInvariants } from './invariants';
import { REPORT } from './layout';
import { type Mechanism, mechanismsOf } from './mechanisms';
import { assemble, type Program } from './program';
import type { Episode, EpisodeRecords } from './records';
import { emptyRecords, storeReports } from './reports';

export interface SimulatorOptions {
  /** Mixed into every random draw; an integer from 0 to 2^53 - 1. Default 0. */
  readonly seed?: number;
  /** State of one episode; what policy state and replicas leave of it holds calls in flight. Default 32 KiB. */
  readonly stateBytes?: number;
  /** Episodes whose state is interleaved word by word. Default: 32 on a GPU, 1 (contiguous) elsewhere. */
  readonly interleave?: number;
  /** Events a dispatch takes before the wall-time target has been learned; never changes a result. */
  readonly initialBound?: number;
  /** Most events a dispatch may take. */
  readonly maxBound?: number;
  /** Most episodes in memory at once; never changes a result. */
  readonly maxBatch?: number;
}

export interface SimulateOptions {
  readonly signal?: AbortSignal;
  /** Called after each batch with episodes done and to do. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Simulator {
  /** Runs every policy through every episode. */
  simulate(
    policies: readonly ResolvedPolicy[],
    episodes: readonly Episode[],
    options?: SimulateOptions,
  ): Promise<EpisodeRecords>;
  /** Calls completed so far, and events, over all episodes. */
  readonly simulatedCalls: number;
  readonly simulatedEvents: number;
  /** State of one episode. */
  readonly stateBytes: number;
}

const DEFAULT_STATE_BYTES = 32 * 1024;
const DEFAULT_BATCH = 2048;
const FINISHED = 2;
const NONE = 0xffffffff;
/** Replicas of a service: sets of them are the bits of one word. */
const MAX_REPLICAS = 32;

/** Opens a simulator of one scenario on an engine. @throws RangeError if the scenario does not fit into the state */
export async function openSimulator(
  engine: Engine,
  scenario: Scenario,
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const simulator = new KernelSimulator(engine, scenario, options);
  await simulator.prepare([resolvePolicy(scenario, scenario.policy)]);
  return simulator;
}

class KernelSimulator implements Simulator {
  readonly stateBytes: number;
  simulatedCalls = 0;
  simulatedEvents = 0;
  readonly #engine: Engine;
  readonly #scenario: Scenario;
  readonly #options: SimulatorOptions;
  readonly #tables: ModelTables;
  readonly #seed: Words;
  readonly #mechanisms: Set<Mechanism>;
  #program: Promise<Program> | undefined;
  #bound: number;

  constructor(engine: Engine, scenario: Scenario, options: SimulatorOptions) {
    if (scenario.services.some((service) => service.maxReplicas > MAX_REPLICAS))
      throw new RangeError(`a service of scenario ${scenario.name} has more than ${MAX_REPLICAS} replicas`);
    this.#engine = engine;
    this.#scenario = scenario;
    this.#options = options;
    this.#tables = buildTables(scenario);
    this.#seed = seedKey(options.seed ?? 0);
    this.stateBytes = options.stateBytes ?? DEFAULT_STATE_BYTES;
    this.#bound = options.initialBound ?? 20_000;
    this.#mechanisms = new Set();
  }

  /** The kernel for these policies. What it can do only grows, so that a search does not rebuild it at every turn. */
  prepare(policies: readonly ResolvedPolicy[]): Promise<Program> {
    const before = this.#mechanisms.size;
    for (const policy of policies)
      for (const mechanism of mechanismsOf(this.#scenario, policy)) this.#mechanisms.add(mechanism);
    if (this.#program === undefined || this.#mechanisms.size > before)
      this.#program = assemble(this.#scenario, this.#tables, this.#mechanisms, {
        stateBytes: this.stateBytes,
        events: false,
      });
    return this.#program;
  }

  async simulate(
    policies: readonly ResolvedPolicy[],
    episodes: readonly Episode[],
    { signal, onProgress }: SimulateOptions = {},
  ): Promise<EpisodeRecords> {
    for (const policy of policies) this.#checkPolicy(policy);
    const program = await this.prepare(policies);
    const records = emptyRecords(policies.length, episodes);
    const total = policies.length * episodes.length;
    const batch = this.#batchSize(program);
    for (let first = 0; first < total; first += batch) {
      const count = Math.min(batch, total - first);
      const reports = await this.#engine.replay(() =>
        this.#run(program, policies, episodes, first, count, signal),
      );
      checkInvariants(reports, count);
      storeReports(records, reports, first, count);
      for (let i = 0; i < count; i++) {
        this.simulatedCalls += reports[i * REPORT.words + REPORT.callsDone];
        this.simulatedEvents += reports[i * REPORT.words + REPORT.events];
      }
      onProgress?.(first + count, total);
    }
    return records;
  }

  #checkPolicy(policy: ResolvedPolicy): void {
    this.#scenario.services.forEach((service, s) => {
      const replicas = policy.words[wordIndex(this.#scenario, 'replicas', s)];
      if (replicas < POLICY_FIELDS.replicas.min || replicas > service.maxReplicas)
        throw new RangeError(
          `policy ${policy.name} runs ${replicas} replicas of ${service.name}; the scenario allows 1 to ${service.maxReplicas}`,
        );
    });
  }

  #interleave(): number {
    return this.#options.interleave ?? (this.#engine.kind === 'webgpu' ? 32 : 1);
  }

  #batchSize(program: Program): number {
    const { maxStorageBufferBindingSize } = this.#engine.limits;
    const bytes = Math.max(program.constants.STATE_WORDS, REPORT.words) * 4;
    const fitting = Math.floor(maxStorageBufferBindingSize / bytes / this.#interleave()) * this.#interleave();
    return Math.max(1, Math.min(this.#options.maxBatch ?? DEFAULT_BATCH, fitting));
  }

  /** Four words an episode: first word of its policy, its key, first word of its fault. */
  #episodeWords(
    policies: readonly ResolvedPolicy[],
    episodes: readonly Episode[],
    first: number,
    count: number,
    firstPolicy: number,
  ): Uint32Array {
    const words = new Uint32Array(4 * count);
    for (let i = 0; i < count; i++) {
      const { fault, replication } = episodes[(first + i) % episodes.length];
      const policy = Math.floor((first + i) / episodes.length) - firstPolicy;
      const [low, high] = deriveKey(this.#seed, replication);
      words.set(
        [policy * policies[0].words.length, low, high, fault < 0 ? NONE : this.#tables.faultAt[fault]],
        4 * i,
      );
    }
    return words;
  }

  async #kernel(program: Program): Promise<Kernel> {
    return this.#engine.kernel({
      label: 'simulator',
      code: program.code,
      entryPoint: program.entryPoint,
      constants: { INTERLEAVE: this.#interleave(), WORKGROUP: this.#engine.kind === 'webgpu' ? 32 : 1 },
    });
  }

  async #run(
    program: Program,
    policies: readonly ResolvedPolicy[],
    episodes: readonly Episode[],
    first: number,
    count: number,
    signal: AbortSignal | undefined,
  ): Promise<Uint32Array> {
    const engine = this.#engine;
    const kernel = await this.#kernel(program);
    const firstPolicy = Math.floor(first / episodes.length);
    const endPolicy = Math.ceil((first + count) / episodes.length);
    const rows = policies.slice(firstPolicy, endPolicy).map((policy) => policy.words);
    const policyWords = new Uint32Array(rows.length * rows[0].length);
    rows.forEach((row, i) => policyWords.set(row, i * row.length));
    const upload = (label: string, data: Uint32Array) => {
      const buffer = engine.scratch(`simulator ${label}`, data.byteLength);
      engine.write(buffer, data);
      return buffer;
    };
    const interleave = this.#interleave();
    const states = Math.ceil(count / interleave) * interleave;
    const slice = upload('slice', Uint32Array.of(1, count));
    const status = upload('status', new Uint32Array(count));
    const reports = engine.scratch('simulator reports', count * REPORT.words * 4);
    const buffers = [
      engine.resident('simulator scenario', this.#tables.words),
      upload('policies', policyWords),
      upload('episodes', this.#episodeWords(policies, episodes, first, count, firstPolicy)),
      slice,
      engine.scratch('simulator state', states * program.constants.STATE_WORDS * 4),
      reports,
      status,
    ];
    const workgroup = engine.kind === 'webgpu' ? 32 : 1;
    const { bound } = await runSlices(
      engine,
      {
        bound: { buffer: slice, byteOffset: 0 },
        initialBound: this.#bound,
        maxBound: this.#options.maxBound,
        dispatches: () => [{ kernel, buffers, workgroups: [Math.ceil(count / workgroup)] }],
        status: { buffer: status, byteLength: 4 * count },
        done: (words) => words.every((word) => word === FINISHED),
      },
      { signal },
    );
    this.#bound = bound;
    const [words] = await engine.submit([], [{ buffer: reports, byteLength: count * REPORT.words * 4 }], {
      signal,
    });
    return words;
  }
}
