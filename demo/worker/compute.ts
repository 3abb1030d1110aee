import { type Engine, loadScenario, openEngine, type Scenario, type Update, UserError } from 'tardigrade';
import type {
  CandidateView,
  Compute,
  Digest,
  Domain,
  EngineChoice,
  EngineFacts,
  EpisodeQuery,
  EpisodeView,
  EvolveListener,
  EvolveQuery,
  FinalTest,
  FinalTestQuery,
  FitnessMistake,
  KnobEffect,
  Loaded,
  Swarm,
  SwarmAlgorithm,
} from './api';
import { candidateView, knobEffects } from './candidate';
import { digestOn } from './digest';
import { runEpisodes } from './episode';
import { LiveEvolution } from './evolution';
import { finalTest } from './final-test';
import { Fitness } from './fitness';
import { policyFor } from './policies';
import { viewOf } from './scenario-view';

/** Everything that computes, in one worker: the page only draws. */
export class ComputeWorker implements Compute {
  #choice: EngineChoice = 'auto';
  #engine: Engine | undefined;
  /** An engine of its own answers questions while the other evolves: the two share no buffers. */
  #aside: Promise<Engine> | undefined;
  #asideTurn: Promise<unknown> = Promise.resolve();
  #scenario: Scenario | undefined;
  #evolution: LiveEvolution | undefined;
  #fitness: Fitness | undefined;
  /** Of what the run recommended when it last rested. */
  #test = new AbortController();

  async open(choice: EngineChoice, notice: (message: string) => void): Promise<EngineFacts> {
    this.#test.abort();
    const evolved = this.#evolution?.end() ?? Promise.resolve();
    const engine = await openEngine({ engine: choice });
    // An engine that is closed at work takes itself for lost, and opens another device to do the work again.
    const [former, aside] = [this.#engine, this.#aside];
    void evolved.then(() => former?.close());
    // One that cannot be opened was told to whoever asked.
    void this.#asideTurn.then(async () => (await aside)?.close()).catch(() => {});
    this.#aside = undefined;
    this.#choice = choice;
    this.#engine = engine;
    engine.onNotice(notice);
    const { kind, description, reason } = engine;
    return { kind, description, reason, isolated: globalThis.crossOriginIsolated };
  }

  async openAlone(): Promise<void> {
    this.#engine = await openEngine({ engine: 'wasm', workers: 0 });
  }

  async load(text: string, file: string): Promise<Loaded> {
    try {
      const scenario = loadScenario(text, file);
      this.#test.abort();
      void this.#evolution?.end();
      this.#scenario = scenario;
      return { scenario: viewOf(scenario) };
    } catch (error) {
      if (error instanceof UserError) return { mistake: error.message };
      throw error;
    }
  }

  async evolve(query: EvolveQuery, listener: EvolveListener): Promise<void> {
    this.#test.abort();
    void this.#evolution?.end();
    this.#evolution = new LiveEvolution(this.#openEngine(), this.#openScenario(), query, listener);
  }

  async proceed(generations: number): Promise<void> {
    this.#test.abort();
    await this.#evolution?.proceed(generations);
  }

  async update(update: Update): Promise<number> {
    if (!this.#evolution) throw new Error('no evolution was begun');
    return this.#evolution.update(update);
  }

  episode({ policy, ...query }: EpisodeQuery): Promise<EpisodeView> {
    const scenario = this.#openScenario();
    return this.#askAside((engine) => runEpisodes(engine, scenario, policyFor(scenario, policy), query));
  }

  async candidate(genes: Uint32Array): Promise<CandidateView> {
    const scenario = this.#openScenario();
    return candidateView(scenario, policyFor(scenario, { kind: 'genes', genes }));
  }

  knobEffects(genes: Uint32Array, seed: number): Promise<KnobEffect[]> {
    const scenario = this.#openScenario();
    return this.#askAside((engine) => knobEffects(engine, scenario, genes, seed));
  }

  async finalTest(query: FinalTestQuery): Promise<FinalTest | undefined> {
    this.#test.abort();
    this.#test = new AbortController();
    const { signal } = this.#test;
    const scenario = this.#openScenario();
    try {
      return await this.#askAside((engine) => finalTest(engine, scenario, query, signal));
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  digest(engine: Exclude<EngineChoice, 'auto'>, seed: number): Promise<Digest> {
    return digestOn(engine, this.#openScenario(), seed);
  }

  async compileFitness(wgsl: string, domain: Domain): Promise<readonly FitnessMistake[]> {
    const outcome = await Fitness.compile(this.#openEngine(), wgsl, domain);
    this.#fitness = outcome instanceof Fitness ? outcome : undefined;
    return outcome instanceof Fitness ? [] : outcome;
  }

  landscape(size: number): Promise<Float32Array> {
    return this.#openFitness().landscape(size);
  }

  async beginSwarm(algorithm: SwarmAlgorithm, population: number, seed: number): Promise<void> {
    this.#openFitness().begin(algorithm, population, seed);
  }

  stepSwarm(): Promise<Swarm> {
    return this.#openFitness().step();
  }

  loseDevice(): void {
    this.#openEngine().close();
  }

  #openFitness(): Fitness {
    if (!this.#fitness) throw new Error('no fitness was compiled');
    return this.#fitness;
  }

  #openEngine(): Engine {
    if (!this.#engine) throw new Error('no engine was opened');
    return this.#engine;
  }

  #openScenario(): Scenario {
    if (!this.#scenario) throw new Error('no scenario was loaded');
    return this.#scenario;
  }

  /** Questions take turns, as their answers share the engine's buffers. */
  #askAside<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    const aside = this.#openAside();
    const turn = this.#asideTurn.then(async () => work(await aside));
    this.#asideTurn = turn.catch(() => {});
    return turn;
  }

  #openAside(): Promise<Engine> {
    if (this.#aside) return this.#aside;
    const aside = openEngine({ engine: this.#choice, workers: 1 });
    this.#aside = aside;
    // The next question may find an engine where this one found none.
    aside.catch(() => {
      if (this.#aside === aside) this.#aside = undefined;
    });
    return aside;
  }
}
