import type { LoggedUpdate, Objective, School, Update } from 'tardigrade';

/** What the page and its compute worker say to each other: plain data and typed arrays, ready to be drawn. */

export type EngineChoice = 'auto' | 'webgpu' | 'wasm';

export interface EngineFacts {
  readonly kind: 'webgpu' | 'wasm';
  readonly description: string;
  readonly reason: string;
  /** Whether threads may share memory here; without it WebAssembly computes on one. */
  readonly isolated: boolean;
}

export interface ServiceView {
  readonly name: string;
  readonly workers: number;
}

export interface EdgeView {
  readonly name: string;
  /** Index of a service; -1 for the clients. */
  readonly from: number;
  readonly to: number;
}

export interface FaultView {
  readonly name: string;
  readonly kind: string;
  /** Whether it may be harder or milder: a replica that is down is down. */
  readonly graded: boolean;
  /** What it does at its declared strength, in a few words. */
  readonly effect: string;
}

/** A policy that may stand in the arena besides the evolved ones. */
export interface ContestantView {
  readonly id: string;
  readonly label: string;
  readonly school: School;
}

export interface ObjectiveView {
  readonly name: Objective;
  readonly unit: string;
}

export interface ScenarioView {
  readonly name: string;
  readonly source: string;
  readonly zones: readonly string[];
  readonly services: readonly ServiceView[];
  readonly edges: readonly EdgeView[];
  readonly faults: readonly FaultView[];
  readonly contestants: readonly ContestantView[];
  readonly objectives: readonly ObjectiveView[];
  /** Of an evolved policy. */
  readonly genes: number;
  readonly ratePerS: number;
  /** When faults begin unless told otherwise, in milliseconds, and for how long an episode lets them last. */
  readonly faultStartMs: number;
  readonly faultLastsMs: number;
}

/** Either, so that a mistake in a user's file is a value and not a stack trace. */
export type Loaded = { readonly scenario: ScenarioView } | { readonly mistake: string };

export interface EvolveQuery {
  readonly seed: number;
  readonly population: number;
  /** Live changes of the run that is to be made again. */
  readonly updates: readonly LoggedUpdate[];
}

/** Objectives row after row: [candidate][objective]. */
export interface Points {
  readonly objectives: Float64Array;
  readonly feasible: Uint8Array;
}

export interface ProfilePoint extends ContestantView {
  readonly objectives: readonly number[];
  readonly feasible: boolean;
}

/** One generation, ready to be drawn. */
export interface Frame {
  readonly generation: number;
  readonly evaluations: number;
  /** Both searches together, over the last generations. */
  readonly evaluationsPerS: number;
  readonly callsPerS: number;
  readonly candidates: Points;
  /** The best found so far on this block of episodes, with genes row after row. */
  readonly front: Points & { readonly genes: Uint32Array };
  readonly random: Points;
  readonly profiles: readonly ProfilePoint[];
  /** Shares of the box below the reference point. */
  readonly hypervolume: number;
  readonly randomHypervolume: number;
  /** Of every gene and score of both searches in this generation; undefined where the origin is not secure. */
  readonly digest: string | undefined;
  /** Live changes that came into force with this generation. */
  readonly applied: readonly LoggedUpdate[];
}

export interface EvolveListener {
  /** The run goes on when the page has taken the frame. */
  frame(frame: Frame): void | Promise<void>;
  /** What ended or disturbed the run, in a sentence. */
  failed(message: string): void;
}

/** A policy: one of the scenario's contestants, or evolved genes. */
export type PolicyQuery =
  | { readonly kind: 'contestant'; readonly id: string; readonly retryBudgetPercent: number | null }
  | { readonly kind: 'genes'; readonly genes: Uint32Array };

export interface EpisodeQuery {
  readonly policy: PolicyQuery;
  /** Indices of faults: an episode for each, drawn one after the other. None: an episode without. */
  readonly faults: readonly number[];
  /** Where the fault starts; null as declared. */
  readonly startMs: number | null;
  /** Times its declared strength. */
  readonly strength: number;
  readonly seed: number;
}

/** A proxy's verdict on a replica, or on a whole call, for a time. */
export interface Span {
  readonly kind: 'ejected' | 'breaker open' | 'not ready';
  /** What it is about, such as `app -> database #2`. */
  readonly what: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ReplicaView {
  readonly service: number;
  /** Index of its zone. */
  readonly zone: number;
}

/** What a policy went through. Time is in equal buckets; arrays of several things are [thing][bucket]. */
export interface EpisodeView {
  readonly bucketMs: number;
  readonly buckets: number;
  /** Requests a second by their arrival. */
  readonly good: Float32Array;
  readonly slow: Float32Array;
  readonly failed: Float32Array;
  /** Of right answers; NaN where there was none. */
  readonly p99Ms: Float32Array;
  readonly attemptsPerRequest: Float32Array;
  readonly faults: readonly { readonly name: string; readonly startMs: number; readonly endMs: number }[];
  readonly spans: readonly Span[];
  readonly costPerMonth: number;
  readonly flow: FlowView;
}

/** What moves through the graph. */
export interface FlowView {
  readonly bucketMs: number;
  readonly buckets: number;
  readonly replicas: readonly ReplicaView[];
  /** Calls in progress at each replica at the end of the bucket. */
  readonly inFlight: Uint16Array;
  /** 1 while the replica is down: what is sent to it is refused or lost. */
  readonly down: Uint8Array;
  /** Attempts sent along each edge in the bucket, and how many of them came to nothing. */
  readonly attempts: Uint16Array;
  readonly failures: Uint16Array;
  readonly layout: GraphLayout;
}

/** Where the call graph is drawn: in units of the drawing. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** By service; the clients are the last. */
  readonly nodes: readonly NodeBox[];
  readonly edges: readonly EdgePath[];
  /** Of every replica's tank. */
  readonly tankHeight: number;
}

export interface NodeBox {
  readonly name: string;
  /** Centre and size. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Indices into the replicas, zone by zone. */
  readonly zones: readonly { readonly zone: number; readonly replicas: readonly number[] }[];
}

export interface EdgePath {
  readonly edge: number;
  /** As SVG has it. */
  readonly path: string;
}

export interface KnobView {
  readonly name: string;
  /** What it does. */
  readonly note: string;
  readonly scope: string;
  readonly today: string;
  readonly evolved: string;
  readonly changed: boolean;
}

export interface CandidateView {
  readonly knobs: readonly KnobView[];
  readonly policyYaml: string;
}

/** What an objective would be without one change, less what it is: positive where the change buys something. */
export interface KnobEffect {
  readonly knob: number;
  readonly differences: readonly number[];
}

export interface FinalTestQuery {
  /** Of the policy to recommend. */
  readonly genes: Uint32Array;
  /** Id of the best rule-based profile. */
  readonly rules: string;
  readonly seed: number;
}

/** A mean with its 95 % interval. */
export interface Figure {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The first objective on episodes that no search saw, the same for both. */
export interface FinalTest {
  /** Episodes of each fault. */
  readonly replications: number;
  readonly evolved: Figure;
  readonly rules: Figure;
  /** Paired: evolved less rules. */
  readonly difference: Figure;
  /** How many times less it is at least, with the same confidence; undefined where it may be no less, or nothing is left. */
  readonly timesLess: number | undefined;
}

export interface Digest {
  readonly engine: string;
  readonly digest: string;
  readonly durationMs: number;
}

/** A mistake in a visitor's fitness; line and column count from 1. */
export interface FitnessMistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type Interval = readonly [min: number, max: number];

/** Where a fitness of two variables is looked at. */
export interface Domain {
  readonly x: Interval;
  readonly y: Interval;
}

export type SwarmAlgorithm = 'genetic' | 'cmaes' | 'lshade' | 'random';

/** A population on the landscape: positions one after the other, as shares of the domain. */
export interface Swarm {
  readonly generation: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly best: { readonly x: number; readonly y: number; readonly value: number } | null;
}

export interface Compute {
  open(choice: EngineChoice, notice: (message: string) => void): Promise<EngineFacts>;
  /** Opens an engine on this worker's own thread: there, a kernel that never ends can be stopped. */
  openAlone(): Promise<void>;
  load(text: string, file: string): Promise<Loaded>;
  /** Begins an evolution; the one before it ends. It waits until told to go on. */
  evolve(query: EvolveQuery, listener: EvolveListener): Promise<void>;
  /** Evolves until so many generations are done in all; 0 to pause. Resolves when the evolution rests. */
  proceed(generations: number): Promise<void>;
  /** A live change; resolves to the generation that it comes into force with. */
  update(update: Update): Promise<number>;
  episode(query: EpisodeQuery): Promise<EpisodeView>;
  candidate(genes: Uint32Array): Promise<CandidateView>;
  knobEffects(genes: Uint32Array, seed: number): Promise<KnobEffect[]>;
  /** Undefined where the run went on before it was done, or there was nothing to measure. */
  finalTest(query: FinalTestQuery): Promise<FinalTest | undefined>;
  /** The digest of the loaded scenario's simulation, as it runs today, on an engine of its own. */
  digest(engine: Exclude<EngineChoice, 'auto'>, seed: number): Promise<Digest>;
  /** Takes a fitness of two variables, x and y; the mistakes that keep it from compiling, if any. */
  compileFitness(wgsl: string, domain: Domain): Promise<readonly FitnessMistake[]>;
  /** The fitness on a grid of `size` by `size` points, row after row from the lowest y. */
  landscape(size: number): Promise<Float32Array>;
  beginSwarm(algorithm: SwarmAlgorithm, population: number, seed: number): Promise<void>;
  stepSwarm(): Promise<Swarm>;
  /** Destroys the device under the running work, as a driver reset would. */
  loseDevice(): void;
}
