import type { Engine } from '../../gpu';
import { seedKey, type Words } from '../../math';
import { buildTables, type ModelTables } from '../model';
import { type ResolvedPolicy, resolvePolicy, wordIndex } from '../policy';
import type { Scenario } from '../scenario';
import { runBatch } from './batch';
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
  /** Episodes whose state is interleaved word by word, a power of two. Default: 32 on a GPU, 1 (contiguous) elsewhere. */
  readonly interleave?: number;
  /** Most events a dispatch may take of one episode; never changes a result. */
  readonly maxBound?: number;
  /** Most episodes in memory at once; never changes a result. Default: 8192 on a GPU, 2048 elsewhere. */
  readonly maxBatch?: number;
}

export interface SimulateOptions {
  readonly signal?: AbortSignal;
  /** Called a few times a second with episodes done and to do. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Simulates policies through episodes of one scenario. */
export interface Simulator {
  /** Runs every policy through every episode. */
  simulate(
    policies: readonly ResolvedPolicy[],
    episodes: readonly Episode[],
    options?: SimulateOptions,
  ): Promise<EpisodeRecords>;
  /** Calls completed so far, over all episodes: the measure of speed. */
  readonly simulatedCalls: number;
  /** Events so far, over all episodes. */
  readonly simulatedEvents: number;
  /** Most calls and attempts that were in flight at once in any episode so far, and how many fit. */
  readonly peakInFlight: number;
  readonly maxInFlight: number;
  readonly stateBytes: number;
}

export const DEFAULT_STATE_BYTES = 32 * 1024;
/** A GPU hides the latency of its memory behind other episodes, and has room for many; a few cores gain nothing from more. */
const DEFAULT_BATCH = { webgpu: 8192, wasm: 2048 } as const;

/** How many episodes are interleaved by default on this engine. */
export function defaultInterleave(engine: Engine): number {
  return engine.kind === 'webgpu' ? 32 : 1;
}

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

/** @throws RangeError if the policy runs more replicas than the scenario allows */
export function checkPolicy(scenario: Scenario, policy: ResolvedPolicy): void {
  scenario.services.forEach((service, s) => {
    const replicas = policy.words[wordIndex(scenario, 'replicas', s)];
    if (replicas < 1 || replicas > service.maxReplicas)
      throw new RangeError(
        `policy ${policy.name} runs ${replicas} replicas of ${service.name}; the scenario allows 1 to ${service.maxReplicas}`,
      );
  });
}

/** @throws RangeError if the scenario has no fault of that index; -1, the control, is none */
export function checkFault(scenario: Scenario, fault: number): void {
  if (!Number.isInteger(fault) || fault < -1 || fault >= scenario.faults.length)
    throw new RangeError(
      `there is no fault ${fault} in scenario ${scenario.name}, which has ${scenario.faults.length}`,
    );
}

class KernelSimulator implements Simulator {
  readonly stateBytes: number;
  simulatedCalls = 0;
  simulatedEvents = 0;
  peakInFlight = 0;
  maxInFlight = 0;
  readonly #engine: Engine;
  readonly #scenario: Scenario;
  readonly #options: SimulatorOptions;
  readonly #tables: ModelTables;
  readonly #seed: Words;
  readonly #mechanisms = new Set<Mechanism>();
  #program: Promise<Program> | undefined;

  constructor(engine: Engine, scenario: Scenario, options: SimulatorOptions) {
    this.#engine = engine;
    this.#scenario = scenario;
    this.#options = options;
    this.#tables = buildTables(scenario);
    this.#seed = seedKey(options.seed ?? 0);
    this.stateBytes = options.stateBytes ?? DEFAULT_STATE_BYTES;
  }

  /** The kernel for these policies. What it can do only grows, so that a search does not rebuild it at every turn. */
  async prepare(policies: readonly ResolvedPolicy[]): Promise<Program> {
    const before = this.#mechanisms.size;
    for (const policy of policies)
      for (const mechanism of mechanismsOf(this.#scenario, policy)) this.#mechanisms.add(mechanism);
    if (this.#program === undefined || this.#mechanisms.size > before)
      this.#program = assemble(this.#scenario, this.#tables, this.#mechanisms, {
        stateBytes: this.stateBytes,
        interleave: this.#options.interleave ?? defaultInterleave(this.#engine),
        events: false,
      });
    const program = await this.#program;
    this.maxInFlight = program.constants.RECORDS;
    return program;
  }

  async simulate(
    policies: readonly ResolvedPolicy[],
    episodes: readonly Episode[],
    { signal, onProgress }: SimulateOptions = {},
  ): Promise<EpisodeRecords> {
    for (const policy of policies) checkPolicy(this.#scenario, policy);
    for (const { fault } of episodes) checkFault(this.#scenario, fault);
    const program = await this.prepare(policies);
    const records = emptyRecords(policies.length, episodes);
    const runs = policies.flatMap((policy) => episodes.map((episode) => ({ policy, episode })));
    const size = this.#batchSize(program);
    for (let first = 0; first < runs.length; first += size) {
      const batch = {
        program,
        tables: this.#tables,
        seed: this.#seed,
        runs: runs.slice(first, first + size),
        maxBound: this.#options.maxBound,
      };
      const progress = onProgress && ((ended: number) => onProgress(first + ended, runs.length));
      const { reports } = await this.#engine.replay(() =>
        runBatch(this.#engine, batch, { signal, onProgress: progress }),
      );
      checkInvariants(reports, batch.runs.length);
      storeReports(records, reports, first, batch.runs.length);
      this.#count(reports, batch.runs.length);
    }
    return records;
  }

  #count(reports: Uint32Array, episodes: number): void {
    for (let i = 0; i < episodes; i++) {
      const base = i * REPORT.words;
      this.simulatedCalls += reports[base + REPORT.callsDone];
      this.simulatedEvents += reports[base + REPORT.events];
      this.peakInFlight = Math.max(this.peakInFlight, reports[base + REPORT.peak]);
    }
  }

  /** As many episodes as the device's buffers hold, and a bound on memory where they hold more than is of use. */
  #batchSize({ constants }: Program): number {
    const { INTERLEAVE: interleave } = constants;
    const bytes = Math.max(constants.STATE_WORDS, REPORT.words) * 4;
    const fitting = Math.floor(this.#engine.limits.maxStorageBufferBindingSize / bytes);
    const whole = Math.floor(fitting / interleave) * interleave;
    return Math.max(1, Math.min(this.#options.maxBatch ?? DEFAULT_BATCH[this.#engine.kind], whole));
  }
}
