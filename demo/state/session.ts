import { batch, effect } from '@preact/signals';
import { proxy, type Remote, wrap } from 'comlink';
import type { Update } from 'tardigrade';
import type { Compute, EngineChoice, EpisodeQuery, EpisodeView, Frame, PolicyQuery } from '../worker/api';
import { testAtRest } from './final-test';
import { hashOf, settingsOf } from './hash';
import { Latest } from './latest';
import { BUILT_INS } from './scenarios';
import { logged, restarted, type Settings, withScenario } from './settings';
import * as store from './store';
import { SIDES, type Side } from './store';

/** Then the run waits: a page that is left open should not heat the room. */
const GENERATIONS_IN_ONE_GO = 40;

/** Drives the compute worker and writes what it says into the store. */
export class Session {
  readonly compute: Remote<Compute>;
  #run = 0;
  #goal = 0;
  /** How often the run was told where to go: an old answer says nothing of now. */
  #asks = 0;
  #nextNotice = 0;
  /** What changes the engine, the scenario or the run takes turns: each finds the one before it done. */
  #turn: Promise<unknown> = Promise.resolve();
  #file: { readonly name: string; readonly text: string } | undefined;
  /** What a link says about a file that is not here yet. */
  #awaited: Settings | undefined;
  /** The last question of each side: settings change more often than what they ask. */
  readonly #asked: Partial<Record<Side, string>> = {};
  readonly #questions: Record<Side, Latest<EpisodeQuery, EpisodeView>>;

  constructor() {
    const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });
    worker.onerror = ({ message }) =>
      this.tell('problem', `The compute worker failed: ${message || 'it did not load'}.`);
    this.compute = wrap<Compute>(worker);
    const question = (side: Side) =>
      new Latest<EpisodeQuery, EpisodeView>(
        (query) => this.compute.episode(query),
        (episode) => {
          store.episodes.value = { ...store.episodes.value, [side]: episode };
        },
        (error) => this.tell('problem', messageOf(error)),
      );
    this.#questions = {
      rules: question('rules'),
      statistics: question('statistics'),
      evolved: question('evolved'),
    };
  }

  /** Opens what the URL says. */
  start(): Promise<void> {
    const { settings, ignored } = settingsOf(location.hash);
    if (ignored.length > 0)
      this.tell(
        'problem',
        `The link says something about ${ignored.join(', ')} that makes no sense; it was left out.`,
      );
    store.settings.value = settings;
    keepInHash();
    for (const side of SIDES) effect(() => this.#askFor(side));
    testAtRest(this.compute, (error) => this.tell('problem', messageOf(error)));
    return this.#inTurn(async () => {
      await this.#openEngine(settings.engine);
      await this.#openScenario(settings);
    });
  }

  tell(kind: store.Notice['kind'], message: string): void {
    const known = store.notices.value.filter((notice) => notice.message !== message);
    store.notices.value = [...known, { id: this.#nextNotice++, kind, message }].slice(-3);
  }

  dismiss(id: number): void {
    store.notices.value = store.notices.value.filter((notice) => notice.id !== id);
  }

  chooseEngine(choice: EngineChoice): Promise<void> {
    return this.#inTurn(async () => {
      this.change({ engine: choice });
      await this.#openEngine(choice);
      // The same run, made again elsewhere up to where it stood; what was to come next comes next there too.
      const generation = store.generationsDone.value;
      const next = store.pending.value.map((update) => ({ generation, update }));
      this.change({ updates: logged(store.settings.value.updates, next) });
      await this.#evolve();
    });
  }

  chooseScenario(id: string): Promise<unknown> {
    return this.#inTurn(() => this.#openScenario(withScenario(store.settings.value, id)));
  }

  /** A scenario of the visitor's own; a mistake in it is told and nothing changes. */
  openFile(name: string, text: string): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#file;
      this.#file = { name, text };
      const settings = this.#awaited ?? withScenario(store.settings.value, 'file');
      if (await this.#openScenario(settings)) this.#awaited = undefined;
      else this.#file = before;
    });
  }

  change(changes: Partial<Settings>): void {
    store.settings.value = { ...store.settings.value, ...changes };
  }

  /** Begins anew with another seed or size. */
  restart(changes: Partial<Pick<Settings, 'seed' | 'population'>>): Promise<void> {
    return this.#inTurn(() => {
      store.settings.value = restarted(store.settings.value, changes);
      return this.#evolve();
    });
  }

  /** A live change, in force from the next generation on. Where the run would rest before that one, it is made too. */
  async update(update: Update): Promise<void> {
    const run = this.#run;
    store.pending.value = [...store.pending.value, update];
    const generation = await this.compute.update(update);
    if (run === this.#run && generation >= this.#goal) this.#go(generation + 1);
  }

  /** Generations that the run was last told to come to. */
  get goal(): number {
    return this.#goal;
  }

  proceed(goal = store.generationsDone.value + GENERATIONS_IN_ONE_GO): void {
    this.#go(goal);
  }

  /** One generation more, once the one under way is done. */
  step(): void {
    if (!store.busy.value) this.#go(store.generationsDone.value + 1);
  }

  pause(because?: string): void {
    this.#go(0);
    store.pausedBecause.value = because;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #openEngine(choice: EngineChoice): Promise<void> {
    const notice = proxy((message: string) => this.tell('problem', message));
    try {
      store.engine.value = await this.compute.open(choice, notice);
    } catch (error) {
      this.tell('problem', `${messageOf(error)} WebAssembly goes on in its place.`);
      this.change({ engine: 'wasm' });
      store.engine.value = await this.compute.open('wasm', notice);
    }
  }

  async #openScenario(settings: Settings): Promise<boolean> {
    const source = await this.#sourceOf(settings);
    if (!source) {
      const isFile = settings.scenario === 'file';
      if (isFile) this.#awaited = settings;
      this.tell(
        'problem',
        isFile
          ? 'The link is about a scenario file that it does not carry. Open that file here, and the rest is as it was.'
          : `This page has no scenario "${settings.scenario}"; it shows another.`,
      );
      return this.#openScenario(withScenario(settings, BUILT_INS[0].id));
    }
    const loaded = await this.compute.load(source.text, source.name);
    if ('mistake' in loaded) {
      this.tell('problem', loaded.mistake);
      return false;
    }
    const { faults, genes } = loaded.scenario;
    batch(() => {
      for (const side of SIDES) delete this.#asked[side];
      store.frame.value = undefined;
      store.episodes.value = {};
      store.playheadMs.value = 0;
      store.scenario.value = loaded.scenario;
      store.settings.value = {
        ...settings,
        faults: settings.faults.filter((fault) => fault < faults.length),
        genes: settings.genes?.length === genes ? settings.genes : null,
      };
    });
    await this.#evolve();
    return true;
  }

  async #sourceOf({ scenario }: Settings): Promise<{ name: string; text: string } | undefined> {
    if (scenario === 'file') return this.#file;
    const found = BUILT_INS.find(({ id }) => id === scenario);
    return found && { name: `${found.id}.yaml`, text: await found.text() };
  }

  /** Begins the run that the settings describe. */
  async #evolve(): Promise<void> {
    const run = ++this.#run;
    this.#goal = 0;
    this.#asks++;
    const { seed, population, updates, generation } = store.settings.value;
    batch(() => {
      store.frame.value = undefined;
      store.pending.value = [];
      store.running.value = false;
      store.busy.value = true;
      store.convergence.value = { evolved: [], random: [] };
      store.pausedBecause.value = undefined;
    });
    await this.compute.evolve(
      { seed, population, updates },
      proxy({
        frame: (frame: Frame) => {
          if (run === this.#run) this.#take(frame);
        },
        failed: (message: string) => {
          if (run !== this.#run) return;
          this.#goal = 0;
          store.running.value = false;
          this.tell('problem', message);
        },
      }),
    );
    if (run === this.#run) this.#go(generation === null ? GENERATIONS_IN_ONE_GO : generation + 1);
  }

  /** Runs until so many generations are done in all. */
  #go(generations: number): void {
    const asked = ++this.#asks;
    this.#goal = generations;
    store.running.value = generations > store.generationsDone.value;
    store.busy.value = true;
    store.pausedBecause.value = undefined;
    void this.compute.proceed(generations).then(() => {
      if (asked === this.#asks) store.busy.value = false;
    });
  }

  #take(frame: Frame): void {
    const { evolved, random } = store.convergence.value;
    batch(() => {
      store.frame.value = frame;
      store.convergence.value = {
        evolved: [...evolved, frame.hypervolume],
        random: [...random, frame.randomHypervolume],
      };
      // Changes come into force in the order in which they were made.
      store.pending.value = store.pending.value.slice(frame.applied.length);
      store.settings.value = {
        ...store.settings.value,
        generation: frame.generation,
        updates: logged(store.settings.value.updates, frame.applied),
      };
      if (frame.generation + 1 >= this.#goal) store.running.value = false;
    });
  }

  #askFor(side: Side): void {
    const policy = store.scenario.value && this.#policyOf(side);
    if (!policy) return;
    const { scenario, engine, faults, startMs, strength, seed } = store.settings.value;
    const query = { policy, faults, startMs, strength, seed };
    const key = JSON.stringify({ scenario, engine, ...query });
    if (key === this.#asked[side]) return;
    this.#asked[side] = key;
    this.#questions[side].ask(query);
  }

  #policyOf(side: Side): PolicyQuery | undefined {
    if (side === 'evolved') {
      const genes = store.evolvedGenes.value;
      return genes && { kind: 'genes', genes };
    }
    const { rules, statistics, retryBudgetPercent } = store.settings.value;
    return side === 'rules'
      ? { kind: 'contestant', id: rules, retryBudgetPercent }
      : { kind: 'contestant', id: statistics, retryBudgetPercent: null };
  }
}

/** Browsers refuse to rewrite their address many times a second. */
const HASH_DELAY_MS = 400;

function keepInHash(): void {
  let waiting = false;
  store.settings.subscribe(() => {
    // Not put off by the next change: while it evolves there is always one.
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      history.replaceState(null, '', `#${hashOf(store.settings.value)}`);
    }, HASH_DELAY_MS);
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
